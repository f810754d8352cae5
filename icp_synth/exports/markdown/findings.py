"""What was found over all participants, in report.md: views, themes, comparisons."""

from __future__ import annotations

from collections.abc import Sequence

from icp_synth.exports.board import Board, ThemeShown
from icp_synth.exports.charts.contrasts import ContrastShown
from icp_synth.exports.contested import MinorityShown
from icp_synth.exports.escaping import escape_markdown as safe
from icp_synth.exports.markdown.claims import claim, claims, worded
from icp_synth.exports.markdown.text import Lines, heading, marks, said, table
from icp_synth.exports.overlaps import Overlaps, OverlapShown
from icp_synth.exports.report import Report
from icp_synth.exports.words import Words


def findings(report: Report, words: Words) -> Lines:
    """Yield audience, minority views, overlaps, themes, contrasts and saturation."""
    if report.overlaps.rows or report.overlaps.fits:
        yield from _overlaps(report.overlaps, words)
    if report.audience:
        yield from heading(2, words("section.audience"))
        yield from claims(report.audience, words)
    if report.minority:
        yield from heading(2, words("section.minority"))
        yield words("section.minority_note")
        yield ""
    for view in report.minority:
        yield from _view(view, words)
    yield from heading(2, words("section.themes"))
    yield words("section.themes_note")
    yield safe(report.frame)
    for board in report.boards:
        yield from _board(board, words)
    yield from _contrasts(report.analyses.contrasts, report.compared, words)
    if report.analyses.saturation:
        yield from heading(2, words("section.saturation"))
        yield report.analyses.saturation.answer
        yield ""
        saturation = report.analyses.saturation
        yield from (f"- {one}" for one in saturation.verdicts)
        yield from (f"- {safe(one)}" for one in saturation.groups)
        yield ""
        yield from filter(None, (report.compared,))
        yield from (saturation.counted, saturation.footnote)


def _view(view: MinorityShown, words: Words) -> Lines:
    yield from claim(view.claim, words)
    if view.against:
        against = words("minority.against", n=view.against.supports)
        yield f"  - {against} {worded(view.against, words)}"
    if view.decisive:
        yield f"  - {words('minority.decisive')}"


def _overlaps(found: Overlaps, words: Words) -> Lines:
    yield from heading(2, words("section.overlaps"))
    yield words("section.overlaps_note")
    if found.fits:
        yield words("overlap.best_note")
    yield ""
    names = [safe(name) for _, name in found.icps]
    for at, row in enumerate(found.rows):
        for other, cell in enumerate(row):
            if cell is not None and other > at:
                both = f"{names[at]} / {names[other]}"
                yield f"- {words.pair(both, _overlap(cell, words))}"
    if found.fits:
        scored = (safe(name) for _, name in found.scored)
        heads = (found.one, words("score.best"), *scored)
        rows = (
            (
                safe(fit.account),
                safe(fit.best[1]) if fit.best else fit.without,
                *map(safe, fit.scores),
            )
            for fit in found.fits
        )
        yield from table(heads, rows)
        if found.unscored:
            without = words.listed(safe(name) for _, name in found.unscored)
            yield from ("", f"{words('overlap.unscored')} {without}")
        if found.unknown:
            told = words.count("overlap.unknown", len(found.unknown))
            names_of = words.listed(map(safe, found.unknown))
            yield from ("", words.pair(told, names_of))


def _overlap(cell: OverlapShown, words: Words) -> str:
    likeness = words("overlap.none")
    if cell.likeness:
        likeness = words("overlap.likeness", value=cell.likeness)
    known = [
        likeness,
        words.count("overlap.accounts", cell.accounts),
        words.count("overlap.fits_both", cell.fits_both),
    ]
    if cell.fields:
        known.append(words("overlap.fields", fields=words.listed(cell.fields)))
    return words.joined(known)


def _board(board: Board, words: Words) -> Lines:
    yield from heading(3, words(f"kind.{board.kind}"))
    for group in board.groups:
        count = words("count.of_people", k=group.n, n=group.of)
        yield from (f"**{count}** {said(group.label, words)}", "")
        yield from (_theme(one, words) for one in group.themes)
        yield ""
    if board.groups and board.alone:
        yield from (words("count.alone"), "")
    yield from (_theme(one, words) for one in board.alone)
    if board.left:
        yield from ("", words.count("count.themes_not_shown", board.left))


def _theme(one: ThemeShown, words: Words) -> str:
    count = words("count.of_people", k=one.theme.n, n=one.theme.of)
    notes = [words.count("count.mentions", len(one.theme.insights))]
    if one.low is not None:
        notes.append(words("count.interval", low=one.low, high=one.high))
    notes += filter(None, (safe(one.asked), one.verdict))
    if one.dominated:
        notes.append(words("count.dominated", name=safe(one.dominated.name)))
    if one.voices.hidden:
        notes.append(words.count("count.not_shown", one.voices.hidden))
    title = said(one.said, words)
    return f"- **{count}** {title}{words.aside(words.joined(notes))}{marks(one.voices)}"


def _contrasts(found: Sequence[ContrastShown], compared: str, words: Words) -> Lines:
    """Yield the contrasts of groups; those of segments only describe, and are left."""
    tested = [one for one in found if not one.described]
    if not tested:
        return
    yield from heading(2, words("section.contrasts"))
    yield f"{words('section.contrasts_note')} {compared}".rstrip()
    for one in tested:
        yield from heading(3, safe(one.title))
        yield one.note
        if one.few:
            continue
        heads = ("chart.theme", "map.people", "contrast.difference", "contrast.verdict")
        rows = (
            (
                said(row.said, words),
                f"{row.first} / {row.second}",
                row.difference,
                f"{row.verdict} (q {row.q})",
            )
            for row in one.rows
        )
        yield from table(tuple(words(head) for head in heads), rows)
