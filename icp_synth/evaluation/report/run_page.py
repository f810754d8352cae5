"""The page of one run: figures, curves, interviews, items in their place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from icp_synth.domain.fields import KIND_OF, KINDS
from icp_synth.evaluation.matching import LEAST
from icp_synth.evaluation.report import figures
from icp_synth.evaluation.report.curves import charts
from icp_synth.evaluation.report.engine import assemble, island
from icp_synth.evaluation.report.figures import CaseTotals, Figure
from icp_synth.evaluation.report.making import made_of
from icp_synth.evaluation.report.values import Refused, ShownText, lines_of
from icp_synth.evaluation.report.viewer import check_quotes, viewer_data
from icp_synth.evaluation.report.words import words_of
from icp_synth.exports.words import Words

SCRIPTS = ("make.js", "state.js", "spans.js", "item.js", "viewer.js", "tables.js")
"""In the order in which they run."""

HEAD = (
    ("item_f1", "codebook"),
    ("item_precision", "codebook"),
    ("item_recall", "codebook"),
    ("category_accuracy", "matched"),
    ("verified_rate", "raw"),
)
"""Metrics that stand first, beside baselines and ceiling."""

_BY_PART = ("item_f1", "item_precision", "item_recall")

_OFTEN = 3
"""So many figures with one reason, and it is told once."""


@dataclass(frozen=True)
class Group:
    """One metric, or one kind, with a figure for each reader."""

    title: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class PartRow:
    """One kind or category of one reader: item F1, precision, recall, or None."""

    name: str
    kind: str
    who: str
    role: str
    cells: tuple[Figure | None, ...]


@dataclass(frozen=True)
class CaseRow:
    """One interview of one model; figures are None where it was not scored."""

    case: str
    model: str
    totals: CaseTotals | None
    f1: float | None
    precision: float | None
    recall: float | None
    strip: figures.Strip | None
    why: str


def render_run(
    result: Mapping[str, Any],
    lines: Iterable[Mapping[str, Any]],
    texts: Mapping[str, ShownText],
    *,
    refused: Sequence[Refused] = (),
    language: str = "en",
) -> str:
    """Return the page of one run.

    Args:
        result: The mapping of result.json; `curves`, `baselines` and `ceiling` may be
            missing.
        lines: Of items.jsonl.
        texts: Canonical texts by interview. Where one is missing its items are
            listed without it.
        refused: Quotes that were quarantined.
        language: `en` or `zh`: of the page's own words.

    Returns:
        One self-contained HTML file; the same values give the same bytes.

    Raises:
        UsageError: When there are no words for the language, or a line is not of the
            shape of items.jsonl.
        IcpSynthError: When a quote is not the slice of its text.
    """
    words = words_of(language)
    items = lines_of(lines)
    check_quotes(items, texts)
    models = [run["model"] for run in result["runs"]]
    rows = tuple(_case_rows(result, words))
    return assemble(
        "run.html.j2",
        words,
        scripts=SCRIPTS,
        result=result,
        models=models,
        title=words("run.title", name=result["dataset"]),
        headline=_headline(result, words) if len(models) == 1 else (),
        heads=tuple(_heads(result, words)),
        kinds=tuple(_parts(result, words, HEAD[0][1], {one: one for one in KINDS})),
        categories=tuple(_parts(result, words, "category", _categories(result))),
        epochs=max((run.get("epochs", 1) for run in result["runs"]), default=1),
        notes=[said for run in result["runs"] for said in run.get("notes", ())],
        once=_said_once(result),
        charts=charts(result.get("curves") or (), words, _used(result)),
        cases=rows,
        labels=_labels(result),
        named=sorted({line.case for line in items} | set(texts)),
        refused=_refused(refused),
        everything=tuple(_everything(result, words)),
        made=made_of(result, words),
        messages=[run["message"] for run in result["runs"] if run.get("message")],
        data=island(viewer_data(items, texts, models, words)),
    )


def _ceilings(result: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return by metric how far annotators agree; one without a name is of item F1."""
    given = result.get("ceiling") or ()
    entries = [given] if isinstance(given, Mapping) else given
    known = (one for one in entries if one.get("value") is not None)
    return {one.get("name", HEAD[0][0]): one for one in known}


def _said_once(result: Mapping[str, Any]) -> list[str]:
    """Return the reasons that many figures share: they are told above the tables."""
    reasons = Counter(row.get("reason") for _, row in _readers(result))
    return sorted(said for said, n in reasons.items() if said and n >= _OFTEN)


