"""How far a claim can be relied on: a formula of what was counted, and no opinion.

    value = agreement · √support
            · (1 + explicitness)/2 · (1 + spread)/2 · (1 + stability)/2

where

- support: lower end of the Wilson interval (95 %) of those who support it, out of all
  participants. Who was not judged counts like who is silent: not to look must not
  raise a figure.
- agreement: of those who took a side, the share that supports it. Who supports it and
  is quoted against it as well takes both.
- explicitness: of those who support it, the share with at least one insight that says
  it outright, whether the claim quotes that insight or only counts the person. A
  reader that never tells what is implied says nothing by it: where no insight of the
  study is implied, it is not among the parts, and its factor is left out.
- spread: 1 − 1/k, where the supporters come from k independent sources: companies, and
  persons where no company is known.
- stability: of a theme, from resampling participants: how far the same words group
  again, and not whether they mean the same. No factor is above 1, so that it can take
  from a value and never adds to one. Of a fact, whose value or range
  is made of what these people gave: (k − 1)/(k + 1) for k people, the chance that one
  more value lies within the range of k. Where it is unknown it counts as 0, and is not
  among the parts: what was not measured must not stand above what was. Where nobody
  was to measure it (`--no-stability`) its factor is left out, for all alike.

The square root keeps small studies off the floor: 3 of 16 have a lower end of 0.07. One
more person who supports a claim never lowers the value; one more who contradicts it
never raises it.

Source:
    Wilks 1941, "Determination of sample sizes for setting tolerance limits": the mean
    share of a population between the least and the greatest of k values.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from icp_synth.domain.fields import PROFILE_FIELDS
from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Claim, Confidence
from icp_synth.domain.statistics import wilson
from icp_synth.domain.transcripts import Person

VERSION = "confidence/4"

_DIGITS = 3


def confidence(
    claim: Claim,
    insights: Mapping[str, Insight],
    people: Mapping[str, Person],
    *,
    stability: float | None = None,
    switched_off: bool = False,
    counted: Iterable[str] = (),
) -> Confidence:
    """Return the confidence of a claim with the parts that it is made of.

    Args:
        claim: With where everybody stands.
        insights: Of the whole study, by id.
        people: All participants, by name.
        stability: Of its theme, 0 to 1; None where unknown.
        switched_off: Whether the stability of themes was not to be measured.
        counted: Insights of its theme: in these, supporters say it whom it does not
            quote.

    Returns:
        Value and parts, each 0 to 1, rounded to three places. No value for a claim
        that nobody supports.
    """
    supports = len(claim.supports)
    everybody = sum(
        len(stance)
        for stance in (
            claim.supports,
            claim.contradicts,
            claim.silent,
            claim.unjudged,
        )
    )
    interval = wilson(supports, everybody)
    if interval is None or not supports:
        return Confidence()
    theirs = dict.fromkeys((*claim.insights, *counted))
    said = [insights[one] for one in theirs if one in insights]
    outright = {one.participant for one in said if one.explicit}
    # Who holds a fact without being cited gave the value outright as well.
    implied = {one.participant for one in said} - outright
    sources = {
        (people[name].company if name in people else None) or f"person {name}"
        for name in claim.supports
    }
    against = {insights[one].participant for one in claim.counter if one in insights}
    torn = against & set(claim.supports)
    parts = {
        "support": interval[0],
        "agreement": supports / (supports + len(claim.contradicts) + len(torn)),
        "explicitness": 1 - len(implied & set(claim.supports)) / supports,
        "spread": 1 - 1 / len(sources),
    }
    factors = ["explicitness", "spread"]
    if all(one.explicit for one in insights.values()):
        del parts["explicitness"]
        factors.remove("explicitness")
    if claim.field in PROFILE_FIELDS:
        parts["stability"] = (supports - 1) / (supports + 1)
    elif stability is not None:
        parts["stability"] = stability
    value = parts["agreement"] * math.sqrt(parts["support"])
    if "stability" in parts or not switched_off:
        factors.append("stability")
    for name in factors:
        value *= (1 + parts.get(name, 0)) / 2
    return Confidence(
        value=round(value, _DIGITS),
        parts={name: round(part, _DIGITS) for name, part in parts.items()},
    )
