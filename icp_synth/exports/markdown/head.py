"""The beginning of report.md: what it is, whom it heard, what was asked."""

from __future__ import annotations

from icp_synth.exports.asked import QuestionShown
from icp_synth.exports.escaping import escape_markdown as safe
from icp_synth.exports.markdown.cards import voiced
from icp_synth.exports.markdown.text import Lines, heading, own, said
from icp_synth.exports.report import Report
from icp_synth.exports.words import Words


def head(report: Report, words: Words) -> Lines:
    """Yield the title, what is to be known before reading, goal and term."""
    yield f"# {safe(report.title)}"
    if report.draft:
        stamp = words("page.draft").upper()
        yield from ("", f"**{stamp}** – {words('page.draft_note')}")
    if report.checks.missing:
        yield from ("", f"**{words('page.unfinished_title')}**")
        yield from ("", words.count("page.unfinished", report.checks.missing))
    if report.baseline:
        yield from ("", f"**{words('page.baseline_title')}**")
        yield from ("", words("page.baseline"))
    if report.what:
        yield from ("", safe(report.what))
    yield from ("", f"**{safe(report.frame)}**", "")
    yield from (f"- {safe(note)}" for note in report.notes)
    if report.asked.goal:
        goal = f"**{words('page.goal')}**{words('claim.colon')}"
        yield from ("", f"{goal}{own(report.asked.goal)}")
    if report.asked.review:
        yield from ("", words("page.review", day=report.asked.review))
    yield from ("", safe(report.made.line), words("quote.see_html"))


def overview(report: Report, words: Words) -> Lines:
    """Yield figures, questions, segments, who disagrees, and the best themes."""
    yield from heading(2, words("section.overview"))
    yield from (f"- {n:,} {label}" for n, label in report.figures)
    if report.asked.questions:
        yield from heading(3, words("section.questions"))
        for question in report.asked.questions:
            yield from _question(question, report.of, words)
    yield from _segments(report, words)
    if report.contested:
        yield from ("", f"**{words('overview.contested')}**", "")
    for claim in report.contested:
        sides = words(
            "overview.sides", against=claim.contradicts, supports=claim.supports
        )
        yield f"- {said(claim.said, words)}{words.aside(sides)}"
    if report.top:
        yield from ("", words("overview.top_note"))
    for board in report.top:
        yield from ("", f"**{words(f'overview.{board.kind}')}**", "")
        for theme in board.themes:
            count = words("count.of", k=theme.theme.n, n=theme.theme.of)
            yield f"- **{count}** {said(theme.said, words)}"


def _question(question: QuestionShown, of: int, words: Words) -> Lines:
    if not (question.answers or question.single.all):
        yield f"- {own(question.text)} **{words('question.none')}**"
        return
    spoke = words("question.of_people", k=question.people, n=of)
    yield f"- {own(question.text)}{words.aside(spoke)}"
    for one in question.answers:
        count = words("count.of", k=one.k, n=one.n)
        label = f"{safe(one.label)}{words('claim.colon')}" if one.label else ""
        flag = f" **({words('claim.flagged')})**" if one.flag else ""
        card = words.aside(safe(one.card)) if one.card else ""
        yield f"  - **{count}** {label}{said(one.said, words)}{flag}{card}"
    if question.single.all:
        each = f"{words('section_status.single_voices')}{words('claim.colon')}"
        yield f"  - {each.rstrip()}"
        yield from (f"    - {voiced(one)}" for one in question.single.all)
    if question.more:
        yield f"    - {words.count('question.more', question.more)}"


def _segments(report: Report, words: Words) -> Lines:
    if report.undivided:
        yield from ("", f"**{words('section.segments')}**", "", report.undivided)
        return
    if report.segments:
        yield from ("", f"**{words('section.segments')}**", "")
    for one in report.segments:
        known = [words.count("segment.people", one.n)]
        if one.unquoted:
            known.append(words.count("frame.unquoted", one.unquoted))
        known += filter(None, (one.decided, one.stability, one.moved))
        people = words("signal.joint").join(safe(person.name) for person in one.people)
        if one.more:
            people += f" {words.count('segment.more', one.more)}"
        name = f"**{safe(one.name)}**{words.aside(words.joined(known))}"
        yield f"- {words.pair(name, people)}"
        for shared in one.shared:
            yield f"  - {said(shared.theme.said, words)}{words.aside(shared.told)}"
    if report.unassigned:
        people = words.listed(safe(person.name) for person in report.unassigned)
        yield f"- **{words('overview.unassigned')}**{words('claim.colon')}{people}"
    yield from (f"- {safe(one)}" for one in report.division)