def _readers(result: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield all rows, of the run's models and then of the baselines, with the role."""
    for row in result["metrics"]:
        yield "model", row
    for row in result.get("baselines") or ():
        yield "baseline", row


def _headline(result: Mapping[str, Any], words: Words) -> tuple[Group, ...]:
    """Return the figures of the only model, for the large print."""
    found = (
        (name, mode, figures.rows_named(result["metrics"], name, mode))
        for name, mode in HEAD
    )
    return tuple(
        Group(
            figures.metric_label(name, mode, words), (figures.figure(rows[0], words),)
        )
        for name, mode, rows in found
        if rows
    )


def _heads(result: Mapping[str, Any], words: Words) -> Iterator[Group]:
    ceilings = _ceilings(result)
    for name, mode in HEAD:
        ceiling = ceilings.get(name, {})
        goal = ceiling.get("value")
        made = [
            figures.figure(row, words, role=role, goal=goal)
            for role, row in _readers(result)
            if (row["name"], row["mode"]) == (name, mode)
        ]
        if ceiling:
            said = {"label": words("ceiling.name"), "reason": ceiling.get("origin")}
            row = {**ceiling, **said}
            made.append(figures.figure(row, words, role="ceiling", goal=goal))
        if made:
            yield Group(figures.metric_label(name, mode, words), tuple(made))


def _used(result: Mapping[str, Any]) -> dict[str, float]:
    """Return the thresholds that the figures rest on; tau stands in the modes."""
    used = {"overlap": LEAST}
    for row in result["metrics"]:
        name, _, value = row["mode"].partition("=")
        if name == "tau" and value.replace(".", "", 1).isdigit():
            used["tau"] = float(value)
    return used


def _categories(result: Mapping[str, Any]) -> dict[str, str]:
    """Return the categories that are measured, own ones last, with their kinds."""
    found = {
        row["name"].partition(".")[2]
        for _, row in _readers(result)
        if row["mode"] == "category" and "." in row["name"]
    }
    known = {name: str(kind) for name, kind in KIND_OF.items() if name in found}
    return known | dict.fromkeys(sorted(found - known.keys()), "other")


def _parts(
    result: Mapping[str, Any], words: Words, mode: str, kinds: Mapping[str, str]
) -> Iterator[PartRow]:
    """Yield the readers' figures of each part; `kinds` gives the kind of a part."""
    ceilings = _ceilings(result) if mode == HEAD[0][1] else {}
    group = "kind" if mode == HEAD[0][1] else "category"
    for part, kind in kinds.items():
        wanted = [f"{name}.{part}" for name in _BY_PART]
        goal = ceilings.get(wanted[0], {}).get("value")
        by_reader: dict[tuple[str, str], dict[str, Figure]] = {}
        for role, row in _readers(result):
            if row["name"] in wanted and row["mode"] == mode:
                made = figures.figure(row, words, role=role, goal=goal)
                by_reader.setdefault((role, made.who), {})[row["name"]] = made
        for (role, who), found in by_reader.items():
            cells = tuple(found.get(name) for name in wanted)
            name = words.named(group, part)
            yield PartRow(name=name, kind=kind, who=who, role=role, cells=cells)


def _case_rows(result: Mapping[str, Any], words: Words) -> Iterator[CaseRow]:
    for run in result["runs"]:
        for name, totals in figures.case_totals(run).items():
            counts = totals.counts
            f1 = counts.f1().score
            strip = figures.Strip(at=figures.place(f1)) if f1 is not None else None
            yield CaseRow(
                case=name,
                model=run["model"],
                totals=totals,
                f1=f1,
                precision=counts.precision().score,
                recall=counts.recall().score,
                strip=strip,
                why="",
            )
        absent = [(leak["case"], "case.leak") for leak in run.get("leaks", ())]
        absent += [(name, "case.waiting") for name in run.get("waiting", ())]
        for name, why in absent:
            yield CaseRow(name, run["model"], None, None, None, None, None, words(why))


def _labels(result: Mapping[str, Any]) -> int:
    """Return the agreed labels of all interviews that some model was scored on."""
    counted = {
        name: totals.labels // totals.epochs
        for run in result["runs"]
        for name, totals in figures.case_totals(run).items()
    }
    return sum(counted.values())


def _refused(refused: Sequence[Refused]) -> list[Refused]:
    return sorted(refused, key=lambda one: (one.case, one.model, one.status, one.quote))


def _everything(
    result: Mapping[str, Any], words: Words
) -> Iterator[tuple[str, str, str, Figure]]:
    """Yield (metric, its name in result.json, mode, figure) of every row."""
    for role, row in _readers(result):
        label = figures.metric_label(row["name"], row["mode"], words)
        made = figures.figure(row, words, role=role)
        yield label, row["name"], row["mode"], made
