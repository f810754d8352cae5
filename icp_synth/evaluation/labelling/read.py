"""Read what people labelled, wherever they did it, into label files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from icp_synth.domain.fields import KINDS, Kind
from icp_synth.errors import NotFound
from icp_synth.evaluation.labelling.doccano import read_doccano
from icp_synth.evaluation.labelling.form import read_form
from icp_synth.evaluation.labelling.given import Extra, Given, Outcome, Problem
from icp_synth.evaluation.labelling.label_studio import read_label_studio
from icp_synth.evaluation.labelling.offsets import Unit
from icp_synth.evaluation.labelling.put import put
from icp_synth.evaluation.labelling.review import read_review
from icp_synth.evaluation.texts import Texts, Unread, folder_of_texts, nfc
from icp_synth.stages.read import ReadOptions

Origin = Literal["form", "label-studio", "doccano", "review"]
ORIGINS: tuple[Origin, ...] = get_args(Origin)


@dataclass(frozen=True)
class ReadLabels:
    """What is to be read, and where labels go.

    Attributes:
        sources: Forms, exports, or projects with decisions.
        folder: Where label files are written (`put`).
        origin: What the sources are.
        texts: The folder with `texts/` and case.toml; looked for at and above the
            sources and `folder` when None.
        annotator: Who labelled, where the sources do not say.
        unit: What offsets of exports count; None finds out.
        options: How texts are read, and who speaks in them.
        extra: Own categories beside those of case.toml.
        replace: Write over label files that say something else.
    """

    sources: Sequence[Path]
    folder: Path
    origin: Origin = "form"
    texts: Path | None = None
    annotator: str = ""
    unit: Unit | None = None
    options: ReadOptions = field(default_factory=ReadOptions)
    extra: Extra = ()
    replace: bool = False


def read_labels(order: ReadLabels) -> Outcome:
    """Read labels, check every quote against its text, and write label files.

    A file in which anything is wrong is not written, all that is wrong with it is
    told, and the other files are written all the same.

    Raises:
        NotFound: A source is not there, or the texts are not.
        UsageError: case.toml does not hold together.
        StorageError: The disk is full or not writable.
    """
    for path in order.sources:
        if not path.exists():
            msg = f"There is no {path}."
            raise NotFound(msg, hint="Give forms, exports or a project that exist.")
    if order.origin == "review":
        given = [one for path in order.sources for one in read_review(path)]
        extra = (*order.extra, *_named(given))
    else:
        texts = Texts(
            order.texts or folder_of_texts([*order.sources, order.folder]),
            order.options,
        )
        given = _given(order, texts)
        extra = (*order.extra, *texts.categories)
    return put(given, order.folder, extra=extra, replace=order.replace)


def _named(given: Sequence[Given]) -> tuple[tuple[Kind, str], ...]:
    """Return the categories of reviewed insights: a reading has checked them."""
    pairs = {(draft.kind, draft.category) for one in given for draft in one.drafts}
    return tuple(
        (kind, name) for kind in KINDS for of, name in sorted(pairs) if of == kind
    )


def _given(order: ReadLabels, texts: Texts) -> list[Given]:
    if order.origin == "form":
        return [_form(path, texts, order.annotator) for path in order.sources]
    readers: dict[str, Callable[..., tuple[Given, ...]]] = {
        "label-studio": read_label_studio,
        "doccano": read_doccano,
    }
    read = readers[order.origin]
    # Doccano writes a file an annotator, called by their name.
    named = order.origin == "doccano" and len(order.sources) > 1
    return [
        one
        for path in order.sources
        for one in read(
            path,
            texts,
            unit=order.unit,
            annotator=order.annotator or (path.stem if named else ""),
        )
    ]


def _form(path: Path, texts: Texts, annotator: str) -> Given:
    file, name = path.as_posix(), nfc(path.stem)
    try:
        transcript = texts.transcript(name)
        data = path.read_bytes()
    except (Unread, OSError) as reason:
        problem = Problem(file=file, message=str(reason))
        return Given(file=file, name=name, problems=(problem,))
    drafts, problems = read_form(data, file)
    if not drafts and not problems:
        # A label file without labels would make every insight a false alarm.
        said = f"{file}: the form is empty, no label file was written"
        return Given(file=file, notes=(said,))
    return Given(
        file=file,
        name=name,
        transcript=transcript,
        annotator=annotator,
        drafts=drafts,
        problems=problems,
    )
