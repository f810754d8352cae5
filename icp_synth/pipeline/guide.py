"""The guide of the next interviews, from a project's last synthesis."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from icp_synth.domain.guide import Guide
from icp_synth.domain.hypotheses import Weighed
from icp_synth.domain.profiles import Synthesis
from icp_synth.errors import UsageError
from icp_synth.exports.guide import guide_to_markdown
from icp_synth.exports.words import words_of
from icp_synth.pipeline.likeness import likeness_by, near_for
from icp_synth.pipeline.project import Project
from icp_synth.project.brief import load_study
from icp_synth.project.files import write_atomic
from icp_synth.project.hypotheses_file import project_hypotheses
from icp_synth.stages.guide import MINUTES, build_guide
from icp_synth.stages.hypotheses import Said, top_down

SHORTEST, LONGEST = 10, 240


class MadeGuide(NamedTuple):
    """A guide, as a value and as a page."""

    guide: Guide
    markdown: str

    def write(self, path: Path) -> Path:
        """Write the page, whole or not at all, and return where."""
        write_atomic(path, self.markdown)
        return path


def guide(
    folder: Path, *, language: str | None = None, minutes: int = MINUTES
) -> MadeGuide:
    """Write a guide for what the last synthesis leaves open.

    Args:
        folder: The project folder.
        language: `en` or `zh`; that of the report where nobody says.
        minutes: Length of the interview, 10 to 240.

    Raises:
        NotFound: There is no synthesis yet.
        UsageError: There is no such language, or no interview is that long.
    """
    if not SHORTEST <= minutes <= LONGEST:
        msg = f"An interview lasts {SHORTEST} to {LONGEST} minutes, not {minutes}."
        raise UsageError(msg, hint="Give --minutes within them.")
    synthesis = Project(folder).synthesis()
    language = language or str(synthesis.manifest.settings.get("language", "en"))
    words_of(language)
    made = build_guide(
        synthesis,
        language=language,
        minutes=minutes,
        weighed=_weighed(folder, synthesis),
    )
    page = guide_to_markdown(
        made,
        participants=len(synthesis.participants),
        created=synthesis.manifest.created,
    )
    return MadeGuide(made, page)


def _weighed(folder: Path, synthesis: Synthesis) -> Sequence[Weighed]:
    """Weigh the project's hypotheses against its last synthesis, without a model."""
    study = load_study(folder)
    own = study.brief.own_categories()
    hypotheses = (*project_hypotheses(folder, own), *study.hypotheses)
    if not hypotheses:
        return ()
    from icp_synth.embedding.embedded import EmbeddedEmbedder

    embedder = EmbeddedEmbedder()
    said = Said(
        people=frozenset(one.id for one in synthesis.participants),
        facts={one.id: one.facts for one in synthesis.participants},
        insights=synthesis.insights,
        likeness=likeness_by(embedder.embed),
        near=near_for(embedder.name),
    )
    return [one for icp in top_down(hypotheses, said, {}) for one in icp.weighed]
