"""What holds for every file, whatever is in it."""

from contextlib import suppress

from hypothesis import given, settings, strategies as st

from icp_synth.domain.transcripts import Transcript
from icp_synth.errors import ReadError
from icp_synth.stages.read import ReadOptions, read_source, srt, vtt
from icp_synth.stages.read.cues import count_timing_lines
from icp_synth.stages.read.decode import decode, unify_line_ends
from icp_synth.stages.read.registry import BUILT_IN

NAMES = ["a.txt", "a.md", "a.vtt", "a.srt", "a.json", "a.csv", "a.jsonl", "a.docx", "-"]

fragments = st.sampled_from(
    [
        "Anna: ",
        "Bob：",
        "**Eva:** ",
        "### 唐鳳：",
        "[00:01:05] Anna: ",
        "Anna  0:05",
        "00:00:00",
        "WEBVTT",
        "00:01.000 --> 00:02.000",
        "0:0:5.1 --> 0:0:8.2 align:start",
        "00:00:01,000 --> 00:00:0x,000",
        "00:00:01 -> 00:00:02",
        "a --> b",
        "<v Anna>words</v> more",
        "<v ",
        "&amp; &lt;i&gt;",
        "- dash",
        ">> NAME: x",
        "12",
        "---",
        "NOTE",
        "words, and more words.",
        "對，九天",
        "\u200fcafe\u0301\u200b",
        '{"segments": [{"text": "x", "start": 1}]}',
        'id,text\na,"Q: b',
        "",
        " ",
    ]
)
texts = st.lists(fragments, max_size=30).map("\n".join) | st.text(max_size=200)


def check(transcript: Transcript) -> None:
    end = 0
    for index, turn in enumerate(transcript.turns):
        assert turn.index == index
        assert end <= turn.start < turn.end <= len(transcript.text)
        words = transcript.text[turn.start : turn.end]
        assert words == words.strip()
        assert (turn.participant is None) == (turn.speaks != "participant")
        end = turn.end
    assert "\r" not in transcript.text
    spoken = {turn.participant for turn in transcript.participant_turns()}
    assert set(transcript.participants) == spoken - {None}


@given(text=texts, name=st.sampled_from(NAMES))
def test_turns_are_ordered_disjoint_stripped_slices(text: str, name: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    options = ReadOptions(single_speaker=True, participants=("Anna",))
    for transcript in read_source(data, name, options=options).transcripts:
        check(transcript)


@given(
    data=st.binary(max_size=400),
    prefix=st.sampled_from([b"", b"PK\3\4", b"WEBVTT\n\n", b"\xff\xfe"]),
)
@settings(max_examples=200)
def test_any_bytes_give_documents_or_a_read_error(data: bytes, prefix: bytes) -> None:
    for reader in BUILT_IN:
        with suppress(ReadError):
            documents = reader.read(prefix + data, ReadOptions())
            assert all(document.sha256 for document in documents)


@given(text=texts)
def test_no_timing_line_is_lost(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    for reader in (vtt, srt):
        try:
            found = unify_line_ends(decode(data).text)
            (document,) = reader.read(data, ReadOptions())
        except ReadError:
            continue
        parts = ("parsed_cues", "skipped_cues", "roll_up_cues")
        told = sum(document.counts.get(part, 0) for part in parts)
        assert told == count_timing_lines(found) == document.counts["timing_lines"]


@given(text=texts)
def test_plain_text_is_kept_letter_for_letter(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    for transcript in read_source(data, "a.txt").transcripts:
        kept = decode(data).text
        assert transcript.text == kept.replace("\r\n", "\n").replace("\r", "\n")


@given(words=st.lists(st.sampled_from(["nine", "days", "九天", "why?"]), min_size=1))
def test_labelled_words_come_back_as_they_were_spoken(words: list[str]) -> None:
    said = " ".join(words)
    text = f"Interviewer: {said}\n\nAnna: {said}\n\nInterviewer: x\n\nAnna: y\n"
    (transcript,) = read_source(text.encode(), "a.txt").transcripts
    first, second = transcript.turns[:2]
    assert first.span.of(transcript.text) == second.span.of(transcript.text) == said
