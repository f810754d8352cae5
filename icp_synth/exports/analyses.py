"""Analyses over all participants, each left out where it was not made."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from icp_synth.domain.contrasts import Difference
from icp_synth.domain.profiles import Manifest, Synthesis
from icp_synth.domain.saturation import Saturation
from icp_synth.exports.board import ThemeShown
from icp_synth.exports.charts.contrasts import ContrastShown, contrasts_shown
from icp_synth.exports.charts.prevalence import PrevalenceShown, prevalence_shown
from icp_synth.exports.charts.saturation import SaturationShown, saturation_shown
from icp_synth.exports.charts.theme_map import PlaneShown, plane_shown
from icp_synth.exports.evidence import Evidence
from icp_synth.exports.formatting import field_label
from icp_synth.exports.statements import Said, stands_for, title
from icp_synth.exports.words import Words

_BAND = re.compile(r"(\d+)-(\d+)")
"""A value that is a range of sizes, as the codebook writes it: `10-49`."""

_LEXICAL = "embedded-"
"""How the names of embedders begin that see words alone."""


@dataclass(frozen=True)
class Analyses:
    """What was computed beside themes and segments; None or empty where nothing was."""

    prevalence: PrevalenceShown | None
    contrasts: tuple[ContrastShown, ...]
    saturation: SaturationShown | None
    plane: PlaneShown | None


def analyses_of(
    synthesis: Synthesis,
    themes: Sequence[ThemeShown],
    evidence: Evidence,
    *,
    segments: Sequence[str],
    words: Words,
) -> Analyses:
    """Return the analyses that the synthesis holds, as pictures and tables.

    Args:
        synthesis: What is published.
        themes: Those that the report shows.
        evidence: Cuts the names of themes that it does not show.
        segments: What the segments are called, in their order.
        words: The report's language.
    """
    saturation = synthesis.saturation
    return Analyses(
        prevalence=prevalence_shown(themes, words),
        contrasts=contrasts_shown(
            synthesis.contrasts,
            {one.theme.id: one for one in themes},
            said=_sayer(synthesis, evidence, words),
            named=_namer(synthesis, segments, words),
            words=words,
        ),
        saturation=None
        if saturation is None
        else _measured(saturation, synthesis.manifest, words),
        plane=plane_shown(synthesis.theme_map, themes, words),
    )


def _measured(found: Saturation, manifest: Manifest, words: Words) -> SaturationShown:
    """Return the curve with how it was measured, and on what."""
    shown = saturation_shown(found, words)
    notes = [shown.counted]
    notes.append(
        words(
            "saturation.measured",
            base=found.base,
            run=found.run,
            orders=f"{found.permutations:,}",
        )
    )
    if manifest.embedding.startswith(_LEXICAL):
        notes.append(words("saturation.wordings"))
    return replace(shown, counted=" ".join(notes))


def _sayer(
    synthesis: Synthesis, evidence: Evidence, words: Words
) -> Callable[[Difference], Said]:
    themes = {one.id: one for one in synthesis.themes}

    def said(one: Difference) -> Said:
        theme = themes.get(one.feature)
        if theme is not None:
            return stands_for(title(theme.label, theme.insights, evidence), theme.n)
        field, found, value = one.label.partition("=")
        if one.sort == "fact" and found:
            if band := _BAND.fullmatch(value):
                value = "–".join(band.groups())
            told = f"{field_label(field, words)}{words('claim.colon')}{value}"
            return Said(told, None, None)
        return Said(one.label, None, None)

    return said


def _namer(
    synthesis: Synthesis, labels: Sequence[str], words: Words
) -> Callable[[str], str]:
    segments = {
        one.id: label for one, label in zip(synthesis.segments, labels, strict=True)
    }

    def named(name: str) -> str:
        return segments.get(name) or words.named("group.name", name)

    return named
