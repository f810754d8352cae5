"""The next interviews: what to ask, whom, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from icp_synth.domain.saturation import SaturationVerdict
from icp_synth.domain.values import Value

GapCode = Literal[
    "contradicted", "hypothesis", "untested", "uncovered", "unsaturated", "thin"
]
"""Why something is asked, the most urgent first.

- `contradicted`: a claim or an assumption has people against it.
- `hypothesis`: an assumption that the interviews did not make evidence.
- `untested`: an assumption about people of whom nobody was interviewed.
- `uncovered`: nobody of the ICP has said anything of the field or signal.
- `unsaturated`: what people say of it is still new from person to person.
- `thin`: one or two people have said something.
"""

GAP_CODES: tuple[GapCode, ...] = get_args(GapCode)

Part = Literal["study", "group", "segment"]
"""Among whom something is counted: everybody, a known group, a segment."""

SeekCode = Literal[
    "group_missing",
    "group_thin",
    "groups_unknown",
    "icp_thin",
    "icp_untested",
    "still_new",
    "company_thin",
    "company_heavy",
    "companies_unknown",
    "decider_missing",
    "one_source_kind",
]
"""Whom the sample lacks.

- `group_missing`, `group_thin`: nobody, or under three, of a known group.
- `groups_unknown`: nobody's group is recorded.
- `icp_thin`: under five people carry an ICP.
- `icp_untested`: nobody of an ICP that was assumed has been interviewed.
- `still_new`: its interviews still bring new themes.
- `company_thin`: one voice of a company of which others have several.
- `company_heavy`: one company gives more than half of the people.
- `companies_unknown`: people whose company nobody recorded.
- `decider_missing`: nobody of an ICP has said who decides or pays.
- `one_source_kind`: all that is known comes from one kind of source.
"""

CallbackCode = Literal["contradicts", "little_said"]


class Gap(Value):
    """One reason for a question.

    Attributes:
        subject: A profile field, `KIND/CATEGORY` or `signal/NAME`.
        icp: The ICP that lacks it; None for the study as a whole.
        whom: Groups and segments who should be asked; none where it is everybody.
        known, of: People who have said something of it, of those who could; for
            `contradicted` who support the claim, of these and those against; for
            `unsaturated` statements that somebody else shares, of all.
        claim: Id of the claim that is contradicted.
        note: The claim or assumption, for the interviewer's eyes alone.
        test: How an assumption will be found out.
    """

    code: GapCode
    subject: str
    icp: str | None = None
    known: int = 0
    of: int = 0
    claim: str | None = None
    whom: tuple[str, ...] = ()
    note: str = ""
    test: str = ""


class GuideQuestion(Value):
    """An open question with the reasons for asking it.

    Attributes:
        id: Of the catalogue.
        section: `warm_up`, `before`, `today` …: the order of a conversation.
        minutes: How long an answer with follow-ups takes.
        text: In the guide's language.
        probes: Follow-ups, as open as the question.
        gaps: Why it is asked, most urgent first.
    """

    id: str
    section: str
    minutes: int
    text: str
    probes: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()


class Seek(Value):
    """A sort of people whom the next interviews should be with.

    `known` have been interviewed (or have said it), `wanted` would do.

    Attributes:
        subject: A group, the id of a segment or ICP, a company, a kind of source.
        kinds, themes, last, new: Of `still_new`: the kinds, how many themes of them
            these people have, and how many of these the `last` interviews alone bring.
        note: Of `icp_untested`: who belongs to it, as it was assumed.
    """

    code: SeekCode
    subject: str = ""
    known: int = 0
    wanted: int = 0
    kinds: tuple[str, ...] = ()
    themes: int = 0
    last: int = 0
    new: float = 0.0
    note: str = ""


class StillNew(Value):
    """A kind of statement of which interviews still bring new themes.

    Attributes:
        kind: `trait`, `pain` or `motivation`.
        among: Whether everybody is looked at, a group or a segment.
        name: Of the group or segment; empty for everybody.
        participants: How many people that is.
        themes: Of the kind, that at least one of them has.
        run: How many interviews are the last ones.
        new: Themes that these alone bring, on average of all orders.
        wanted: How many more interviews to make before looking again.
        verdict: Of the saturation curve; `too_few` people for one are not saturated.
    """

    kind: str
    among: Part
    name: str = ""
    participants: int
    themes: int
    run: int
    new: float
    wanted: int
    verdict: SaturationVerdict


class Callback(Value):
    """A participant who is worth a second talk.

    Attributes:
        codes: Why: they stand against claims; they said little.
        claims: How many claims they contradict.
        insights: How many insights their interviews gave.
        questions: Ids of the guide's questions for them, in its order.
    """

    participant: str
    label: str
    codes: tuple[CallbackCode, ...]
    claims: int = 0
    insights: int = 0
    questions: tuple[str, ...] = ()


class Guide(Value):
    """An interview guide.

    Attributes:
        minutes: What was asked for.
        planned: Sum of the questions' minutes, opening and closing included.
        questions: In the order of a conversation.
        later: Questions with a reason that do not fit into the time, most urgent
            first.
        seek: Whom to find.
        callbacks: Whom to talk to again, the most worthwhile first.
        unasked: Gaps for which the catalogue has no question.
        unsaturated: Where interviews still bring something new.
        names: Names of the ICPs and segments that are spoken of, by id.
        counts: Gaps by code.
    """

    language: str
    minutes: int
    planned: int
    opening: str
    closing: str
    questions: tuple[GuideQuestion, ...]
    later: tuple[GuideQuestion, ...] = ()
    seek: tuple[Seek, ...] = ()
    callbacks: tuple[Callback, ...] = ()
    unasked: tuple[Gap, ...] = ()
    unsaturated: tuple[StillNew, ...] = ()
    names: Mapping[str, str] = {}
    counts: Mapping[GapCode, int] = {}
