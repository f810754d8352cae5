"""Fields of items, splits and merges, and the lines of items.jsonl."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from icp_synth.domain.insights import Insight
from icp_synth.domain.passages import Passage, Slice
from icp_synth.evaluation.fields import count_fields
from icp_synth.evaluation.labels import Label
from icp_synth.evaluation.lines import item_of, item_of_label
from icp_synth.evaluation.matching import Overlaps
from icp_synth.evaluation.metrics import rows
from icp_synth.evaluation.places import count_places
from icp_synth.evaluation.scoring import Scored, score
from tests.labelled_factory import case, insight, label, reading, transcript

SIGNALS = ("+ready", "-able")
ASKS: dict[str, Any] = {"explicit": True, "intensity": 2, "signals": SIGNALS}


def accuracy(labels: Sequence[Label], insights: Sequence[Insight]) -> dict[str, Any]:
    scored = score(case(labels), [reading(insights)])
    return {
        f"{row.name} {row.mode}": row.value
        for row in rows([scored], "m")
        if row.mode in {"matched", "end_to_end", "labels"}
    }


def test_fields_are_divided_by_pairs_and_by_all_labels() -> None:
    labels = [label((0, 40), **ASKS), label((100, 140), **ASKS)]
    found = accuracy(labels, [insight((0, 40), **ASKS)])
    for name in ("explicit", "intensity", "signals"):
        assert found[f"{name}_accuracy matched"] == 1.0, name
        assert found[f"{name}_accuracy end_to_end"] == 0.5, name


def test_each_field_is_judged_by_itself() -> None:
    wrong: dict[str, Any] = {"explicit": False, "intensity": 3, "signals": ("+ready",)}
    found = accuracy([label((0, 40), **ASKS)], [insight((0, 40), **wrong)])
    for name in ("explicit", "intensity", "signals"):
        assert found[f"{name}_accuracy matched"] == 0.0, name
    assert found["signals_jaccard matched"] == 0.5


def test_what_a_label_does_not_state_asks_nothing() -> None:
    found = accuracy([label((0, 40))], [insight((0, 40), intensity=3)])
    for name in ("explicit", "intensity", "signals", "attribute", "value"):
        assert found[f"{name}_accuracy matched"] is None, name
        assert found[f"{name}_accuracy end_to_end"] is None, name


def test_an_empty_set_of_signals_is_an_answer() -> None:
    asked = label((0, 40), signals=())
    assert accuracy([asked], [insight((0, 40))])["signals_accuracy matched"] == 1.0


@pytest.mark.parametrize(
    ("attribute", "value", "right"),
    [
        ("experience", "about 10 years", (1, 1)),
        ("years_of_experience", "About 10 Years.", (1, 1)),
        ("role", "about 10 years", (0, 1)),
        ("experience", "ten years", (1, 0)),
        (None, None, (0, 0)),
    ],
)
def test_attributes_are_mapped_and_values_folded(
    attribute: str | None, value: str | None, right: tuple[int, int]
) -> None:
    asked = label((0, 40), kind="trait", attribute="experience", value="about 10 years")
    found = insight((0, 40), kind="trait", attribute=attribute, value=value)
    counts = count_fields([asked], [(asked, found)])
    assert (counts["field_attribute_right"], counts["field_value_right"]) == right


def test_free_words_outside_the_catalogue_are_counted_and_ask_nothing() -> None:
    free = label((0, 40), kind="trait", attribute="bucket_filling", value="daily")
    found = accuracy([free], [insight((0, 40), kind="trait")])
    assert found["attribute_unmapped labels"] == 1.0
    assert found["attribute_accuracy end_to_end"] is None
    assert found["value_accuracy end_to_end"] is None


def test_passages_are_backed_where_a_quote_touches_their_body() -> None:
    passages = [
        Passage(
            id=f"p{at}",
            transcript="anna",
            participant="Anna",
            slices=(
                Slice(turn=0, start=0, end=20, use="context"),
                Slice(turn=0, start=start, end=start + 50, use="body"),
            ),
            tokens=10,
        )
        for at, start in enumerate((100, 300))
    ]
    found = [item_of(insight((0, 20), (140, 160)))]
    counts = count_places(transcript(), [], found, passages=passages)
    assert (counts["passages"], counts["passages_backed"]) == (2, 1)


def test_a_perfect_reading_of_labels_on_the_same_words_splits_nothing() -> None:
    labels = [label((0, 40)), label((0, 40), category="problem")]
    found = [insight((0, 40)), insight((0, 40), category="problem")]
    scored = score(case(labels), [reading(found)])
    assert scored.counts["tp"] == 2
    assert not {"split", "pieces", "merged", "swallowed"} & scored.counts.keys()


def test_of_a_split_in_three_there_is_one_label_and_two_pieces() -> None:
    gold = [item_of_label(label((0, 90)))]
    parts = [item_of(insight((at, at + 30))) for at in (0, 30, 60)]
    found = Overlaps.of(gold, [], parts)
    assert len(found.match().false_alarms) == 2
    scored = score(
        case([label((0, 90))]), [reading([insight((a, a + 30)) for a in (0, 30, 60)])]
    )
    assert (scored.counts["split"], scored.counts["pieces"]) == (1, 2)


def lines(labels: Sequence[Label], insights: Sequence[Insight]) -> Scored:
    return score(case(labels), [reading(insights)])


def shape(scored: Scored) -> list[tuple[Any, ...]]:
    return [
        (
            line["status"],
            (line["label"] or {}).get("id"),
            (line["prediction"] or {}).get("id"),
            line["mismatch"],
            line["near"],
        )
        for line in scored.lines
    ]


def test_lines_name_labels_by_their_place_in_the_file() -> None:
    labels = [
        label((0, 40), status="optional"),
        label((100, 140)),
        label((500, 540)),
    ]
    found = [insight((0, 40)), insight((100, 140)), insight((800, 840))]
    assert shape(lines(labels, found)) == [
        ("found", "L1", "P1", None, []),
        ("optional", "L0", "P0", None, []),
        ("missed", "L2", None, None, []),
        ("false_alarm", None, "P2", None, []),
    ]


def test_a_label_met_by_another_kind_is_a_mismatch_on_both_sides() -> None:
    scored = lines([label((0, 40))], [insight((0, 40), kind="trait")])
    assert shape(scored) == [
        ("missed", "L0", None, "kind", ["P0"]),
        ("false_alarm", None, "P0", "kind", ["L0"]),
    ]


def test_a_brush_of_words_is_near_and_no_mismatch() -> None:
    scored = lines([label((0, 40))], [insight((35, 75), kind="trait")])
    assert shape(scored) == [
        ("missed", "L0", None, None, ["P0"]),
        ("false_alarm", None, "P0", None, ["L0"]),
    ]


def test_a_pair_with_another_category_is_a_mismatch() -> None:
    scored = lines([label((0, 40))], [insight((0, 40), category="problem")])
    assert shape(scored) == [("found", "L0", "P0", "category", [])]


def test_near_leaves_the_pair_itself_out() -> None:
    scored = lines([label((0, 80))], [insight((0, 40)), insight((40, 80))])
    assert shape(scored) == [
        ("found", "L0", "P0", None, ["P1"]),
        ("false_alarm", None, "P1", None, ["L0"]),
    ]


def test_lines_show_the_fields_of_both_sides() -> None:
    (line,) = lines([label((0, 40), **ASKS)], [insight((0, 40), intensity=3)]).lines
    assert line["label"]["intensity"] == 2
    assert line["label"]["signals"] == ["+ready", "-able"]
    assert line["prediction"]["intensity"] == 3
    assert set(line["label"]) == set(line["prediction"])
    assert line["score"] == 1.0
