"""Fields of items: on matched pairs, and end to end.

Accuracy on matched pairs alone flatters a reading that finds only what is easy, so that
the same right answers are also divided by all labels that state the field.

| field | asked of | right where |
| --- | --- | --- |
| `explicit` | labels that state it | equal |
| `intensity` | labels that state it (pains and motivations) | equal |
| `signals` | labels that state them, an empty set too | the same set with signs |
| `attribute` | labels whose word is a field of the catalogue | the same field |
| `value` | those of them that have a value | equal once folded (`comparable`) |

Labels use free words for attributes. Words that `attribute_of` cannot map ask nothing
and are counted (`attribute_unmapped`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from icp_synth.domain.fields import OTHER, attribute_of, comparable
from icp_synth.domain.insights import Insight
from icp_synth.evaluation.labels import Label

FIELDS = ("explicit", "intensity", "signals", "attribute", "value")


def count_fields(
    agreed: Sequence[Label], pairs: Sequence[tuple[Label, Insight]]
) -> Counter[str]:
    """Count what labels ask, what pairs could answer, and what is right.

    Args:
        agreed: All labels that count.
        pairs: Those that were found, with the insight that met them.

    Returns:
        `field_NAME_labels`, `field_NAME_pairs` and `field_NAME_right`;
        `field_signals_shared` and `field_signals_either` over pairs; and of labels
        with an attribute `attribute_labels` and `attribute_unmapped`.
    """
    counts: Counter[str] = Counter()
    for label in agreed:
        counts.update(f"field_{name}_labels" for name in asked(label))
        if label.attribute:
            counts["attribute_labels"] += 1
            counts["attribute_unmapped"] += _field(label.attribute) is None
    for label, insight in pairs:
        for name in asked(label):
            counts[f"field_{name}_pairs"] += 1
            counts[f"field_{name}_right"] += _same(name, label, insight)
        if label.signals is not None:
            mine, yours = set(label.signals), set(insight.signals)
            counts["field_signals_shared"] += len(mine & yours)
            counts["field_signals_either"] += len(mine | yours)
    return counts


def asked(label: Label) -> tuple[str, ...]:
    """Return the fields that a label states."""
    known = _field(label.attribute) is not None
    stated = {
        "explicit": label.explicit is not None,
        "intensity": label.intensity is not None,
        "signals": label.signals is not None,
        "attribute": known,
        "value": known and bool(label.value),
    }
    return tuple(name for name in FIELDS if stated[name])


def _same(name: str, label: Label, insight: Insight) -> bool:
    if name == "signals":
        return set(label.signals or ()) == set(insight.signals)
    if name == "attribute":
        return _field(label.attribute) == _field(insight.attribute)
    if name == "value":
        return comparable(label.value or "") == comparable(insight.value or "")
    if name == "intensity":
        return label.intensity == insight.intensity
    return label.explicit == insight.explicit


def _field(name: str | None) -> str | None:
    """Return the catalogue's field, None for a word that is not in it."""
    field = attribute_of(name)
    return None if field is None or field.startswith(OTHER) else field
