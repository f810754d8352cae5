"""Names stay when the content changes a little, and are never given twice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, strategies as st

from icp_synth.domain.reviews import Anchor
from icp_synth.domain.spans import Span
from icp_synth.errors import SettingsError
from icp_synth.project.anchors import make_anchor
from icp_synth.project.matching import Candidate, Sort
from icp_synth.project.names import FILE, Names, assign, read_names, write_names

SLOW = "it takes three days until somebody aproves an invoice"
LOST = "we lose receipts because people send photos by chat"
COST = "the price went up twice and nobody told us why"

TEXTS = {
    f"t{i}": f"Q: How is it going?\n\nA{i}: Well, {SLOW}. Also {LOST}, number {i}. And "
    f"then, {COST}. That is interview {i}."
    for i in range(8)
}


def quote(name: str, words: str, texts: Mapping[str, str] = TEXTS) -> Anchor:
    start = texts[name].index(words)
    return make_anchor(name, texts[name], Span(start=start, end=start + len(words)))


def theme(
    words: str,
    people: Iterable[int],
    *,
    label: str = "",
    texts: Mapping[str, str] = TEXTS,
    kind: str = "pain",
) -> Candidate:
    numbers = list(people)
    return Candidate(
        sort="theme",
        kind=kind,
        label=label or words,
        participants=tuple(f"p{i}" for i in numbers),
        anchors=tuple(quote(f"t{i}", words, texts) for i in numbers),
    )


FIRST = assign(Names(), [theme(SLOW, range(5)), theme(LOST, range(3, 6))], TEXTS)


def test_new_names_count_up_and_say_nothing_of_the_content() -> None:
    segment = Candidate(sort="segment", participants=("p1", "p2", "p3"))
    found = assign(Names(), [theme(SLOW, [1, 2]), segment, theme(LOST, [1])], TEXTS)
    assert found.ids == ("theme-pain-001", "segment-01", "theme-pain-002")


def test_the_same_input_gives_the_same_names_and_the_same_file() -> None:
    again = assign(
        FIRST.names, [theme(LOST, range(3, 6)), theme(SLOW, range(5))], TEXTS
    )
    assert again.ids == FIRST.ids[::-1]
    assert again.names == FIRST.names
    assert again.inherited == 2


def group(words: str, people: Iterable[int]) -> Candidate:
    made = theme(words, people, label="a group")
    return made.model_copy(update={"sort": "theme_group"})


def test_groups_of_themes_have_names_of_their_own_that_stay() -> None:
    first = assign(Names(), [theme(SLOW, range(5)), group(SLOW, range(5))], TEXTS)
    assert first.ids == ("theme-pain-001", "theme-group-pain-01")
    again = assign(first.names, [group(SLOW, range(1, 6))], TEXTS)
    assert again.ids == ("theme-group-pain-01",)
    assert assign(first.names, [group(LOST, [6, 7])], TEXTS).ids == (
        "theme-group-pain-02",
    )


def test_groups_of_themes_move_no_name_of_a_file_that_knows_none(
    tmp_path: Path,
) -> None:
    write_names(tmp_path, FIRST.names)
    assert "group" not in (tmp_path / FILE).read_text("utf-8")
    themes = [theme(SLOW, range(5)), theme(LOST, range(3, 6))]
    again = assign(read_names(tmp_path), [*themes, group(SLOW, range(5))], TEXTS)
    assert again.ids == (*FIRST.ids, "theme-group-pain-01")
    kept = tuple(one for one in again.names.names if one.sort != "theme_group")
    assert kept == FIRST.names.names


def test_another_wording_keeps_the_name() -> None:
    again = assign(FIRST.names, [theme(SLOW, range(5), label="Slow approval")], TEXTS)
    assert again.ids == FIRST.ids[:1]


def test_another_model_that_quotes_less_or_more_keeps_the_name() -> None:
    shorter = theme("three days until somebody aproves", range(1, 5))
    longer = theme(f"because people send photos by chat, number {5}", [5])
    again = assign(FIRST.names, [shorter, longer], TEXTS)
    assert again.ids[0] == FIRST.ids[0]
    assert again.ids[1] == "theme-pain-003"


def test_a_corrected_typo_keeps_the_name() -> None:
    texts = {name: text.replace("aproves", "approves") for name, text in TEXTS.items()}
    words = SLOW.replace("aproves", "approves")
    again = assign(FIRST.names, [theme(words, range(5), texts=texts)], texts)
    assert again.ids == FIRST.ids[:1]
    assert words in again.names.names[0].anchors[0].quote


def test_one_participant_more_keeps_the_name() -> None:
    again = assign(FIRST.names, [theme(SLOW, range(6))], TEXTS)
    assert again.ids == FIRST.ids[:1]


def test_another_kind_takes_no_name() -> None:
    again = assign(FIRST.names, [theme(SLOW, range(5), kind="motivation")], TEXTS)
    assert again.ids == ("theme-motivation-001",)


def test_a_merge_keeps_the_heavier_name_and_records_the_other() -> None:
    slow, lost = theme(SLOW, range(5)), theme(LOST, range(3, 6))
    both = Candidate(
        sort="theme",
        kind="pain",
        participants=tuple(sorted({*slow.participants, *lost.participants})),
        anchors=(*slow.anchors, *lost.anchors),
    )
    merged = assign(FIRST.names, [both], TEXTS)
    assert merged.ids == FIRST.ids[:1]
    assert merged.merged == {FIRST.ids[1]: FIRST.ids[0]}
    gone = {name.id: name for name in merged.names.names}[FIRST.ids[1]]
    assert (gone.present, gone.merged_into) == (False, FIRST.ids[0])

    apart = assign(merged.names, [slow, lost], TEXTS)
    assert apart.ids == FIRST.ids
    assert all(name.present and not name.merged_into for name in apart.names.names)


def test_a_name_that_is_gone_is_not_given_to_anything_else() -> None:
    without = assign(FIRST.names, [], TEXTS)
    assert [name.present for name in without.names.names] == [False, False]
    other = assign(without.names, [theme(COST, range(3))], TEXTS)
    assert other.ids == ("theme-pain-003",)
    back = assign(other.names, [theme(SLOW, range(5))], TEXTS)
    assert back.ids == FIRST.ids[:1]


def test_ties_go_to_the_older_name() -> None:
    halves = assign(Names(), [theme(SLOW, [0, 1]), theme(SLOW, [2, 3])], TEXTS)
    whole = assign(halves.names, [theme(SLOW, range(4))], TEXTS)
    assert whole.ids == ("theme-pain-001",)
    assert whole.merged == {"theme-pain-002": "theme-pain-001"}


def test_total_weight_counts_and_not_the_best_single_pair() -> None:
    old = assign(Names(), [theme(SLOW, range(6)), theme(SLOW, [0, 1, 2, 3])], TEXTS)
    new = assign(old.names, [theme(SLOW, range(5)), theme(SLOW, [0, 1])], TEXTS)
    assert new.ids == old.ids


def test_people_alone_decide_where_nothing_is_quoted() -> None:
    def segment(*people: str) -> Candidate:
        return Candidate(sort="segment", participants=people)

    old = assign(Names(), [segment("a", "b", "c"), segment("d", "e", "f")], {})
    new = assign(old.names, [segment("d", "e", "f", "g"), segment("x", "y", "a")], {})
    assert new.ids == ("segment-02", "segment-03")


def test_names_are_kept_in_a_file_that_people_can_read(tmp_path: Path) -> None:
    assert read_names(tmp_path) == Names()
    assert write_names(tmp_path, FIRST.names)
    assert not write_names(tmp_path, FIRST.names)
    assert read_names(tmp_path) == FIRST.names
    body = (tmp_path / FILE).read_text("utf-8")
    assert json.loads(body)["names"][0]["id"] == "theme-pain-001"
    assert max(map(len, body.splitlines())) < 500


def test_a_names_file_that_is_not_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"names": [{"id": 7}]}')
    with pytest.raises(SettingsError, match=r"names\.json"):
        read_names(tmp_path)


sorts: tuple[Sort, ...] = ("theme", "segment", "icp", "persona")
candidates = st.lists(
    st.builds(
        lambda sort, words, people, quoted: Candidate(
            sort=sort,
            label=words,
            participants=tuple(sorted(f"p{i}" for i in people)),
            anchors=tuple(quote(f"t{i}", words) for i in sorted(people) if quoted),
        ),
        st.sampled_from(sorts),
        st.sampled_from([SLOW, LOST, COST]),
        st.sets(st.integers(0, 7), min_size=1),
        st.booleans(),
    ),
    max_size=8,
)


@given(candidates, candidates, st.randoms(use_true_random=False))
def test_names_are_unique_stable_and_blind_to_order(
    before: list[Candidate], after: list[Candidate], random: Random
) -> None:
    old = assign(Names(), before, TEXTS).names
    found = assign(old, after, TEXTS)
    assert len(set(found.ids)) == len(after)
    shuffled = random.sample(range(len(after)), len(after))
    other = assign(old, [after[i] for i in shuffled], TEXTS)
    assert other.names == found.names
    again = assign(found.names, after, TEXTS)
    assert again.ids == found.ids
    assert again.names == found.names
