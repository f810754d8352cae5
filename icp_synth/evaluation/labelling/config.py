"""What other labelling programs need to begin: a configuration, and the texts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from icp_synth.domain.fields import CATEGORIES, KINDS, SIGNALS, Kind
from icp_synth.domain.transcripts import Transcript
from icp_synth.evaluation.labelling.given import Extra

_COLOURS: dict[Kind, str] = {
    "trait": "#2f6db5",
    "pain": "#b5402f",
    "motivation": "#2f8a4c",
}


def label_studio_config(extra: Extra = ()) -> str:
    """Return a labelling configuration for Label Studio, as XML.

    The names of its controls are those that `read_label_studio` knows. White space
    is kept, so that offsets count what the text holds.

    Args:
        extra: Own categories.
    """
    lines = [
        "<View>",
        "  <Style>.htx-text{ white-space: pre-wrap; }</Style>",
        '  <Labels name="label" toName="text">',
        *(
            f"    <Label value={quoteattr(f'{kind}/{name}')} "
            f'background="{_COLOURS[kind]}"/>'
            for kind, name in _categories(extra)
        ),
        "  </Labels>",
        '  <Text name="text" value="$text" saveTextResult="yes" granularity="symbol"/>',
        _area("statement", "One sentence, third person"),
        _choices("explicit", ("yes", "no"), "single"),
        _choices("intensity", ("1", "2", "3"), "single"),
        _choices(
            "signals",
            [f"{name}{sign}" for name in SIGNALS for sign in "+-"],
            "multiple",
        ),
        _area("attribute", "Traits: field of the profile"),
        _area("value", "Traits: the value as said"),
        _choices("status", ("agreed", "optional"), "single"),
        _area("note", "Anything else"),
        "</View>",
    ]
    return "\n".join(lines) + "\n"


def label_studio_tasks(texts: Iterable[tuple[str, Transcript]]) -> str:
    """Return interviews as tasks that Label Studio imports (JSON)."""
    tasks = [{"data": {"transcript": name, "text": one.text}} for name, one in texts]
    return json.dumps(tasks, ensure_ascii=False, indent=1) + "\n"


def doccano_texts(texts: Iterable[tuple[str, Transcript]]) -> str:
    """Return interviews as documents that doccano imports (JSONL)."""
    lines = [{"text": one.text, "transcript": name} for name, one in texts]
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines)


def doccano_labels(extra: Extra = ()) -> str:
    """Return the labels of the codebook as doccano imports them (JSON)."""
    labels = [
        {"text": f"{kind}/{name}", "backgroundColor": _COLOURS[kind]}
        for kind, name in _categories(extra)
    ]
    return json.dumps(labels, ensure_ascii=False, indent=1) + "\n"


def _categories(extra: Extra) -> list[tuple[Kind, str]]:
    known = [(kind, name) for kind in KINDS for name in CATEGORIES[kind]]
    return [*known, *(one for one in extra if one not in known)]


def _area(name: str, words: str) -> str:
    return (
        f'  <TextArea name="{name}" toName="text" perRegion="true" rows="2" '
        f'editable="true" maxSubmissions="1" placeholder={quoteattr(words)}/>'
    )


def _choices(name: str, values: Iterable[str], choice: str) -> str:
    inside = "".join(f'<Choice value="{one}"/>' for one in values)
    return (
        f'  <Choices name="{name}" toName="text" perRegion="true" '
        f'choice="{choice}" showInline="true">{inside}</Choices>'
    )
