"""What was planted in the sample study, and how much of it a synthesis found."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Synthesis
from icp_synth.domain.themes import Theme

SAMPLE = Path(__file__).parent.parent / "transcripts" / "sample"
LEAST = 0.6


class FoundTheme(NamedTuple):
    """A planted theme and the one found theme that holds most of its spans."""

    planted: str
    found: Theme | None
    spans: int
    precision: float
    recall: float

    @property
    def good(self) -> bool:
        """People are right with precision and recall of at least 0.6."""
        return self.precision >= LEAST and self.recall >= LEAST


def load_truth(folder: Path = SAMPLE) -> dict[str, Any]:
    """Read truth.toml."""
    return tomllib.loads((folder / "truth.toml").read_text("utf-8"))


def planted_themes(truth: Mapping[str, Any], synthesis: Synthesis) -> list[FoundTheme]:
    """Match planted to found themes, each found one counted once.

    Most spans in common first; of equals the planted theme's order decides.
    """
    insights = {one.id: one for one in synthesis.insights}
    counts = [
        (-_held(planted["span"], theme, insights), at, place)
        for at, planted in enumerate(truth["theme"])
        for place, theme in enumerate(synthesis.themes)
    ]
    taken: dict[int, tuple[int, int]] = {}
    used: set[int] = set()
    for spans, at, place in sorted(counts):
        if spans and at not in taken and place not in used:
            taken[at] = (place, -spans)
            used.add(place)
    return [
        _judge(planted, synthesis.themes, taken.get(at))
        for at, planted in enumerate(truth["theme"])
    ]


def _judge(
    planted: Mapping[str, Any],
    themes: Sequence[Theme],
    taken: tuple[int, int] | None,
) -> FoundTheme:
    if taken is None:
        return FoundTheme(planted["id"], None, 0, 0.0, 0.0)
    theme = themes[taken[0]]
    who = set(planted["participants"])
    common = len(who & set(theme.participants))
    return FoundTheme(
        planted["id"],
        theme,
        taken[1],
        common / len(theme.participants),
        common / len(who),
    )


def _held(
    spans: Sequence[Mapping[str, Any]], theme: Theme, insights: Mapping[str, Insight]
) -> int:
    """Count the planted spans that overlap a quote of the theme."""
    quotes = [
        (insights[one].transcript, quote.start, quote.end)
        for one in theme.insights
        for quote in insights[one].quotes
    ]
    return sum(
        any(
            name == span["transcript"] and start < span["end"] and span["start"] < end
            for name, start, end in quotes
        )
        for span in spans
    )


def kinds_found(truth: Mapping[str, Any], synthesis: Synthesis) -> float:
    """Return the ARI of segments and kinds of company over all super-users.

    Each unassigned person is a class by itself.
    """
    from sklearn.metrics import adjusted_rand_score

    kind = {
        name: at for at, one in enumerate(truth["kind"]) for name in one["participants"]
    }
    segment = {name: one.id for one in synthesis.segments for name in one.participants}
    people = sorted(kind)
    return float(
        adjusted_rand_score(
            [kind[name] for name in people],
            [segment.get(name, name) for name in people],
        )
    )


def trapped(truth: Mapping[str, Any], synthesis: Synthesis) -> list[str]:
    """Return what fell into a trap: a fact, value or claim that cites its words."""
    claims = [claim for icp in synthesis.icps for claim in icp.claims]
    claims += [claim for persona in synthesis.personas for claim in persona.claims]
    cited = {one for claim in claims for one in claim.insights}
    found = []
    for trap in truth["trap"]:
        for insight in synthesis.insights:
            hit = insight.transcript == trap["transcript"] and any(
                quote.start < trap["end"] and trap["start"] < quote.end
                for quote in insight.quotes
            )
            if hit and (insight.value or insight.id in cited):
                where = "value" if insight.value else "claim"
                found.append(f"{trap['id']}: {where} {insight.statement!r}")
    return found
