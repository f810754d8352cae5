"""Annotators of the same texts, people or machines, and how far they agree.

Two questions, two answers. *Do they mark the same stretches?* has no units, so it is
answered by F1 (`span_agreement`). *Do they say the same of each sentence?* has: every
participant sentence is a unit, and each kind is present in it or not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

from icp_synth.analysts.embedded.sentences import sentences
from icp_synth.domain.fields import KINDS
from icp_synth.domain.spans import Span
from icp_synth.domain.transcripts import Transcript
from icp_synth.domain.values import Value
from icp_synth.errors import UsageError
from icp_synth.evaluation.agreement import Agreement, agreement
from icp_synth.evaluation.case_file import CASE_FILE
from icp_synth.evaluation.dataset import load_dataset
from icp_synth.evaluation.matching import Item, match
from icp_synth.evaluation.runs import RESULT, PastRun, find_run
from icp_synth.evaluation.span_agreement import SpanAgreement, span_agreement
from icp_synth.stages.read import ReadOptions

_PRESENT = 0.5
"""Share of the shorter of sentence and quote that a quote must cover to be in it."""

ANY = "any"


class Annotator(Value):
    """Who marked what.

    Attributes:
        name: A folder's name, or a run's model.
        items: Interview → what was marked in it.
    """

    name: str
    items: Mapping[str, tuple[Item, ...]]


class PairAgreement(Value):
    """Two annotators on spans, with kinds and without."""

    first: str
    second: str
    items: SpanAgreement
    spans_alone: SpanAgreement


class KindAgreement(Value):
    """All annotators on one question about each unit.

    Attributes:
        of: A kind, `any` for "something is marked here", or `category`.
        unit: What was rated.
        agreement: The coefficients, always together.
    """

    of: str
    unit: str
    agreement: Agreement


class AgreementReport(Value):
    """What `eval agree` says.

    Attributes:
        annotators: Their names, in the order given.
        cases: Interviews that all of them read.
        left_out: Interviews that only some of them read.
        pairs: Every two of them on spans.
        units: All of them on sentences, by kind; with two annotators also on the
            category of items that both marked.
    """

    annotators: tuple[str, ...]
    cases: tuple[str, ...]
    left_out: tuple[str, ...]
    pairs: tuple[PairAgreement, ...]
    units: tuple[KindAgreement, ...]


def agree(
    named: Sequence[str],
    *,
    base: Path | None = None,
    options: ReadOptions | None = None,
    projects: Sequence[Path] = (),
) -> AgreementReport:
    """Compare annotators over the interviews that all of them read.

    Args:
        named: Two or more: each a folder of label files, or a run as `find_run` takes
            it (a machine annotator).
        base: The folder with `texts/` and case.toml; looked for beside the first
            folder of labels when None.
        options: How files are read; speakers given here go before case.toml's.
        projects: Where ids of runs are looked for.

    Raises:
        NotFound: A folder, text or run is not there.
        UsageError: Fewer than two annotators, no labels to take the texts from, or no
            interview that all read.
    """
    if len(named) < 2:
        msg = "Agreement needs at least two annotators."
        raise UsageError(msg, hint="Give two folders of labels, or a folder and a run.")
    folders = [Path(one) for one in named if _is_labels(Path(one))]
    if not folders and base is None:
        msg = "None of the annotators is a folder of labels, so there are no texts."
        raise UsageError(msg, hint="Give --texts DIR, the folder that holds texts/.")
    place = base or _base(folders[0])
    transcripts: dict[str, Transcript] = {}
    annotators = []
    for one in named:
        if Path(one) in folders:
            dataset = load_dataset(place, options=options, labels=Path(one))
            transcripts |= {case.name: case.transcript for case in dataset.cases}
            items = {
                case.name: tuple(
                    Item(kind=label.kind, category=label.category, spans=label.spans)
                    for label in case.labels.labels
                )
                for case in dataset.cases
            }
            annotators.append(Annotator(name=Path(one).resolve().name, items=items))
        else:
            annotators.append(_machine(*find_run(one, projects)))
    if not folders:
        dataset = load_dataset(place, options=options)
        transcripts = {case.name: case.transcript for case in dataset.cases}
    return compare_annotators(annotators, transcripts)


def compare_annotators(
    annotators: Sequence[Annotator], transcripts: Mapping[str, Transcript]
) -> AgreementReport:
    """Compare annotators whose items are at hand.

    Args:
        annotators: Two or more.
        transcripts: Name → the text that their items cite.

    Raises:
        UsageError: No interview was read by all of them.
    """
    names = [annotator.items.keys() & transcripts.keys() for annotator in annotators]
    shared = sorted(set.intersection(*names))
    if not shared:
        msg = "No interview was labelled by all of the annotators."
        raise UsageError(msg, hint="Their label files must name the same transcripts.")
    kept = [
        annotator.model_copy(
            update={"items": {name: annotator.items[name] for name in shared}}
        )
        for annotator in annotators
    ]
    units = [(name, unit) for name in shared for unit in _sentences(transcripts[name])]
    kinds = [_on_sentences(kept, units, kind) for kind in (ANY, *KINDS)]
    return AgreementReport(
        annotators=tuple(one.name for one in kept),
        cases=tuple(shared),
        left_out=tuple(sorted(set.union(*names) - set(shared))),
        pairs=tuple(_pair(one, two) for one, two in combinations(kept, 2)),
        units=(*kinds, *_on_categories(kept)),
    )


def _pair(first: Annotator, second: Annotator) -> PairAgreement:
    return PairAgreement(
        first=first.name,
        second=second.name,
        items=span_agreement(first.items, second.items),
        spans_alone=span_agreement(first.items, second.items, kinds=False),
    )


def _on_sentences(
    annotators: Sequence[Annotator], units: Sequence[tuple[str, Span]], kind: str
) -> KindAgreement:
    ratings = [
        [
            "yes" if _marked(annotator.items[name], unit, kind) else "no"
            for name, unit in units
        ]
        for annotator in annotators
    ]
    found = agreement(
        ratings, scale=["no", "yes"], clusters=[name for name, _ in units]
    )
    return KindAgreement(of=kind, unit="participant sentence", agreement=found)


def _on_categories(annotators: Sequence[Annotator]) -> list[KindAgreement]:
    """Return agreement on the category, of two annotators' matched items."""
    if len(annotators) != 2:
        return []
    first, second = annotators
    ratings: tuple[list[str], list[str]] = ([], [])
    clusters = []
    for name in sorted(first.items):
        mine, yours = first.items[name], second.items[name]
        for pair in match(mine, (), yours).pairs:
            ratings[0].append(mine[pair.label].category)
            ratings[1].append(yours[pair.prediction].category)
            clusters.append(name)
    if not clusters:
        return []
    found = agreement(ratings, clusters=clusters)
    return [KindAgreement(of="category", unit="matched item", agreement=found)]


