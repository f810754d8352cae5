"""The requests of an evaluation out to a file, and answers in from one.

So a model that this machine cannot reach is measured: `pending`, have the requests
answered, `take_in`, and evaluate again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

from icp_synth.analysts.choice import Show
from icp_synth.analysts.submitting import Place
from icp_synth.analysts.waiting import Shelf, asked, take_in as take_in_all
from icp_synth.domain.brief import Study
from icp_synth.domain.chat import ChatRequest
from icp_synth.errors import NotFound, SettingsError
from icp_synth.evaluation.runner import EMBEDDED, Order, evaluate, projects
from icp_synth.llm.batch import ImportReport
from icp_synth.project.ledger import Ledger, ledger_path
from icp_synth.settings import resolve


def pending(folders: Sequence[Path], order: Order, *, show: Show) -> list[ChatRequest]:
    """Return the requests that an evaluation can make now; nothing is sent.

    They are remembered, so that `take_in` knows what was asked.

    Args:
        folders: Each with labels and texts.
        order: With the models to ask; all else as for `evaluate`.
        show: Told of progress.

    Returns:
        Each request once, folder by folder and model by model.

    Raises:
        SettingsError: No model is named.
        NotFound: A folder or interview is not there.
        UsageError: Labels do not hold together, or a setting does not fit.
    """
    models = [model for model in order.models if model != EMBEDDED]
    if not models:
        msg = "No model is named, so there is nothing to ask."
        raise SettingsError(msg, hint="Give --model NAME, as for `eval run`.")
    evaluate(folders, order, show=show, ask=False)
    found: dict[str, ChatRequest] = {}
    for place in places(folders, order):
        with Ledger.open(place.folder, write=False) as ledger:
            known = asked(ledger)
        if known is not None:
            keys = [key for model in models for key in known.current.get(model, ())]
            found |= {key: known.requests[key] for key in keys}
    return list(found.values())


def take_in(
    folders: Sequence[Path], lines: Iterable[str], order: Order
) -> ImportReport:
    """Take answers in; each goes to every folder whose evaluation asked for it.

    Args:
        folders: As for `pending`.
        lines: Of a batch's output or error file.
        order: With the project, and the time for the log of calls.

    Returns:
        What became of the lines, as `icp_synth.analysts.waiting.take_in` counts.

    Raises:
        NotFound: Nothing was asked of a folder yet, so no answer can fit.
    """
    with ExitStack() as held:
        shelves = []
        for folder, place in zip(folders, places(folders, order), strict=True):
            if not ledger_path(place.folder).is_file():
                raise _nothing_asked(folder)
            ledger = held.enter_context(Ledger.open(place.folder, write=True))
            known = asked(ledger)
            if known is None:
                raise _nothing_asked(folder)
            shelves.append(
                Shelf(
                    ledger=ledger,
                    known=known,
                    price=place.price,
                    wanted=known.requests.keys(),
                )
            )
        return take_in_all(shelves, lines, now=order.now)


def _nothing_asked(folder: Path) -> NotFound:
    msg = f"No requests were made for {folder}, so no answer can fit."
    hint = f"Make them first: icp-synth batch export --eval {folder} --model M -o FILE."
    return NotFound(msg, hint=hint)


def places(folders: Sequence[Path], order: Order) -> list[Place]:
    """Return where the requests and answers of each folder are kept.

    Raises:
        NameClash: Two folders would share a project.
        SettingsError: A setting does not fit.
    """
    settings = resolve(
        {"model": next(iter(order.models), None), **(order.flags or {})},
        os.environ,
        Study(),
    )
    flag = (order.flags or {}).get("base_url")
    return [
        Place(folder=folder, settings=settings, base_url=flag)
        for folder in projects(folders, order.project)
    ]
