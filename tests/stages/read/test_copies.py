"""One interview in several files is one transcript; nearly one is told."""

from __future__ import annotations

import json

import pytest

from icp_synth.stages.read import (
    ReadOptions,
    ReadResult,
    near_copies,
    read_source,
    without_duplicates,
)

SINGLE = ReadOptions(single_speaker=True)
LINES = (
    "We took over the workshop from my father in the spring of that year.",
    "At first we wrote every order on paper, and half of them got lost.",
    "Then a supplier told me about the planner, and I tried it for a week.",
    "What I like is that the drivers see at once where they have to go.",
    "What I do not like: the invoices come out late, and nobody says why.",
    "My accountant calls twice a month, and I have no answer for her.",
    "If that went away I would pay for the big plan without thinking twice.",
)
MANDARIN = (
    "我們去年開始用這套系統，一開始大家都覺得很麻煩，因為每天要多填一張表。",
    "後來發現月底對帳快了很多，以前要三天，現在一個下午就做完了。",
    "最不方便的是出差的時候，手機上看不到報表，只能請同事截圖給我。",
)


def plain(lines: tuple[str, ...] = LINES) -> bytes:
    return "\n".join(lines).encode()


def subtitles(lines: tuple[str, ...] = LINES) -> bytes:
    cues = (
        f"{n}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000\n{line}\n"
        for n, line in enumerate(lines, start=1)
    )
    return "\n".join(cues).encode()


def captions(lines: tuple[str, ...] = LINES) -> bytes:
    return b"WEBVTT\n\n" + subtitles(lines).replace(b",000", b".000")


def timed_text(lines: tuple[str, ...] = LINES) -> bytes:
    told = (f"[00:{n:02}.000 --> 00:{n:02}.900]  {x}" for n, x in enumerate(lines))
    return "\n".join(told).encode()


def whisper(lines: tuple[str, ...] = LINES) -> bytes:
    parts = [{"start": n, "end": n + 1, "text": f" {x}"} for n, x in enumerate(lines)]
    return json.dumps({"segments": parts}).encode()


def labelled(lines: tuple[str, ...] = LINES, name: str = "Anna") -> bytes:
    asked, *answered = lines
    return "\n\n".join(
        [f"Interviewer: {asked}", f"{name}: {' '.join(answered)}"]
    ).encode()


def read(**files: bytes) -> list[ReadResult]:
    return [
        read_source(data, name.replace("_", "."), options=SINGLE)
        for name, data in files.items()
    ]


def became(results: list[ReadResult]) -> dict[str, tuple[str, str | None]]:
    kept = without_duplicates(results)
    return {
        one.id: (one.status, one.duplicate_of) for kept in kept for one in kept.reports
    }


@pytest.mark.parametrize("lines", [LINES, MANDARIN])
def test_one_talk_in_five_formats_is_read_once(lines: tuple[str, ...]) -> None:
    found = became(
        read(
            a_json=whisper(lines),
            b_srt=subtitles(lines),
            c_text=plain(lines),
            d_txt=timed_text(lines),
            e_vtt=captions(lines),
        )
    )
    assert found.pop("a.json") == ("read", None)
    assert {status for status, _ in found.values()} == {"duplicate"}


def test_the_file_that_names_its_speakers_is_the_one_that_is_read() -> None:
    found = became(read(a_txt=plain(), b_srt=subtitles(), c_txt=labelled()))
    assert found == {
        "a.txt": ("duplicate", "c.txt"),
        "b.srt": ("duplicate", "c.txt"),
        "c.txt": ("read", None),
    }


def test_people_of_other_names_who_say_the_same_are_two() -> None:
    found = became(read(a_txt=labelled(), b_txt=labelled(name="Bea"), c_txt=plain()))
    assert found == {
        "a.txt": ("read", None),
        "b.txt": ("read", None),
        "c.txt": ("duplicate", "a.txt"),
    }


def test_a_file_with_times_goes_before_one_without() -> None:
    found = became(read(a_txt=plain(), b_srt=subtitles()))
    assert found["a.txt"] == ("duplicate", "b.srt")


def test_a_duplicate_in_another_format_keeps_its_own_text_and_no_people() -> None:
    timed, text = without_duplicates(read(a_srt=subtitles(), b_txt=plain()))
    assert text.reports[0].reason == "the same words as a.srt"
    assert text.people == ()
    assert text.transcripts[0].text == plain().decode()
    assert text.transcripts[0].left_out == "the same words as a.srt"
    assert timed.transcripts[0].left_out is None


def test_two_people_may_give_the_same_short_answer() -> None:
    short = LINES[:2]
    found = became(read(a_txt=plain(short), b_srt=subtitles(short)))
    assert {status for status, _ in found.values()} == {"read"}


def corrected(every: int) -> tuple[str, str]:
    """Return a longer talk, and it again with one of so many words changed."""
    words = [f"{word}{n}" for n, word in enumerate(" ".join(LINES * 4).split())]
    again = [f"x{n}" if n % every == 1 else word for n, word in enumerate(words)]
    return " ".join(words), " ".join(again)


@pytest.mark.parametrize("every", [8, 50])
def test_a_copy_with_corrections_is_told_once_with_both_names(every: int) -> None:
    first, second = corrected(every)
    results = without_duplicates(read(a_txt=first.encode(), b_txt=second.encode()))
    (found,) = near_copies([one for kept in results for one in kept.transcripts])
    assert (found.name, found.of) == ("b.txt", "a.txt")
    assert 0.4 < found.share < 1


def test_an_excerpt_is_told_as_a_copy() -> None:
    whole, _ = corrected(50)
    part = whole[: len(whole) // 2]
    results = read(a_txt=whole.encode(), b_txt=part.encode())
    (found,) = near_copies([one for kept in results for one in kept.transcripts])
    assert found.share > 0.9


def test_two_talks_about_the_same_are_no_copies() -> None:
    other = tuple(" ".join(reversed(line.split())) for line in LINES)
    mixed = (*other, LINES[0])
    results = read(a_txt=plain(LINES), b_txt=plain(mixed))
    assert near_copies([one for kept in results for one in kept.transcripts]) == ()


def test_words_of_interviewers_make_no_copies() -> None:
    guide = " ".join(LINES)
    talks = {
        f"{name.lower()}_txt": f"Interviewer: {guide}\n\n{name}: {said}\n".encode() * 2
        for name, said in (
            ("Anna", " ".join(f"one{n}" for n in range(60))),
            ("Bob", " ".join(f"two{n}" for n in range(60))),
        )
    }
    results = read(**talks)
    assert near_copies([one for kept in results for one in kept.transcripts]) == ()