def _marked(items: Sequence[Item], unit: Span, kind: str) -> bool:
    return any(
        span.overlap_of_shorter(unit) >= _PRESENT
        for item in items
        if kind in {ANY, item.kind}
        for span in item.spans
    )


def _sentences(transcript: Transcript) -> list[Span]:
    """Return every participant sentence of a transcript, in canonical offsets."""
    return [
        Span(start=turn.start + piece.start, end=turn.start + piece.end)
        for turn in transcript.turns
        if turn.speaks == "participant"
        for piece in sentences(transcript.text[turn.start : turn.end])
        if piece.end > piece.start
    ]


def _machine(run: PastRun, model: str | None) -> Annotator:
    """Return a run's predictions as an annotator's items."""
    chosen = model or (run.models[0] if len(run.models) == 1 else None)
    if chosen is None:
        msg = f"The run {run.id} has several models: {', '.join(run.models)}."
        raise UsageError(msg, hint=f"Name one: {run.folder}#{run.models[0]}.")
    (found,) = (one for one in run.result["runs"] if one["model"] == chosen)
    items: dict[str, list[Item]] = {case["name"]: [] for case in found["cases"]}
    for line in run.items():
        said = line["prediction"]
        if said is not None and line["model"] == chosen and line.get("epoch", 1) == 1:
            spans = tuple(
                Span(start=quote["start"], end=quote["end"]) for quote in said["quotes"]
            )
            item = Item(kind=said["kind"], category=said["category"], spans=spans)
            items[line["case"]].append(item)
    return Annotator(
        name=chosen, items={name: tuple(found) for name, found in items.items()}
    )


def _is_labels(path: Path) -> bool:
    """Tell whether a path is a folder of label files, not of a run."""
    if not path.is_dir() or (path / RESULT).is_file():
        return False
    return (path / "reference").is_dir() or any(path.glob("*.json"))


def _base(folder: Path) -> Path:
    """Return the folder with the texts: the one given, or the one that holds it."""
    parent = folder.resolve().parent
    for place in (folder, parent):
        if (place / "texts").is_dir() or (place / CASE_FILE).is_file():
            return place
    return folder
