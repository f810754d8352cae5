"""participants.csv: rows, their errors, and the template."""

import pytest

from icp_synth.domain.transcripts import Person, Transcript, Turn
from icp_synth.errors import SettingsError
from icp_synth.project.people import (
    ParticipantRow,
    parse_people,
    persons,
    rows_for,
    template,
)


def test_only_file_is_required_and_a_mark_is_ignored() -> None:
    found = parse_people(
        "\ufefffile,label,speaks,quote_ok\r\na.vtt,Anna,Participant,no\r\n\r\nb.vtt,,,\r\n".encode()
    )
    first, second = found.rows
    assert (first.file, first.label, first.speaks) == ("a.vtt", "Anna", "participant")
    assert first.quote_ok is False
    assert second == ParticipantRow(file="b.vtt", row=4)


def test_semicolons_are_understood_and_unknown_columns_told() -> None:
    found = parse_people(b"File;Participant;Shoe size\na.vtt;Anna;38\n")
    assert found.rows[0].participant == "Anna"
    assert "shoe_size" in found.notices[0].message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("label\nAnna\n", "no column “file”"),
        ("file,label\n,Anna\n", "row 2"),
        ("file,speaks\na,x\n", "row 2.*“x”"),
        ("file,quote_ok\na,maybe\n", "row 2.*maybe"),
        ("file\na,b\n", "row 2.*cells"),
        ("file,label\na,Anna\na,anna\n", "row 3.*row 2"),
        ("file,label,transcript\na,A,T\na,B,U\n", "row 3.*“T”"),
        ("file,file\na,b\n", "twice"),
        ('file\n"a\n', "line"),
    ],
)
def test_a_row_that_does_not_hold_together_is_named(text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told) as error:
        parse_people(text.encode())
    assert error.value.hint


def test_another_encoding_is_refused() -> None:
    with pytest.raises(SettingsError, match="UTF-8"):
        parse_people("file\né\n".encode("cp1252"))


def test_rows_are_found_by_name_path_or_the_end_of_either() -> None:
    rows = tuple(
        ParticipantRow(file=file) for file in ("x/a.txt", "a.txt", "caf\u00e9.md")
    )
    assert rows_for(rows, "a.txt") == (rows[1],)
    assert rows_for(rows, "a.txt", path="x/a.txt") == rows[:2]
    assert rows_for(rows[:1], "a.txt", path="study/../x/a.txt") == rows[:1]
    assert rows_for(rows, "sub/x/a.txt") == rows[:2]
    assert rows_for(rows, "cafe\u0301.md") == (rows[2],)
    assert rows_for(rows, "ba.txt") == ()


def test_what_several_files_say_of_a_person_is_merged() -> None:
    found = [
        Person(id="P2", label="B"),
        Person(id="P1", label="A", job="CFO"),
        Person(id="P1", label="Anna", company="Acme", job="CEO", quote_ok=False),
    ]
    first, second = persons(found)
    assert (first.label, first.job, first.company) == ("A", "CFO", "Acme")
    assert first.quote_ok is False
    assert second.id == "P2"


def test_the_template_comes_back_as_rows() -> None:
    transcript = Transcript(
        id="a.txt",
        path="a.txt",
        sha256="",
        text_sha256="",
        reader="text/1",
        text="=Anna: hi",
        turns=(
            Turn(
                index=0,
                start=7,
                end=9,
                label="=Anna",
                speaks="participant",
                participant="a.txt#=Anna",
            ),
        ),
        participants=("a.txt#=Anna",),
    )
    text = template([transcript])
    assert ",'=Anna" in text or "a.txt,'=Anna" in text
    (row,) = parse_people(text.encode()).rows
    assert (row.file, row.label, row.speaks) == ("a.txt", "=Anna", "participant")
