"""Whether words deny what was drafted, named or asked: by the cues, with no model."""

from __future__ import annotations

from icp_synth.analysts.embedded.opposition import opposing


def opposes(text: str, evidence: str) -> bool:
    """Tell whether some sentence of the evidence shows that it denies a text.

    Args:
        text: One sentence, or a name.
        evidence: Words of one person, or what they were summed up as.

    Example:
        >>> opposes("The app is slow", "They're fine. The app is not slow at all.")
        True
    """
    return opposing(text, evidence) is not None
