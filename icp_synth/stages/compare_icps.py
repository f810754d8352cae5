"""Put two ICPs side by side, and list what choosing one would rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from icp_synth.domain.choices import (
    FUNCTIONS,
    Comparison,
    Function,
    Implication,
    Side,
    ThemeBeside,
)
from icp_synth.domain.profiles import Claim, Icp, Synthesis
from icp_synth.domain.sections import SECTIONS, Belongs, belongs


class _Bears(NamedTuple):
    """Which sections, and which criteria, bear on a function."""

    sections: tuple[str, ...]
    criteria: bool = False

    def takes(self, field: str) -> bool:
        return any(belongs(where, field) for where in self._where())

    def _where(self) -> list[Belongs]:
        return [SECTIONS[name] for name in self.sections]


_BEARS: Mapping[Function, _Bears] = {
    "content": _Bears(("goals", "motives", "psychographics", "channels")),
    "sales_routing": _Bears(("buying_role", "purchase_pattern"), criteria=True),
    "product": _Bears(("pains", "habits", "likes")),
    "pricing": _Bears(("customer_potential", "objections")),
    "service": _Bears(("dislikes", "fears", "brand_affinity")),
}


def compare_icps(synthesis: Synthesis, first: Icp, second: Icp) -> Comparison:
    """Return two ICPs side by side; people are counted.

    Args:
        synthesis: That holds both.
        first: One of its ICPs.
        second: Another.
    """
    pair = tuple(sorted((first.id, second.id)))
    return Comparison(
        first=_side(first),
        second=_side(second),
        themes=_themes(synthesis, first, second),
        overlap=next((one for one in synthesis.overlaps if one.icps == pair), None),
    )


def implications_of(
    synthesis: Synthesis, chosen: Icp, other: Icp
) -> tuple[Implication, ...]:
    """Return the template of what choosing an ICP means for each function.

    Args:
        synthesis: That holds both.
        chosen: The one that is chosen.
        other: The one that is not.
    """
    mine, theirs = _claims(synthesis, chosen), _claims(synthesis, other)
    return tuple(_implication(name, mine, theirs, chosen) for name in FUNCTIONS)


def _implication(
    function: Function, mine: Sequence[Claim], theirs: Sequence[Claim], chosen: Icp
) -> Implication:
    bears = _BEARS[function]
    held = {one.insights for one in mine}
    follow = [one.id for one in mine if bears.takes(one.field)]
    leave = [
        one.id for one in theirs if bears.takes(one.field) and one.insights not in held
    ]
    fields: tuple[str, ...] = ()
    if bears.criteria:
        fields = tuple(dict.fromkeys(one.field for one in chosen.criteria))
        follow += [one.claim for one in chosen.criteria if one.claim]
    return Implication(
        function=function,
        status="evidence" if follow or leave else "no_evidence",
        follow=tuple(dict.fromkeys(follow)),
        leave=tuple(dict.fromkeys(leave)),
        fields=fields,
    )


def _claims(synthesis: Synthesis, icp: Icp) -> list[Claim]:
    """Return the claims of an ICP and of its personas, each once."""
    found = {one.id: one for one in icp.claims}
    for persona in synthesis.personas:
        if icp.id in persona.icps:
            found |= {one.id: one for one in persona.claims}
    return list(found.values())


def _side(icp: Icp) -> Side:
    criteria: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for one in icp.criteria:
        criteria[one.field].append(
            one.model_dump(
                mode="json", include={"operator", "value", "unit", "status", "effect"}
            )
        )
    return Side(
        id=icp.id,
        name=icp.name,
        status=icp.status,
        type=icp.type,
        n=icp.n,
        people=len(icp.participants),
        personas=icp.personas,
        criteria={name: tuple(held) for name, held in criteria.items()},
        signals={
            name: (
                len(one["for"].participants),
                len(one["against"].participants),
                one["score"],
            )
            for name, one in icp.signals.items()
        },
    )


def _themes(synthesis: Synthesis, first: Icp, second: Icp) -> tuple[ThemeBeside, ...]:
    mine, theirs = set(first.participants), set(second.participants)
    found = [
        ThemeBeside(
            id=theme.id,
            kind=theme.kind,
            label=theme.label,
            first=len(mine.intersection(theme.participants)),
            second=len(theirs.intersection(theme.participants)),
        )
        for theme in synthesis.themes
    ]

    def apart(one: ThemeBeside) -> float:
        return abs(one.first / max(1, len(mine)) - one.second / max(1, len(theirs)))

    return tuple(
        sorted(
            (one for one in found if one.first + one.second),
            key=lambda one: (-round(apart(one), 9), -one.first - one.second, one.id),
        )
    )
