"""ICPs, personas and negative ICPs in report.md."""

from __future__ import annotations

from collections.abc import Sequence

from icp_synth.exports.card import Card
from icp_synth.exports.conditions import CriterionShown
from icp_synth.exports.escaping import escape_markdown as safe
from icp_synth.exports.evidence import Citation
from icp_synth.exports.fit_signals import SignalShown
from icp_synth.exports.markdown.claims import claims, worded
from icp_synth.exports.markdown.text import (
    Lines,
    heading,
    marks,
    own,
    quoted,
    said,
    spoken,
    table,
    title,
)
from icp_synth.exports.negatives import NegativeParts, ReferralShown
from icp_synth.exports.report import Report
from icp_synth.exports.sections import PersonaParts, SectionShown
from icp_synth.exports.statements import Voices
from icp_synth.exports.words import Words


def cards(name: str, all_of_them: Sequence[Card], report: Report) -> Lines:
    """Yield a section of cards."""
    words = report.words
    yield from ("", f"## {words(f'section.{name}')}")
    if not all_of_them:
        yield from ("", report.nothing)
    for card in all_of_them:
        yield from _card(card, report)


def _card(card: Card, report: Report) -> Lines:
    words = report.words
    key = "page.reviewed" if card.status == "reviewed" else "page.draft"
    status = "" if card.status == "too_little" else f" · {words(key)}"
    yield from heading(3, title(card.name, words))
    kind = f" · {card.type}" if card.type else ""
    steady = f" · {safe(card.steady)}" if card.steady and not card.doubt else ""
    yield f"*{safe(card.what)}{status} · {card.size}{kind}{steady}*"
    yield from _notes(card, words)
    if card.negative:
        yield from _negative(card.negative, words)
    if card.criteria:
        yield from _criteria(card, words)
    if card.scorecard:
        yield from _scorecard(card, words)
    if card.refused:
        yield from heading(4, words("card.refused"))
    for row in card.refused:
        word = words.aside(safe(row.word)) if row.word else ""
        yield f"- {safe(row.condition)}{words('claim.colon')}{safe(row.reason)}{word}"
    if card.persona:
        yield from _persona(card.persona, words)
    if card.signals or card.quiet:
        yield from _signals(card, words)
    for part, stated in card.parts:
        name = words("card.other" if part == "other" else f"kind.{part}")
        yield from heading(4, name)
        yield from claims(stated, words)


def _notes(card: Card, words: Words) -> Lines:
    for part, (_, cut) in zip(card.name.whole, card.name.heads, strict=True):
        if cut:
            yield from ("", said(part, words))
    if card.doubt:
        yield from ("", card.doubt)
    if card.twin:
        yield from ("", words("card.twin", name=safe(card.twin[1])))
    elif card.links:
        persona = card.kind in {"icp", "negative"}
        of = words("card.personas" if persona else "card.of_icp")
        names = " · ".join(safe(name) for _, name in card.links)
        yield from ("", f"{of}{words('claim.colon')}{names}")
    if card.assumed:
        note = words("card.assumed_note")
        yield from ("", f"**{words('card.assumed')}**{words('claim.colon')}{note}")
    if card.merged_into:
        yield from ("", words("card.merged", name=safe(card.merged_into)))
    if card.reason:
        yield from ("", card.reason)
        if not card.parts:
            yield words("card.nothing_shared")


def _criteria(card: Card, words: Words) -> Lines:
    scored = any(row.share for row in card.criteria)
    heads = [words("criterion.field"), words("criterion.value")]
    if scored:
        heads[1:] = [words("score.perfect"), words("score.viable")]
    heads += [words(f"criterion.{one}") for one in ("status", "coverage", "effect")]
    yield from heading(4, words("card.criteria"))
    rows = (_criterion(row, words, scored=scored) for row in card.criteria)
    yield from table(tuple(heads), rows)
    yield ""
    for row in card.criteria:
        if row.test:
            belief = (
                words.aside(words("top_down.belief", share=row.belief))
                if row.belief
                else ""
            )
            test = f"{words('top_down.test')}{words('claim.colon')}{own(row.test)}"
            yield f"- {safe(row.field)}{belief}{words('claim.colon')}{test}"
    if scored and card.tiers:
        yield from ("", _tiers(card, words))


