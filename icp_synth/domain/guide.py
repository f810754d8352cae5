"""The next interviews: what to ask, whom, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from icp_synth.domain.values import Value

GapCode = Literal["contradicted", "uncovered", "hypothesis", "unsaturated", "thin"]
"""Why something is asked, the most urgent first.

- `contradicted`: a claim has people against it.
- `uncovered`: nobody of the ICP has said anything of the field or signal.
- `hypothesis`: an assumption that the interviews did not make evidence.
- `unsaturated`: what people say of it is still new from person to person.
- `thin`: one or two people have said something.
"""

GAP_CODES: tuple[GapCode, ...] = (
    "contradicted",
    "uncovered",
    "hypothesis",
    "unsaturated",
    "thin",
)

SeekCode = Literal[
    "group_missing",
    "group_thin",
    "groups_unknown",
    "icp_thin",
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
        known, of: People who have said something of it, of those who could; for
            `contradicted` who support the claim, of these and those against; for
            `unsaturated` statements that somebody else shares, of all.
        claim: Id of the claim that is contradicted.
        note: The claim or the test plan, for the interviewer's eyes alone.
    """

    code: GapCode
    subject: str
    icp: str | None = None
    known: int = 0
    of: int = 0
    claim: str | None = None
    note: str = ""


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
    """

    code: SeekCode
    subject: str = ""
    known: int = 0
    wanted: int = 0


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
    counts: Mapping[GapCode, int] = {}
