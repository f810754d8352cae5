"""report.md: the report as plain text, each quote a footnote with its source.

Everything that people or a model wrote is escaped; a footnote names the quote, the
participant, the time and the file. The turns around a quote are in report.html.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from icp_synth.domain.profiles import Synthesis
from icp_synth.domain.transcripts import Transcript
from icp_synth.exports.board import Board, ThemeShown
from icp_synth.exports.cards import Card
from icp_synth.exports.claims import ClaimShown
from icp_synth.exports.conditions import CriterionShown
from icp_synth.exports.escaping import escape_markdown as safe
from icp_synth.exports.evidence import Citation
from icp_synth.exports.participants import FactShown
from icp_synth.exports.report import Report, build_report
from icp_synth.exports.statements import Said, Voices
from icp_synth.exports.titles import JOINT, Title
from icp_synth.exports.words import CHINESE, ENGLISH, Words

Lines = Iterator[str]


def to_markdown(
    synthesis: Synthesis, transcripts: Mapping[str, Transcript], *, language: str
) -> str:
    """Return the report as Markdown with footnotes (`[^e12]`).

    Args:
        synthesis: What is published.
        transcripts: Canonical texts by name, of all that is cited.
        language: `en` or `zh`: of the report's own words.

    Raises:
        UsageError: When there are no words for the language.
        IcpSynthError: When a quote is not the slice of its source.
    """
    report = build_report(synthesis, transcripts, language=language)
    return "\n".join(_Writer(report.words).report(report)) + "\n"


class _Writer:
    """Writes the parts of a report, line by line, in one language."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def report(self, report: Report) -> Lines:
        words = self._words
        yield from self._head(report)
        yield from self._overview(report)
        yield from self._cards("icps", report.icps, report)
        yield from self._cards("personas", report.personas, report)
        if report.negative:
            yield from self._cards("negative", report.negative, report)
        for name in ("audience", "minority"):
            claims = report.audience
            if name == "minority":
                claims = tuple(one.claim for one in report.minority)
            if claims:
                yield from ("", f"## {words(f'section.{name}')}", "")
                yield from self._claims(claims)
        yield from self._boards(report)
        yield from self._people(report)
        yield from self._refused(report)
        yield from self._sources(report)
        yield from ("", f"## {words('section.read')}", "")
        for key in ("quotes", "counts", "interval", "stance", "basis", "leading"):
            yield f"- {words(f'read.{key}')}"
        yield ""
        for citation in report.cited:
            yield self._footnote(citation)

    def _head(self, report: Report) -> Lines:
        words = self._words
        yield f"# {safe(report.title)}"
        if report.draft:
            stamp = words("page.draft").upper()
            yield from ("", f"> **{stamp}** – {words('page.draft_note')}")
        if report.baseline:
            yield from ("", f"> **{words('page.baseline_title')}.**")
            yield f"> {words('page.baseline')}"
        if report.what:
            yield from ("", safe(report.what))
        yield from ("", f"**{safe(report.frame)}**", "")
        yield from (f"- {safe(note)}" for note in report.notes)
        yield from ("", safe(report.made.line), words("quote.see_html"))

    def _overview(self, report: Report) -> Lines:
        words = self._words
        yield from ("", f"## {words('section.overview')}", "")
        yield from (f"- {n:,} {label}" for n, label in report.figures)
        yield from self._segments(report)
        for board in report.top:
            yield from ("", f"**{words(f'overview.{board.kind}')}**", "")
            for it in board.themes:
                count = words("count.of", k=it.theme.n, n=it.theme.of)
                yield f"- **{count}** {self._said(it.said)}"

    def _segments(self, report: Report) -> Lines:
        words = self._words
        if report.segments:
            yield from ("", f"**{words('section.segments')}**", "")
        for it in report.segments:
            known = [words.count("segment.people", it.n)]
            if it.stability:
                found = words("segment.stability", value=it.stability)
                known.append(f"{found}: {it.verdict}")
            people = ", ".join(safe(person.name) for person in it.people)
            yield f"- **{safe(it.name)}** ({'; '.join(known)}): {people}"
        if report.analyses.saturation:
            question = words("section.saturation")
            yield from ("", f"**{question}** {report.analyses.saturation.answer}")

    def _signals(self, card: Card) -> Lines:
        words = self._words
        yield from ("", f"#### {words('card.signals')}", "")
        for row in card.signals:
            seen = words("signal.not_operational")
            if row.operational:
                where = f"{safe(row.field)}: {safe(row.threshold)}"
                seen = f"{safe(row.observable)} ({where})"
            speaks = f"{words('signal.for')} {row.speaks}"
            against = f"{words('signal.against')} {row.against}"
            score = "–" if row.score is None else f"{row.score} / 2"
            yield f"- **{safe(row.label)}** {score}; {speaks}, {against}; {seen}"
        if card.quiet:
            quiet = words("signal.joint").join(map(safe, card.quiet))
            yield f"- {words('signal.quiet')} {quiet}"

    def _cards(self, name: str, cards: Sequence[Card], report: Report) -> Lines:
        words = self._words
        yield from ("", f"## {words(f'section.{name}')}")
        if not cards:
            yield from ("", words("card.none"))
        for card in cards:
            yield from self._card(card, report)

    def _card(self, card: Card, report: Report) -> Lines:
        words = self._words
        key = "page.reviewed" if card.status == "reviewed" else "page.draft"
        status = "" if card.status == "too_little" else f" · {words(key)}"
        yield from ("", f"### {self._title(card.name)}", "")
        yield f"*{safe(card.what)}{status} · {card.size}* ({safe(report.frame)})"
        if card.assumed:
            note = words("card.assumed_note")
            yield from ("", f"**{words('card.assumed')}.** {note}")
        if card.merged_into:
            yield from ("", words("card.merged", name=safe(card.merged_into)))
        if card.reason:
            yield from ("", card.reason)
            if not card.parts:
                yield words("card.nothing_shared")
        if card.criteria:
            yield from self._criteria(card.criteria)
        for row in card.criteria:
            if row.test:
                yield f"- {safe(row.field)}: {words('top_down.test')}: {safe(row.test)}"
        if card.signals or card.quiet:
            yield from self._signals(card)
        for part, claims in card.parts:
            title = words("card.other" if part == "other" else f"kind.{part}")
            yield from ("", f"#### {title}", "")
            yield from self._claims(claims)

    def _criteria(self, criteria: Sequence[CriterionShown]) -> Lines:
        words = self._words
        heads = ("field", "operator", "value", "status", "coverage", "effect")
        yield ""
        yield f"| {' | '.join(words(f'criterion.{head}') for head in heads)} |"
        yield "|" + " --- |" * len(heads)
        for row in criteria:
            cells = (
                safe(row.field),
                safe(row.operator),
                safe(row.value),
                words(f"criterion.{row.status}"),
                words("count.of", k=row.known, n=row.of),
                words(f"criterion.{row.effect}"),
            )
            yield f"| {' | '.join(cells)} |"

    def _claims(self, claims: Sequence[ClaimShown]) -> Lines:
        for it in claims:
            yield from self._claim(it)

    def _claim(self, it: ClaimShown) -> Lines:
        words = self._words
        count = words("count.of", k=it.k, n=it.n)
        basis = words(f"claim.{it.claim.basis}")
        notes = [safe(it.label), basis]
        if it.claim.insights:
            notes.append(words.count("count.mentions", it.voices.mentions))
        if implied := it.voices.mentions - it.voices.explicit:
            notes.append(words("claim.implicit", n=implied))
        if it.voices.leading:
            notes.append(words.count("claim.leading", it.voices.leading))
        if decision := it.claim.decision:
            notes.append(words(f"claim.{decision.verdict}", by=safe(decision.by)))
        said = self._said(it.said)
        yield f"- **{count}** {said} ({'; '.join(notes)}){_marks(it.voices)}"
        stances = ("supports", "contradicts", "silent", "unjudged")
        counts = (f"{words(f'stance.{s}')} {getattr(it, s)}" for s in stances)
        yield f"  - {words('stance.all', n=it.of)} {' / '.join(counts)}"
        if it.counter.all:
            yield f"  - {words('claim.counter')}:{_marks(it.counter)}"

    def _boards(self, report: Report) -> Lines:
        words = self._words
        yield from ("", f"## {words('section.themes')}", "")
        yield words("section.themes_note")
        yield safe(report.frame)
        for board in report.boards:
            yield from self._board(board)

    def _board(self, board: Board) -> Lines:
        words = self._words
        yield from ("", f"### {words(f'kind.{board.kind}')}", "")
        for it in board.themes:
            yield self._theme(it)
        if board.left:
            yield from ("", words.count("count.themes_not_shown", board.left))

    def _theme(self, it: ThemeShown) -> str:
        words = self._words
        count = words("count.of_people", k=it.theme.n, n=it.theme.of)
        notes = [words.count("count.mentions", len(it.theme.insights))]
        if it.low is not None:
            notes.append(words("count.interval", low=it.low, high=it.high))
        if it.voices.hidden:
            notes.append(words.count("count.not_shown", it.voices.hidden))
        said = self._said(it.said)
        return f"- **{count}** {said} ({'; '.join(notes)}){_marks(it.voices)}"

    def _people(self, report: Report) -> Lines:
        words = self._words
        yield from ("", f"## {words('section.people')}", "")
        for it in report.participants.rows:
            person = it.person
            place = person.segment
            segment = "" if place is None else report.segment_names[place]
            known = [
                safe(each) for each in (person.group, person.role, segment) if each
            ]
            about = f" ({'; '.join(known)})" if known else ""
            facts = "; ".join(self._fact(fact) for fact in it.facts)
            yield f"- **{safe(person.name)}**{about}{': ' if facts else ''}{facts}"

    def _fact(self, fact: FactShown) -> str:
        normal = f" = {safe(fact.normal)}" if fact.normal else ""
        return f"{safe(fact.label)} {safe(fact.value)}{normal} [^{fact.citation.key}]"

    def _refused(self, report: Report) -> Lines:
        words = self._words
        yield from ("", f"## {words('section.refused')}", "")
        if not report.sources.refusals.total:
            yield words("section.refused_none")
            return
        yield from (words("section.refused_note"), "")
        for reason, n in report.sources.refusals.by_reason:
            yield f"- {safe(reason)}: {n:,}"

    def _sources(self, report: Report) -> Lines:
        words = self._words
        yield from ("", f"## {words('section.sources')}", "")
        yield from (
            f"- {safe(name)}: {safe(value)}" for name, value in report.sources.counts
        )
        for entry in (it.entry for it in report.sources.transcripts):
            turns = words.count("count.turns", entry.turns)
            yield f"- {safe(entry.path)} ({turns}, SHA-256 {entry.sha256[:12]})"
        yield from ("", f"## {words('page.how')}", "")
        rows = (*report.made.plain, *report.made.details)
        yield from (f"- {safe(name)}: {safe(value)}" for name, value in rows)
        for name, value in report.made.inputs:
            yield f"- {safe(name)}: {safe(value)}"

    def _title(self, title: Title) -> str:
        return JOINT.join(self._said(part) for part in title.parts or (title.said,))

    def _said(self, said: Said) -> str:
        if said.citation is None:
            return safe(said.text)
        text = _quoted(said.text, said.citation)
        return f"{text} [^{said.citation.key}]"

    def _footnote(self, citation: Citation) -> str:
        words = self._words
        who = (citation.who.name, citation.who.group, citation.time, citation.path)
        source = ", ".join(safe(part) for part in who if part)
        quote, insight = citation.quote, citation.insight
        flags = [
            *([words("quote.leading")] if quote.leading else []),
            *([] if insight.explicit else [words("quote.implied")]),
            *([words("quote.hidden")] if citation.hidden else []),
        ]
        tail = f" ({'; '.join(flags)})" if flags else ""
        return f"[^{citation.key}]: {_quoted(citation.text, citation)} – {source}{tail}"


def _quoted(text: str, citation: Citation) -> str:
    """Return the words in the quotation marks of their own language."""
    table = CHINESE if citation.language == "zh" else ENGLISH
    return table["quote.marks"].format(text=safe(text))


def _marks(voices: Voices) -> str:
    return "".join(f" [^{citation.key}]" for citation in voices.all)