def _criterion(row: CriterionShown, words: Words, *, scored: bool) -> tuple[str, ...]:
    effects = []
    if row.effect == "knock_out":
        effects.append(words("criterion.knock_out"))
    if row.share:
        effects.append(words("criterion.share", n=row.share))
    elif row.effect == "weight":
        effects.append(words("criterion.unscored" if scored else "criterion.weight"))
    return (
        safe(row.field),
        f"{safe(row.operator)} {_value(row, words)}",
        *([safe(row.viable) or "–"] if scored else []),
        words(f"criterion.{row.status}"),
        row.counted,
        words.listed(effects),
    )


def _value(row: CriterionShown, words: Words) -> str:
    if not row.values:
        return safe(row.value)
    each = (f"{safe(one.value)}{words.aside(str(one.held))}" for one in row.values)
    return words("signal.joint").join(each)


def _tiers(card: Card, words: Words) -> str:
    least = words.listed(f"{safe(name)} {points}" for name, points in card.tiers)
    note = words("card.scorecard_note")
    tiers = words("card.tiers", tiers=least)
    return f"{words('card.scorecard')}{words('claim.colon')}{note} {tiers}"


def _scorecard(card: Card, words: Words) -> Lines:
    yield from heading(4, words("card.scorecard"))
    for row in card.scorecard:
        viable = ""
        if row.viable:
            told = f"{words('score.viable')}{words('claim.colon')}{safe(row.viable)}"
            viable = f"{words('mark.semicolon')}{told}"
        share = words("criterion.share", n=row.share)
        status = words(f"criterion.{row.status}")
        must = [words("score.must")] if row.must_have else []
        known = words.listed([share, status, *must])
        told = f"{safe(row.perfect)}{viable}{words.aside(known)}"
        yield f"- {words.pair(safe(row.field), told)}"
    if card.tiers and not any(row.share for row in card.criteria):
        yield from ("", _tiers(card, words))


def _signals(card: Card, words: Words) -> Lines:
    yield from heading(4, words("card.signals"))
    for row in card.signals:
        yield _signal(row, words)
    if card.quiet:
        quiet = words("signal.joint").join(map(safe, card.quiet))
        yield f"- {words('signal.quiet')} {quiet}"


def _signal(row: SignalShown, words: Words) -> str:
    seen = words("signal.not_operational")
    if row.operational:
        where = f"{safe(row.field)}{words('claim.colon')}{safe(row.threshold)}"
        seen = f"{safe(row.observable)}{words.aside(where)}"
    said = {"for": row.speaks, "against": row.against}
    told = {side: "–" if side in row.unread else n for side, n in said.items()}
    speaks = f"{words('signal.for')} {told['for']}{marks(row.heard)}"
    against = f"{words('signal.against')} {told['against']}{marks(row.counter)}"
    score = "–" if row.score is None else f"{row.score} / 2"
    known = [f"**{safe(row.label)}** {score}", words.listed([speaks, against]), seen]
    return f"- {words.joined(known)}"


def _persona(parts: PersonaParts, words: Words) -> Lines:
    for name, sections in (
        ("empathy", parts.empathy),
        ("evidence_groups", parts.groups),
        ("sections", parts.sections),
    ):
        if sections:
            yield from heading(4, words(f"card.{name}"))
        quiet = [one for one in sections if one.status == "no_evidence"]
        above = [one for one in sections if one.above]
        for one in sections:
            if one not in quiet and not one.above:
                yield from _section(one, words)
        if above:
            stated = (
                words("card.above_one", title=safe(one.title), question=one.above)
                for one in above
            )
            names = words("signal.joint").join(stated)
            yield f"- {words('card.above_all', names=names)}"
        if quiet:
            names = words("signal.joint").join(safe(one.title) for one in quiet)
            yield f"- {words.pair(words('section_status.no_evidence'), names)}"
    if parts.phrases:
        yield from heading(4, words("card.phrases"))
    for phrase in parts.phrases:
        # Words, not a quote: too short to be looked up in an interview.
        yield f"- *{safe(phrase.text)}*{words.aside(phrase.told)}"


