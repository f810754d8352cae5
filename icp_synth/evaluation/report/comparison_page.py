"""The page of two runs compared: what may be said, and where they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from icp_synth.evaluation.comparison import Comparison, Verdict
from icp_synth.evaluation.report import figures
from icp_synth.evaluation.report.engine import assemble
from icp_synth.evaluation.report.excerpts import Excerpt, excerpts_of
from icp_synth.evaluation.report.values import Item, Line, ShownText, Side
from icp_synth.evaluation.report.viewer import check_quotes
from icp_synth.evaluation.report.words import words_of
from icp_synth.exports.words import Words

_VERDICTS: Mapping[Verdict, str] = {
    "first is higher": "compare.first_higher",
    "second is higher": "compare.second_higher",
    "not distinguishable": "compare.same",
    "not comparable": "compare.none",
}


@dataclass(frozen=True)
class Compared:
    """One metric of both runs in words.

    `winner` tells whether a run is named as higher.
    """

    metric: str
    mode: str
    first: str
    second: str
    difference: str
    interval: str
    p: str
    verdict: str
    winner: bool
    notes: tuple[str, ...]
    strip: figures.Strip | None


@dataclass(frozen=True)
class Pair:
    """One interview in both runs; places are percents of a scale from 0 to 1."""

    case: str
    first: str
    second: str
    difference: str
    at_first: str | None
    at_second: str | None


@dataclass(frozen=True)
class Found:
    """A label in its place."""

    label: Item
    excerpts: tuple[Excerpt, ...]
    language: str | None


@dataclass(frozen=True)
class Group:
    """Labels of one outcome, by interview."""

    title: str
    total: int
    cases: tuple[tuple[str, tuple[Found, ...]], ...]


def render_comparison(
    comparisons: Sequence[Comparison],
    first: Side,
    second: Side,
    texts: Mapping[str, ShownText],
    *,
    language: str = "en",
) -> str:
    """Return the page of two runs compared.

    Args:
        comparisons: One a metric; `metric` is its name, then its mode.
        first: The run that is compared with.
        second: The run that is compared.
        texts: Canonical texts by interview; where one is missing quotes stand alone.
        language: `en` or `zh`: of the page's own words.

    Returns:
        One self-contained HTML file without scripts.

    Raises:
        UsageError: When there are no words for the language.
        IcpSynthError: When a quote is not the slice of its text.
    """
    words = words_of(language)
    sides = (first, second)
    for side in sides:
        check_quotes(side.lines, texts)
    reach = figures.reach(
        value for one in comparisons for value in (one.difference, one.low, one.high)
    )
    names = {"first": first.name, "second": second.name}
    pairs, unpaired = _pairs(first, second, words)
    groups, both = _groups(sides, texts, words)
    return assemble(
        "comparison.html.j2",
        words,
        title=words("compare.title", **names),
        names=names,
        sides=sides,
        differ=first.result["dataset_sha"] != second.result["dataset_sha"],
        reach=f"{reach:.2f}",
        compared=[_compared(one, reach, names, words) for one in comparisons],
        pairs=pairs,
        unpaired=unpaired,
        groups=groups,
        both=both,
        epochs=any(line.epoch > 1 for side in sides for line in side.lines),
    )


def _compared(
    one: Comparison, reach: float, names: Mapping[str, str], words: Words
) -> Compared:
    name, _, mode = one.metric.partition(" ")
    mode = mode.strip("()")
    label = figures.metric_label(name, mode, words)
    notes = [one.reason] if one.reason else []
    if one.detectable is not None:
        value = figures.score(one.detectable, words=words)
        notes.append(words("compare.detectable", value=value))
    if one.left_out:
        notes.append(words.count("compare.left_out", one.left_out))
    strip = None
    if one.difference is not None:
        at, low, high = (
            figures.place(value, -reach, reach)
            for value in (one.difference, one.low, one.high)
        )
        strip = figures.Strip(at=at, low=low, high=high, zero="50.00")
    limits = [figures.signed(end, words=words) for end in (one.low, one.high)]
    p = one.p_adjusted
    return Compared(
        metric=label,
        mode=mode,
        first=figures.score(one.first, words=words),
        second=figures.score(one.second, words=words),
        difference=figures.signed(one.difference, words=words),
        interval="" if one.low is None else " … ".join(limits),
        p=words("value.none") if p is None else _p(p),
        verdict=words(_VERDICTS[one.verdict], **names),
        winner=one.verdict in {"first is higher", "second is higher"},
        notes=tuple(notes),
        strip=strip,
    )


def _p(p: float) -> str:
    return "< .001" if p < 0.001 else f"{p:.3f}".removeprefix("0")


def _pairs(
    first: Side, second: Side, words: Words
) -> tuple[list[Pair], tuple[str, ...]]:
    """Return the interviews of both runs, greatest change first, and the others."""
    one, two = _scores(first), _scores(second)
    changes = []
    for case in sorted(one.keys() & two.keys()):
        before, after = one[case], two[case]
        change = None if before is None or after is None else after - before
        made = Pair(
            case=case,
            first=figures.score(before, words=words),
            second=figures.score(after, words=words),
            difference=figures.signed(change, words=words),
            at_first=figures.place(before),
            at_second=figures.place(after),
        )
        changes.append((-2.0 if change is None else change, case, made))
    changes.sort(key=lambda entry: (-entry[0], entry[1]))
    return [made for _, _, made in changes], tuple(sorted(one.keys() ^ two.keys()))


def _scores(side: Side) -> dict[str, float | None]:
    return {
        name: totals.counts.f1().score
        for run in side.result["runs"]
        if run["model"] == side.model
        for name, totals in figures.case_totals(run).items()
    }


def _groups(
    sides: tuple[Side, Side], texts: Mapping[str, ShownText], words: Words
) -> tuple[tuple[Group, ...], int]:
    """Return the labels by who found them, and how many both did.

    Only labels that both runs were scored on count: others are in one dataset only.
    """
    one, two = (_labels(side) for side in sides)
    by_finder: dict[tuple[bool, bool], list[tuple[str, Item]]] = defaultdict(list)
    for key in sorted(one.keys() & two.keys()):
        label, first = one[key]
        _, second = two[key]
        by_finder[first, second].append((key[0], label))
    titles = (
        ((True, False), words("compare.only", name=sides[0].name)),
        ((False, True), words("compare.only", name=sides[1].name)),
        ((False, False), words("compare.neither")),
    )
    groups = tuple(
        Group(title, len(by_finder[who]), tuple(_by_case(by_finder[who], texts)))
        for who, title in titles
    )
    return groups, len(by_finder[True, True])


_Key = tuple[str, tuple[tuple[int, int], ...], str, str, str, str]


def _labels(side: Side) -> dict[_Key, tuple[Item, bool]]:
    """Return agreed labels and whether most epochs found them."""
    seen: dict[_Key, list[Line]] = defaultdict(list)
    for line in side.lines:
        if line.model == side.model and line.status in {"found", "missed"}:
            seen[_key(line)].append(line)
    return {
        key: (line.label, 2 * sum(one.status == "found" for one in lines) > len(lines))
        for key, lines in seen.items()
        for line in lines[:1]
        if line.label is not None
    }


def _key(line: Line) -> _Key:
    label = line.label
    if label is None:
        return (line.case, (), "", "", "", "")
    places = tuple((quote.start, quote.end) for quote in label.quotes)
    return (
        line.case,
        places,
        label.kind,
        label.category,
        label.statement,
        label.id,
    )


def _by_case(
    found: Sequence[tuple[str, Item]], texts: Mapping[str, ShownText]
) -> Iterator[tuple[str, tuple[Found, ...]]]:
    by_case: dict[str, list[Item]] = defaultdict(list)
    for case, label in found:
        by_case[case].append(label)
    for case, labels in by_case.items():
        text = texts.get(case)
        known = text is not None and text.language != "und"
        language = text.language if text is not None and known else None
        yield (
            case,
            tuple(Found(one, excerpts_of(one, text), language) for one in labels),
        )
