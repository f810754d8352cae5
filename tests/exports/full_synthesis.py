"""A synthesis that has everything a report can show, over the small invented study.

To `synthesis_factory.synthesis()` come: two kinds of source, a recording, positioning,
hypotheses with an ICP of their own that nobody belongs to, somebody who says both,
sentences and names that were refused, decisions that lost their place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from icp_synth.domain.hypotheses import Hypothesis, TopDown, Weighed
from icp_synth.domain.positioning import (
    DifferentiatorRow,
    DifferentiatorTable,
    GoalFit,
    Mentions,
    MessageMatch,
    Positioning,
    RivalRow,
)
from icp_synth.domain.profiles import (
    Claim,
    Confidence,
    Coverage,
    Criterion,
    Icp,
    Synthesis,
)
from icp_synth.domain.source_kinds import SourceCarriers
from icp_synth.domain.transcripts import Transcript
from tests.exports.synthesis_factory import (
    PEOPLE,
    make_claim,
    synthesis,
    transcripts,
)

TEST = "Ask three gym managers what they count by hand."
CUT_SENTENCE = "They lose 40 % of their time."
REFUSED_NAME = "Nine days lost in Berlin"


def recorded() -> dict[str, Transcript]:
    """Return the six interviews, the first with its recording."""
    texts = transcripts()
    media = {"media": "https://calls.test/ann.mp4"}
    return {**texts, "ann": texts["ann"].model_copy(update=media)}


def full(texts: Mapping[str, Transcript], **values: Any) -> Synthesis:
    """Return the synthesis; `values` replace its fields."""
    plain = synthesis(texts)
    icp = plain.icps[0]
    slow = _slow(plain)
    found = icp.model_copy(update={"claims": (slow, *icp.claims[1:])})
    kinds = {"ann.txt": "survey", "bea.txt": "Support-Call"}
    given: dict[str, Any] = {
        "transcripts": tuple(
            one.model_copy(update={"source_kind": kinds.get(one.id, "interview")})
            for one in plain.transcripts
        ),
        "icps": (_gyms(plain), found),
        "minority": (_minority(plain),),
        "positioning": _positioning(plain),
        "top_down": (_top_down(plain),),
        "coverage": {
            "challenge": {
                "claims": 2,
                "verdicts": {"supports": 1, "contradicts": 1, "silent": 7},
                "flagged": [_flag(slow)],
            },
            "theme_names": {"refused": 1, "dropped": 0, "list": [_refused_name()]},
            "decisions": {"bound": 2, "lost": 1, "problems": 0},
            "segmentation": {
                "codes": ["suggestive"],
                "movement": 0.1,
                "movement_by_segment": {"segment-1": 0.2},
            },
        },
    }
    return plain.model_copy(update={**given, **values})


def _slow(plain: Synthesis) -> Claim:
    """The first claim: a survey and an interview carry it, and one says both."""
    claim = plain.icps[0].claims[0]
    carried = {"interview": ("cem", "fei"), "survey": ("ann",)}
    return claim.model_copy(
        update={
            "divided": claim.counter,
            "confidence": Confidence(value=0.51, parts={"agreement": 0.8}),
            "sources": SourceCarriers.model_validate(
                {"participants": carried, "kinds": 2}
            ),
        }
    )


def _minority(plain: Synthesis) -> Claim:
    """What the one says who contradicts the first claim."""
    against = next(one for one in plain.insights if one.participant == "eve")
    return make_claim(against.statement, (against,))


def _flag(claim: Claim) -> dict[str, str]:
    return {
        "profile": "icp-1",
        "claim": claim.id,
        "field": claim.field,
        "text": CUT_SENTENCE,
        "reason": "number",
        "what": "40",
        "outcome": "cut",
    }


def _refused_name() -> dict[str, Any]:
    return {
        "level": "theme",
        "number": 1,
        "text": REFUSED_NAME,
        "reason": "name",
        "what": "Berlin",
    }


def _positioning(plain: Synthesis) -> Positioning:
    first, second = plain.insights[0], plain.insights[1]
    said = Mentions.model_validate(
        {
            "participants": (first.participant,),
            "n": 1,
            "of": 6,
            "stances": {"praise": (first.participant,)},
            "insights": (first.id,),
            "interval": (0.03, 0.56),
        }
    )
    neither = GoalFit(
        subject="clm-1", field="pain/problem", text="A slow close", codes=("neither",)
    )
    return Positioning(
        goal_fit={"icp-1": (neither,)},
        table=DifferentiatorTable(
            rivals=(RivalRow(rival="Rivalsoft", names=("Rivalsoft",), mentions=said),),
            differentiators=(
                DifferentiatorRow(
                    differentiator="Closes in a day",
                    mentions=said,
                    by_rival={"Rivalsoft": said},
                ),
            ),
            of=6,
        ),
        why_us=(make_claim("It closes the month.", (first, second), field="why_us"),),
        message=(
            MessageMatch(
                sentence="The month closes itself",
                code="contradicted",
                supports=("ann",),
                contradicts=("eve",),
                insights=(first.id,),
                counter=(plain.insights[-1].id,),
                k=1,
                n=5,
            ),
        ),
    )


def _gyms(plain: Synthesis) -> Icp:
    """An assumed ICP to which nobody belongs: what it says stands on nothing."""
    assumed = Criterion(
        field="sites",
        operator=">=",
        value=3.0,
        unit="sites",
        status="assumption",
        coverage=Coverage(known=0, of=0),
        confidence=0.6,
        test=TEST,
    )
    guess = make_claim("≥ 3 sites", (), field="sites", silent=(), unjudged=PEOPLE)
    return plain.icps[0].model_copy(
        update={
            "id": "icp-gyms",
            "name": "Gym chains",
            "origin": "hypotheses",
            "segment": None,
            "n": 0,
            "participants": (),
            "accounts": (),
            "criteria": (assumed,),
            "claims": (guess,),
            "personas": (),
        }
    )


def _top_down(plain: Synthesis) -> TopDown:
    sites = Hypothesis(
        icp="Gym chains",
        field="sites",
        operator=">=",
        value=3.0,
        confidence=0.6,
        test=TEST,
    )
    slow = Hypothesis(
        icp="Gym chains", field="pain/problem", operator="says", value="Slow closing"
    )
    return TopDown(
        name="Gym chains",
        code="untested",
        icp="icp-gyms",
        participants=(),
        weighed=(
            Weighed(hypothesis=sites, silent=PEOPLE, test=TEST),
            Weighed(
                hypothesis=slow,
                supports=("ann",),
                contradicts=("eve",),
                silent=("bea", "cem", "dai", "fei"),
                insights=(plain.insights[0].id,),
                counter=(plain.insights[-1].id,),
                by_likeness=("ann",),
            ),
        ),
    )
