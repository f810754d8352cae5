"""Whatever is said: what stands there is found, what was changed is refused."""

from __future__ import annotations

import re
from random import Random

from hypothesis import assume, given, strategies as st

from icp_synth.domain.insights import VERIFIED, Located
from icp_synth.domain.transcripts import Transcript
from icp_synth.stages.ground import Locator
from icp_synth.stages.ground.fold import fold
from tests.factories import Said, make_transcript

_WORDS = st.sampled_from(
    (
        *("we", "pay", "for", "the", "tool", "it", "breaks", "every", "week", "and"),
        *("then", "I", "call", "Ann's", "café", "that's", "fine", "Straße", "12"),
        "B2B",
    )
)
_ENDS = st.sampled_from([" ", " ", " ", ", ", ". ", " — ", "\n"])
_CHARACTERS = st.sampled_from(
    "我們每個星期都要花兩小時匯出報表，因為它常常壞掉。而且很慢"
)
_FORMS = {
    " ": [" ", "  ", "\u00a0", "\u3000", " \n", "\u200b "],
    "—": ["—", "–", "--", "―"],
    "'": ["'", "’", "＇"],
    "，": ["，", ",", "， "],
    ",": [",", "，"],
    "1": ["1", "１"],
    "é": ["é", "e\u0301", "É"],
}
_CHANGES = ["never", "17", "seventeen", "percent", "without"]

Sliced = tuple[Transcript, str, int]


@st.composite
def _interviews(draw: st.DrawFn, speech: st.SearchStrategy[str]) -> Transcript:
    said: list[Said] = []
    for words in draw(st.lists(speech, min_size=1, max_size=4)):
        said.append(("Q", "interviewer", "Oh, and what else happened over there?"))
        said.append(("Ann", "participant", words))
    return make_transcript(said)


@st.composite
def _speech(draw: st.DrawFn) -> str:
    words = draw(st.lists(st.tuples(_WORDS, _ENDS), min_size=6, max_size=30))
    return "".join(word + end for word, end in words).strip(" \n,—")


@st.composite
def _slices(draw: st.DrawFn) -> Sliced:
    """A transcript, a slice of whole words of a participant's turn, and the turn."""
    transcript = draw(_interviews(_speech()))
    turn = draw(st.sampled_from(transcript.participant_turns()))
    words = list(re.finditer(r"[\w'][^\s—]*", turn.span.of(transcript.text)))
    first = draw(st.integers(0, len(words) - 3))
    last = draw(st.integers(first + 2, len(words) - 1))
    start, end = turn.start + words[first].start(), turn.start + words[last].end()
    return transcript, transcript.text[start:end], turn.index


@st.composite
def _chinese_slices(draw: st.DrawFn) -> Sliced:
    """The same of at least six CJK characters."""
    speech = st.text(_CHARACTERS, min_size=12, max_size=40)
    transcript = draw(_interviews(speech))
    turn = draw(st.sampled_from(transcript.participant_turns()))
    start = draw(st.integers(turn.start, turn.end - 6))
    end = draw(st.integers(start + 6, turn.end))
    quote = transcript.text[start:end]
    assume(len(re.findall(r"\w", quote)) >= 6)
    return transcript, quote, turn.index


def _holds(transcript: Transcript, found: Located, turn: int) -> None:
    assert found.turn == turn
    assert found.span is not None
    place = transcript.turns[turn]
    assert place.speaks == "participant"
    assert place.span.holds(found.span)


@given(_slices() | _chinese_slices())
def test_a_slice_of_a_participants_turn_is_exact(sliced: Sliced) -> None:
    transcript, quote, turn = sliced
    found = Locator(transcript).locate(quote, turn=turn)
    assert found.status == "exact"
    _holds(transcript, found, turn)
    assert found.span is not None
    assert found.span.of(transcript.text) == quote


@given(_slices() | _chinese_slices(), st.randoms(use_true_random=False))
def test_another_form_of_a_slice_is_folded(sliced: Sliced, chance: Random) -> None:
    transcript, quote, turn = sliced
    changed = "".join(_other_form(character, chance) for character in quote)
    assume(changed not in transcript.text)
    found = Locator(transcript).locate(changed, turn=turn)
    assert found.status == "folded"
    _holds(transcript, found, turn)
    assert found.span is not None
    said = found.span.of(transcript.text)
    assert fold(said, marks=False).text == fold(changed, marks=False).text


def _other_form(character: str, chance: Random) -> str:
    other = chance.choice(_FORMS.get(character, [character]))
    return chance.choice([other, other.upper(), other.lower()])


@given(_slices(), st.sampled_from(_CHANGES), st.randoms(use_true_random=False))
def test_a_quote_with_another_number_or_negation_is_never_verified(
    sliced: Sliced, change: str, chance: Random
) -> None:
    transcript, quote, turn = sliced
    words = quote.split(" ")
    at = chance.randrange(1, len(words)) if len(words) > 1 else 1
    added = " ".join([*words[:at], change, *words[at:]])
    words[at - 1] = change
    for changed in (added, " ".join(words)):
        found = Locator(transcript).locate(changed, turn=turn)
        assert found.status not in VERIFIED
        assert found.status != "elided"


@given(_interviews(_speech()), st.text(max_size=60) | _speech())
def test_what_is_verified_is_a_slice_of_a_participants_turn(
    transcript: Transcript, quote: str
) -> None:
    found = Locator(transcript).locate(quote)
    if found.status in VERIFIED:
        assert found.turn is not None
        _holds(transcript, found, found.turn)
    for part in (*found.parts, *([found.nearest] if found.nearest else [])):
        assert transcript.turn_at(part.start) == transcript.turn_at(part.end - 1)


@given(_interviews(_speech()))
def test_the_interviewers_words_are_never_verified(transcript: Transcript) -> None:
    found = Locator(transcript).locate("what else happened over there")
    assert found.status == "interviewer"
