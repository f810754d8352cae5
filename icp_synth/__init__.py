"""Interviews in; cited draft ideal customer profiles and personas out.

```python
from icp_synth import Project

result = Project("study").ingest("interviews/").run()
```

Names are imported when they are first used, so that `import icp_synth` is cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from icp_synth.version import __version__

if TYPE_CHECKING:
    from icp_synth.domain.codebook import Example, OwnCategory
    from icp_synth.domain.insights import Insight, Quarantined, Quote
    from icp_synth.domain.profiles import Claim, Icp, Persona, Synthesis
    from icp_synth.domain.themes import Segment, Theme
    from icp_synth.domain.transcripts import Transcript
    from icp_synth.errors import IcpSynthError
    from icp_synth.pipeline.project import Project
    from icp_synth.pipeline.result import RunResult
    from icp_synth.pipeline.text import Extracted, extract
    from icp_synth.pipeline.verifying import verify

_HOMES = {
    "Claim": "icp_synth.domain.profiles",
    "Example": "icp_synth.domain.codebook",
    "Extracted": "icp_synth.pipeline.text",
    "Icp": "icp_synth.domain.profiles",
    "IcpSynthError": "icp_synth.errors",
    "Insight": "icp_synth.domain.insights",
    "OwnCategory": "icp_synth.domain.codebook",
    "Persona": "icp_synth.domain.profiles",
    "Project": "icp_synth.pipeline.project",
    "Quarantined": "icp_synth.domain.insights",
    "Quote": "icp_synth.domain.insights",
    "RunResult": "icp_synth.pipeline.result",
    "Segment": "icp_synth.domain.themes",
    "Synthesis": "icp_synth.domain.profiles",
    "Theme": "icp_synth.domain.themes",
    "Transcript": "icp_synth.domain.transcripts",
    "extract": "icp_synth.pipeline.text",
    "verify": "icp_synth.pipeline.verifying",
}

__all__ = [
    "Claim",
    "Example",
    "Extracted",
    "Icp",
    "IcpSynthError",
    "Insight",
    "OwnCategory",
    "Persona",
    "Project",
    "Quarantined",
    "Quote",
    "RunResult",
    "Segment",
    "Synthesis",
    "Theme",
    "Transcript",
    "__version__",
    "extract",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
