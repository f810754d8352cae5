"""The interview guide as Markdown, to print or to share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from icp_synth.domain.guide import Callback, Gap, Guide, GuideQuestion, Seek
from icp_synth.exports.escaping import escape_markdown
from icp_synth.exports.guide_words import CHINESE, ENGLISH
from icp_synth.exports.words import words_of

_MOST_REASONS = 6
"""Reasons that one question shows; the rest is counted."""


def guide_to_markdown(guide: Guide, *, participants: int, created: str) -> str:
    """Return the guide as Markdown in its language.

    Args:
        guide: As built.
        participants: Of the synthesis that it is drawn from.
        created: When that was made, ISO 8601.
    """
    say = _Say(guide.language)
    form = "one" if participants == 1 else "many"
    frame = say(
        "frame",
        participants=say(f"people.{form}", n=participants),
        created=created[:10],
        planned=guide.planned,
        minutes=guide.minutes,
    )
    lines = [f"# {say('title')}", "", frame, "", say("use")]
    lines += _listed(say("names"), _names(say, guide))
    lines += _listed(say("seek"), [_seek(say, one) for one in guide.seek])
    everything = len((*guide.questions, *guide.later))
    lines += _listed(
        say("callbacks"), [_callback(say, one, everything) for one in guide.callbacks]
    )
    lines += ["", f"## {say('questions')}", ""]
    lines.append(f"**{say('opening')}** {guide.opening}")
    if not guide.questions:
        lines += ["", say("nothing")]
    lines += _questions(say, guide.questions)
    lines += ["", f"**{say('closing')}** {guide.closing}"]
    if guide.later:
        lines += ["", f"## {say('later')}"]
        for one in guide.later:
            lines += _question(say, one)
    lines += _listed(say("unasked"), _reasons(say, guide.unasked, planned=True))
    return "\n".join(lines) + "\n"


class _Say:
    """The guide's own words in one language."""

    def __init__(self, language: str) -> None:
        # Refuses a language that the reports do not have either.
        self._words = words_of(language)
        self._table: Mapping[str, str] = CHINESE if language == "zh" else ENGLISH

    def __call__(self, key: str, **values: object) -> str:
        return self._table[key].format(**values)

    def named(self, key: str, otherwise: str) -> str:
        """Return the word of a key, or the name itself, escaped."""
        return self._table.get(key, escape_markdown(otherwise))

    def subject(self, subject: str) -> str:
        """Return the words of a field, category or signal, with its code."""
        kind, _, name = subject.rpartition("/")
        group = "field" if not kind else "signal" if kind == "signal" else "category"
        known = self._words.named(group, name)
        return f"{escape_markdown(known)} (`{subject}`)"


def _listed(title: str, entries: Sequence[str]) -> list[str]:
    if not entries:
        return []
    return ["", f"## {title}", "", *(f"- {one}" for one in entries)]


def _names(say: _Say, guide: Guide) -> list[str]:
    """Return what the ids of ICPs and segments stand for."""
    return [
        say("name", id=name, name=escape_markdown(called))
        for name, called in guide.names.items()
        if called
    ]


def _seek(say: _Say, one: Seek) -> str:
    subject = say.named(f"group.{one.subject}", one.subject)
    if one.code == "one_source_kind":
        subject = say.named(f"kind.{one.subject}", one.subject)
    told = say(
        f"seek.{one.code}",
        subject=subject,
        known=one.known,
        wanted=one.wanted,
        kinds=say("comma").join(say(f"kinds.{kind}") for kind in one.kinds),
        themes=one.themes,
        last=one.last,
        new=f"{one.new:g}",
    )
    if not one.note:
        return told
    return say("then").join((told, say("seek.note", note=escape_markdown(one.note))))


def _callback(say: _Say, one: Callback, everything: int) -> str:
    why = say("comma").join(
        say(f"callback.{code}", claims=one.claims, insights=one.insights)
        for code in one.codes
    )
    asked = say("ask", ids=", ".join(one.questions)) if one.questions else ""
    if 1 < everything == len(one.questions):
        asked = say("ask_all")
    name = escape_markdown(one.label)
    if one.label != one.participant:
        name += f" ({escape_markdown(one.participant)})"
    line = say("callback.line", name=f"**{name}**", why=why)
    return say("then").join(part for part in (line, asked) if part)


def _questions(say: _Say, questions: Sequence[GuideQuestion]) -> Iterator[str]:
    section = ""
    for one in questions:
        if one.section != section:
            section = one.section
            yield from ("", f"### {say(f'section.{section}')}")
        yield from _question(say, one)


def _question(say: _Say, one: GuideQuestion) -> list[str]:
    minutes = say("minutes", n=one.minutes)
    lines = ["", f"**{one.text}** ({one.id}, {minutes})", ""]
    lines += [f"- {probe}" for probe in one.probes]
    lines.append(f"- {say('why')}")
    reasons = _reasons(say, _each_sort_first(one.gaps))
    lines += [f"  - {reason}" for reason in reasons[:_MOST_REASONS]]
    if len(reasons) > _MOST_REASONS:
        lines.append(f"  - + {len(reasons) - _MOST_REASONS}")
    return lines


def _each_sort_first(gaps: Sequence[Gap]) -> list[Gap]:
    """Return the gaps, one of each sort before the rest: no sort is cut off."""
    firsts = list({gap.code: gap for gap in reversed(gaps)}.values())
    shown = {id(gap) for gap in firsts}
    return [*reversed(firsts), *(gap for gap in gaps if id(gap) not in shown)]


def _reasons(say: _Say, gaps: Sequence[Gap], *, planned: bool = False) -> list[str]:
    """Return one line a reason; what holds of several ICPs alike is said once.

    Args:
        say: The words.
        gaps: The reasons.
        planned: Whether the test plans are told, where no question stands above.
    """
    alike: dict[Gap, list[str]] = {}
    for gap in gaps:
        same = alike.setdefault(gap.model_copy(update={"icp": None}), [])
        if gap.icp is not None:
            same.append(escape_markdown(gap.icp))
    return [_reason(say, gap, icps, planned=planned) for gap, icps in alike.items()]


def _reason(say: _Say, gap: Gap, icps: Sequence[str], *, planned: bool) -> str:
    then = say("then")
    assumed = gap.code == "contradicted" and gap.test
    told = say(
        f"gap.{gap.code}_assumption" if assumed else f"gap.{gap.code}",
        subject=say.subject(gap.subject),
        known=gap.known,
        of=gap.of,
        where=say("comma").join(icps) or say("all_study"),
    )
    if gap.whom:
        whom = [say.named(f"group.{name}", name) for name in gap.whom]
        told = then.join((told, say("gap.whom", whom=say("comma").join(whom))))
    note = gap.note
    if planned and gap.test not in note:
        note = f"{note} — {gap.test}"
    if not note:
        return told
    return then.join((told, say("gap.note", note=escape_markdown(note))))
