"""Name the drafted sentences and titles that their evidence does not carry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from icp_synth.pipeline.synthesis import findings
from icp_synth.pipeline.work import Work
from icp_synth.stages.carried import CUT, FlaggedSentence, FlaggedTitle
from icp_synth.stages.draft import Profile, claims_of


def published_flags(
    work: Work, named: Sequence[tuple[Profile, str]]
) -> list[dict[str, Any]]:
    """Return `coverage.challenge.flagged`, in the order in which they were drafted.

    Args:
        work: Through all stages.
        named: Each drafted profile with its published id.
    """
    ids = {id(profile): name for profile, name in named}
    found = []
    for one in work.flagged:
        if one.number == 0:
            continue
        profile, wordings = work.profiles[one.profile]
        claim = claims_of(findings(work), profile, wordings)[one.number - 1]
        sentence = FlaggedSentence(
            profile=ids[id(profile)],
            claim=claim.id,
            field=claim.field,
            text=one.text,
            reason=one.reason,
            what=one.what,
            outcome="cut" if one.reason in CUT else "flagged",
        )
        found.append(sentence.model_dump(mode="json"))
    return found


def refused_titles(
    work: Work, named: Sequence[tuple[Profile, str]]
) -> list[dict[str, Any]]:
    """Return `coverage.challenge.titles`: drafted names that are not used.

    Args:
        work: Through all stages.
        named: Each drafted profile with its published id.
    """
    ids = {id(profile): name for profile, name in named}
    return [
        FlaggedTitle(
            profile=ids[id(work.profiles[one.profile][0])],
            text=one.text,
            reason=one.reason,
            what=one.what,
        ).model_dump(mode="json")
        for one in work.flagged
        if one.number == 0
    ]