def _section(one: SectionShown, words: Words) -> Lines:
    status = ""
    if one.status != "evidence":
        status = words.aside(words(f"section_status.{one.status}"))
    rivals = words.joined(words("rival.said", name=safe(r), n=n) for r, n in one.rivals)
    colon = words("claim.colon") if rivals else ""
    yield f"- **{safe(one.title)}**{status}{colon}{rivals}"
    for claim in one.claims:
        count = words("count.of", k=claim.k, n=claim.n)
        yield f"  - **{count}** {worded(claim, words)}"
    if one.repeated:
        yield f"  - {words.count('card.repeated', one.repeated)}"
    for name, n in one.shared:
        yield f"  - **{words('count.of', k=n, n=one.of)}** {said(name, words)}"
    yield from (f"  - {voiced(citation)}" for citation in one.heard.all)
    if one.others.all:
        yield f"  - {words('section_status.others')}{words('claim.colon')}"
        yield from (f"    - {voiced(citation)}" for citation in one.others.all)


def voiced(citation: Citation) -> str:
    """Return a voice, what it says in the reader's words before the quote."""
    who, insight = safe(citation.who.name), citation.insight
    quote = f"{quoted(citation.text, citation)} {who} [^{citation.key}]"
    if insight.statement_origin != "written":
        return quote
    return f"{own(insight.statement)} – {quote}"


def _negative(parts: NegativeParts, words: Words) -> Lines:
    yield from heading(4, words("card.why_not"))
    if parts.why:
        yield f"- {safe(parts.why)}"
    if parts.not_able:
        counts = (("keen", parts.keen), ("not_able", parts.not_able))
        yield from (f"- {words(f'negative.{key}', n=n)}" for key, n in counts)
        yield f"- {words('negative.both', n=parts.both)}"
    yield from _reasons(parts.said, words)
    if not (parts.said.all or parts.claims):
        yield f"- {words('card.why_none')}"
    yield from heading(4, words("card.refer_to"))
    yield from _places(parts.referrals, words)
    if not parts.referrals:
        yield f"- {words('card.refer_none')}"
    for key, places in (("doubted", parts.doubted), ("not_taken", parts.not_taken)):
        if places:
            head = f"{words(f'card.{key}')}{words('claim.colon')}".rstrip()
            yield from ("", head, "", *_places(places, words))
    yield from heading(4, words("card.readmit"))
    for one in parts.readmissions:
        if one.heard.all:
            stated = f"{safe(one.condition)} – " if one.condition else ""
            yield f"- {stated}{spoken(one.heard, words)}"
            continue
        missed = words(f"negative.missed.{one.unit}", k=one.missed, n=one.known)
        of = [f"{words('negative.of_icp')} {safe(one.icp[1])}"] if one.icp else []
        yield f"- {safe(one.condition)}{words.aside(words.joined([*of, missed]))}"
    if not parts.readmissions:
        yield f"- {words('card.readmit_none')}"


def _reasons(heard: Voices, words: Words) -> Lines:
    """Yield each reason with all its quotes: a second one adds to the first."""
    by_insight: dict[str, list[Citation]] = {}
    for citation in heard.all:
        by_insight.setdefault(citation.insight.id, []).append(citation)
    for first, *more in by_insight.values():
        rest = (f"{quoted(one.text, one)} [^{one.key}]" for one in more)
        yield f"- {words.joined([voiced(first), *rest])}"


def _places(named: Sequence[ReferralShown], words: Words) -> Lines:
    for one in named:
        people = words.count("count.people", one.people)
        name = f"**{safe(one.name)}**{words.aside(people)}"
        yield f"- {words.pair(name, spoken(one.heard, words))}"
