"""How ICPs overlap, and which one each account fits best."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from icp_synth.domain.exclusions import EXCLUDED_GROUPS
from icp_synth.domain.fit import Fit, Overlap
from icp_synth.domain.groups import group_name
from icp_synth.domain.profiles import Icp, Synthesis
from icp_synth.domain.scorecards import Tier
from icp_synth.exports.made import names_no_product
from icp_synth.exports.people import Person
from icp_synth.exports.words import Words

_NEAREST: tuple[Tier, ...] = ("needs_check", "not_fit", "excluded")
"""What an account without a best ICP is, the nearest first."""


@dataclass(frozen=True)
class OverlapShown:
    """A pair of ICPs; figures in words, empty where nothing can be compared."""

    likeness: str
    accounts: int
    people: int
    fits_both: int
    fields: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        """Whether everything was compared, and nothing is common to the two."""
        return self.likeness == "0.00" and not (self.accounts or self.fits_both)


@dataclass(frozen=True)
class FitShown:
    """An account: its best ICP (anchor, name), whether it ties, a score for each.

    `without` is the tier in words that stands where there is no best one. Scores are
    in the order of `Overlaps.scored`.
    """

    account: str
    best: tuple[str, str] | None
    without: str
    tie: bool
    scores: tuple[str, ...]


@dataclass(frozen=True)
class Overlaps:
    """The matrix over `icps` (anchor, name); None on the diagonal.

    Attributes:
        fits: Accounts of whom a condition can tell something.
        scored: (anchor, name) of the ICPs that have conditions to score by.
        unscored: The others.
        unknown: Accounts of whom nothing is known that a condition asks for.
        one: What fits them, in words: an account, or a person.
    """

    icps: tuple[tuple[str, str], ...]
    rows: tuple[tuple[OverlapShown | None, ...], ...]
    fits: tuple[FitShown, ...]
    scored: tuple[tuple[str, str], ...]
    unscored: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]
    one: str


def overlaps_of(
    synthesis: Synthesis,
    names: Mapping[str, tuple[str, str]],
    words: Words,
    *,
    people: Mapping[str, Person],
) -> Overlaps:
    """Return how the drafted ICPs overlap; nothing where no two share anything.

    Args:
        synthesis: What is published.
        names: Anchor and name of each drafted ICP, by id.
        words: The report's language.
        people: Participants by name: who stands for no company is called as there.
    """
    icps = [icp for icp in synthesis.icps if icp.status != "too_little"]
    pairs = {frozenset(one.icps): one for one in synthesis.overlaps}

    def cell(one: Icp, other: Icp) -> OverlapShown | None:
        found = pairs.get(frozenset((one.id, other.id)))
        if one.id == other.id or found is None:
            return None
        return OverlapShown(
            likeness="" if found.likeness is None else f"{found.likeness:.2f}",
            accounts=len(found.accounts),
            people=len(found.participants),
            fits_both=len(found.fits_both),
            fields=tuple(words.named("field", name) for name in found.compatible),
        )

    several = len(icps) > 1 and any(map(_overlap, pairs.values()))
    known = [fit for fit in synthesis.fits if _known(fit)]
    # Nobody can be fit to buy what is not named.
    sold = not names_no_product(synthesis.manifest)
    shown = sold and len(names) > 1 and bool(known)
    scored = {name for fit in synthesis.fits for name in fit.scores}
    of_accounts = any(icp.type == "account" for icp in icps)
    return Overlaps(
        icps=tuple(names.values()),
        rows=tuple(tuple(cell(one, other) for other in icps) for one in icps)
        if several
        else (),
        fits=tuple(
            _fit(fit, names, scored, words, people=people) for fit in known if shown
        ),
        scored=tuple(to for name, to in names.items() if name in scored),
        unscored=tuple(to for name, to in names.items() if name not in scored),
        unknown=tuple(
            _called(fit, people, words)
            for fit in synthesis.fits
            if shown and not _known(fit)
        ),
        one=words("score.account" if of_accounts else "people.name"),
    )


def _overlap(pair: Overlap) -> bool:
    """Tell whether two profiles have anything in common."""
    both = (pair.likeness, pair.accounts, pair.participants, pair.fits_both)
    return any(both)


def _known(fit: Fit) -> bool:
    """Tell whether a condition can tell anything of an account."""
    return any(score.total is not None for score in fit.scores.values())


def _called(fit: Fit, people: Mapping[str, Person], words: Words) -> str:
    """Return an account's name, and the group of those of it who are not ideal."""
    person = people.get(fit.account)
    name = person.name if person else fit.account
    groups = [
        people[one].group
        for one in fit.participants
        if one in people and group_name(people[one].entry.group) in EXCLUDED_GROUPS
    ]
    told = words.listed(dict.fromkeys(groups))
    return name + words.aside(told) if told else name


def _fit(
    fit: Fit,
    names: Mapping[str, tuple[str, str]],
    scored: Collection[str],
    words: Words,
    *,
    people: Mapping[str, Person],
) -> FitShown:
    tiers = {score.tier for score in fit.scores.values()}
    nearest = next((tier for tier in _NEAREST if tier in tiers), "not_fit")
    return FitShown(
        account=_called(fit, people, words),
        best=names.get(fit.best or ""),
        without=words.named("tier", nearest),
        tie=fit.tie,
        scores=tuple(_score(fit, name, words) for name in names if name in scored),
    )


def _score(fit: Fit, icp: str, words: Words) -> str:
    score = fit.scores.get(icp)
    if score is None:
        return words("tier.unknown")
    tier = words.named("tier", score.tier)
    if score.total is None:
        return tier
    notes = [
        tier,
        *([words("score.so_far")] if score.so_far else []),
        *([words("score.made_from")] if score.made_from else []),
    ]
    told = f"{score.total:.0f} ({score.low:.0f}–{score.high:.0f})"
    return f"{told} · {words.listed(notes)}"
