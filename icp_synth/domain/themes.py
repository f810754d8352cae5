"""What participants have in common: themes of statements, segments of people."""

from __future__ import annotations

from typing import Literal

from icp_synth.domain.fields import Kind
from icp_synth.domain.stability import StabilityVerdict, stability_verdict
from icp_synth.domain.values import Value

StabilityReason = Literal["off", "too_few_people", "too_many_statements"]


class ThemeStability(Value):
    """How well a theme is found again when participants are drawn anew.

    Attributes:
        value: Mean over resamples of the largest Jaccard overlap, or None.
        draws: Resamples in which two of its people stood, so that it could be found.
        reason: Why there is no value: `off`; `too_few_people` in the study or in the
            theme; `too_many_statements` of its kind.
    """

    value: float | None = None
    draws: int = 0
    reason: StabilityReason | None = None

    @property
    def verdict(self) -> StabilityVerdict | None:
        """What the value says."""
        return stability_verdict(self.value)


class Theme(Value):
    """Like statements of at least two participants, of one kind.

    Attributes:
        id: The name; stays when content changes (`names.json`).
        version: Content hash.
        label: For the embedded analyst its most central quote.
        insights: Ids, most central first.
        participants: Names, sorted; `n` of them out of `of`.
        asked: How many were asked about it, or None where that is unknown.
        said_when_asked: How many of these are among its participants.
        asked_by: The question that brought it up, as it was put.
        interval: Wilson 95 % interval of n / of, if these were a random sample.
        asked_interval: The same of said_when_asked / asked.
        stability: Mean Jaccard overlap over resamples of participants, 0 to 1.
        stability_verdict: What that says.
        stability_reason: Why there is none.
        mentions: Insights, which come second: what one person said twice is one.
        dominated_by: Who alone holds more than half of at least four mentions.
    """

    id: str
    version: str
    kind: Kind
    label: str
    parent: str | None = None
    insights: tuple[str, ...]
    participants: tuple[str, ...]
    n: int
    of: int
    asked: int | None = None
    said_when_asked: int | None = None
    asked_by: str | None = None
    interval: tuple[float, float] | None = None
    asked_interval: tuple[float, float] | None = None
    stability: float | None = None
    stability_verdict: StabilityVerdict | None = None
    stability_reason: StabilityReason | None = None
    mentions: int = 0
    dominated_by: str | None = None


class ParentTheme(Value):
    """Themes of one kind that are about the same matter; at least two.

    Attributes:
        id: The name; stays when content changes (`names.json`). `Theme.parent`
            refers to it.
        version: Content hash.
        label: The analyst's name for it; else its words.
        words: What all its themes speak of, in participants' words; one or two. Where
            themes are of bare quotes up to three words for one matter, of which each
            theme has one at least.
        themes: Names of its themes, first the one that is most about it.
        participants: Everybody in one of them, once, sorted; `n` of them out of `of`.
        interval: Wilson 95 % interval of n / of, if these were a random sample.
    """

    id: str
    version: str
    kind: Kind
    label: str
    words: tuple[str, ...] = ()
    themes: tuple[str, ...]
    participants: tuple[str, ...]
    n: int
    of: int
    interval: tuple[float, float] | None = None


class RefusedName(Value):
    """A drafted name that was not used, since its members do not carry it.

    Attributes:
        level: Whether a theme was to bear it, or a group of themes.
        number: Under which it was asked for; of one that was refused after all answers
            its place among the themes or groups.
        text: As a model wrote it.
        reason: As for drafted sentences: `number`, `name`, `role`, `negation`, `words`
            or `empty`.
        what: The words that are not carried, or empty.
    """

    level: Literal["theme", "theme_group"]
    number: int
    text: str
    reason: str
    what: str = ""


class NotHeld(Value):
    """A statement that left its theme, since it does not say what the name says.

    Attributes:
        number: Under which the theme was asked for.
        text: Its name.
        insight: Id of the statement; it stays an insight.
        participant: Who made it.
    """

    number: int
    text: str
    insight: str
    participant: str


class NamesGiven(Value):
    """What became of the names that an analyst gave, and of members without theirs.

    Attributes:
        refused: Not carried by their members.
        dropped: For a number that nobody asked for, or without words, or too long;
            and numbers of statements that were not shown.
        not_held: Statements that left their theme.
        unjudged: Statements of themes too large to be shown whole; they stay.
        judged: Statements that were held against a name.
        ended: Themes that fewer than two people carried by their name.
    """

    refused: tuple[RefusedName, ...] = ()
    dropped: int = 0
    not_held: tuple[NotHeld, ...] = ()
    unjudged: int = 0
    judged: int = 0
    ended: int = 0

    def with_(self, other: NamesGiven) -> NamesGiven:
        """Return both together."""
        return NamesGiven(
            refused=(*self.refused, *other.refused),
            dropped=self.dropped + other.dropped,
            not_held=(*self.not_held, *other.not_held),
            unjudged=self.unjudged + other.unjudged,
            judged=self.judged + other.judged,
            ended=self.ended + other.ended,
        )

    def published(self) -> dict[str, object]:
        """Return what stands under `theme_names` in the coverage section."""
        return {
            "refused": len(self.refused),
            "dropped": self.dropped,
            "list": [one.model_dump(mode="json") for one in self.refused],
            "not_held": len(self.not_held),
            "left": [one.model_dump(mode="json") for one in self.not_held],
            "unjudged": self.unjudged,
            "judged": self.judged,
            "ended": self.ended,
        }


class ThemePoint(Value):
    """Where a theme stands on the map, -1 to 1 each way."""

    theme: str
    x: float
    y: float


class ThemeMap(Value):
    """Themes in two dimensions, near ones near one another as far as that goes.

    Attributes:
        points: In the order of the themes.
        share: Part of the themes' variance that two dimensions show, 0 to 1; None
            below three themes.
    """

    points: tuple[ThemePoint, ...] = ()
    share: float | None = None


class Segment(Value):
    """People whom the synthesis put together, at least three; or whom people did.

    Attributes:
        stability: How often it is found again, 0 to 1; None where nothing was
            divided.
        decided: People put it together (segments.yaml), and `by` says who, if known.
    """

    id: str
    version: str
    label: str
    participants: tuple[str, ...]
    stability: float | None = None
    decided: bool = False
    by: str = ""
