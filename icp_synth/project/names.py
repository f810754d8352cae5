"""names.json: the ids that themes, their groups, segments, ICPs and personas keep.

A run groups people and quotes afresh; what it finds inherits the name of what was
there before when enough of the same people and the same words are in it
(`icp_synth.project.matching` says how much is enough).

New ids are counters (`theme-pain-007`, `persona-02`), never reused. They say nothing
of the content: a label may change, and an id must not quote a participant whose
words are erased one day.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from icp_synth.domain.ids import canonical_json, sha256_text
from icp_synth.domain.reviews import Anchor
from icp_synth.domain.values import Value
from icp_synth.errors import SettingsError
from icp_synth.project.anchors import Finder
from icp_synth.project.files import write_atomic
from icp_synth.project.matching import Candidate, match, mergers

FILE = "names.json"

_KEY_LENGTH = 16
"""Hex digits of an anchor's key in the file."""


class Name(Candidate):
    """An id that was given once, and what stood under it when it was last used.

    Attributes:
        id: Never given again to anything else.
        present: Whether the last run found it.
        merged_into: The id that most of its quotes went to, when it is not present.
    """

    id: str
    present: bool = True
    merged_into: str | None = None


class Names(Value):
    """names.json, whole.

    Attributes:
        names: By sort, kind and number.
        last: Stem (`theme-pain`) → the last number given under it.
    """

    schema_version: Literal[1] = 1
    last: Mapping[str, int] = {}
    names: tuple[Name, ...] = ()


class Assignment(NamedTuple):
    """What `assign` decided.

    Attributes:
        ids: One for each candidate, in the order given.
        names: The new content of names.json.
        merged: Old id → the id it went into, for what this run merged.
        inherited: How many candidates kept an id of an earlier run.
    """

    ids: tuple[str, ...]
    names: Names
    merged: Mapping[str, str]
    inherited: int


def read_names(project: Path) -> Names:
    """Read names.json; empty when there is none.

    Raises:
        SettingsError: It is not what a run wrote.
    """
    path = project / FILE
    if not path.is_file():
        return Names()
    try:
        given = json.loads(path.read_text("utf-8"))
        anchors = {
            key: Anchor.model_validate(one) for key, one in given.pop("anchors").items()
        }
        for name in given["names"]:
            name["anchors"] = tuple(anchors[key] for key in name["anchors"])
        return Names.model_validate(given)
    except (ValueError, KeyError, TypeError, AttributeError) as cause:
        msg = f"{path} cannot be read: {cause!r}."
        hint = "Take it back from version control; deleting it gives all new ids."
        raise SettingsError(msg, hint=hint) from cause


def write_names(project: Path, names: Names) -> bool:
    """Write names.json, sorted, a name or an anchor a line, whole or not at all.

    Returns:
        Whether it changed; an equal file is left untouched.
    """
    path = project / FILE
    body = _pretty(names)
    if path.is_file() and path.read_text("utf-8") == body:
        return False
    write_atomic(path, body)
    return True


def assign(
    old: Names, candidates: Sequence[Candidate], texts: Mapping[str, str]
) -> Assignment:
    """Give every candidate a name: an inherited one, or else a new one.

    Args:
        old: What names.json held.
        candidates: Everything that this run found, of all sorts, in any order; the
            order decides nothing.
        texts: Transcript name → canonical text now, to find anchors again.

    Returns:
        The ids and the new names.json. The same input gives the same answer, and
        assigning the same candidates to the answer changes nothing.
    """
    order = sorted(range(len(candidates)), key=lambda i: _rank(candidates[i]))
    fresh = [candidates[i] for i in order]
    kept = sorted(old.names, key=_age)
    finder = Finder(texts)
    old_places = [finder.find_all(name.anchors) for name in kept]
    new_places = [finder.find_all(one.anchors) for one in fresh]
    pairs = match(kept, fresh, old_places=old_places, new_places=new_places)

    known = frozenset(name.id for name in kept)
    given = {new: kept[one].id for one, new in pairs.items()}
    last = dict(old.last)
    for new, candidate in enumerate(fresh):
        if new not in given:
            given[new] = _next_id(candidate, last, taken=known)
    merged = {
        kept[one].id: given[new]
        for one, new in mergers(
            kept, fresh, old_places=old_places, new_places=new_places, matched=pairs
        ).items()
    }
    names = [
        Name(id=given[new], **candidate.model_dump(include=set(Candidate.model_fields)))
        for new, candidate in enumerate(fresh)
    ]
    names += [
        _absent(name, merged.get(name.id))
        for one, name in enumerate(kept)
        if one not in pairs
    ]
    ids = {i: given[new] for new, i in enumerate(order)}
    return Assignment(
        ids=tuple(ids[i] for i in range(len(candidates))),
        names=Names(last=last, names=tuple(sorted(names, key=_age))),
        merged=merged,
        inherited=len(pairs),
    )


def _pretty(names: Names) -> str:
    """Return JSON with a line a name and a line an anchor, so that diffs are short.

    Names share anchors, so each is written once, under a hash of its content.
    """
    keys = {
        anchor: sha256_text(canonical_json(anchor.model_dump()))[:_KEY_LENGTH]
        for anchor in dict.fromkeys(one for name in names.names for one in name.anchors)
    }
    anchors = sorted(keys, key=lambda one: (one.transcript, one.start, keys[one]))
    listed = [
        _line(
            name.model_dump(mode="json", exclude={"anchors"})
            | {"anchors": [keys[anchor] for anchor in name.anchors]}
        )
        for name in names.names
    ]
    placed = [f'"{keys[one]}": {_line(one.model_dump())}' for one in anchors]
    return (
        f'{{"schema_version": {names.schema_version},\n'
        f' "last": {_line(dict(names.last))},\n'
        f' "names": [{_block(listed)}],\n'
        f' "anchors": {{{_block(placed)}}}}}\n'
    )


def _block(lines: Sequence[str]) -> str:
    return "".join(f"\n  {line}," for line in lines)[:-1]


def _line(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _rank(candidate: Candidate) -> tuple[str, str, int, int, str]:
    """Order candidates by their content: most people first."""
    return (
        candidate.sort,
        candidate.kind,
        -len(candidate.participants),
        -len(candidate.anchors),
        canonical_json(
            [
                sorted(candidate.participants),
                sorted(
                    [anchor.transcript, anchor.start, anchor.quote]
                    for anchor in candidate.anchors
                ),
                candidate.label,
            ]
        ),
    )


def _age(name: Name) -> tuple[str, str, int, str]:
    """Order names by sort, kind and number: the older ids first."""
    return name.sort, name.kind, len(name.id), name.id


def _absent(name: Name, merged_into: str | None) -> Name:
    """Return a name that this run did not find; an earlier merge stays known."""
    return name.model_copy(
        update={"present": False, "merged_into": merged_into or name.merged_into}
    )


def _next_id(
    candidate: Candidate, last: dict[str, int], *, taken: Collection[str]
) -> str:
    """Count up under the candidate's stem, past every id that was ever given."""
    sort = candidate.sort.replace("_", "-")
    stem = "-".join(filter(None, (sort, candidate.kind)))
    while True:
        last[stem] = last.get(stem, 0) + 1
        digits = 3 if candidate.sort == "theme" else 2
        name = f"{stem}-{last[stem]:0{digits}d}"
        if name not in taken:
            return name
