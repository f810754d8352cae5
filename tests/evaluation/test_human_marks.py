"""Codes that people gave are read at the places where they put them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document

from benchmarks.human_codes import covers, hit, longest
from benchmarks.human_marks import (
    Coded,
    Turn,
    commented,
    marked,
    moved,
    transcript_of,
    turns,
)

MARKED = "The hall is **cold and dark**<sup>light; warmth</sup>.\n**Ok**<sup>x</sup>"


def words(coded: Coded) -> list[str]:
    return [coded.text[start:end] for start, end in coded.spans]


def test_marks_are_taken_out_and_their_places_kept() -> None:
    found = marked(MARKED)
    assert found.text == "The hall is cold and dark.\nOk"
    assert words(found) == ["cold and dark", "Ok"]


def test_marks_move_to_another_copy_and_lost_ones_are_counted() -> None:
    found = moved(marked(MARKED), "Ok? The hall is cold\nand dark. Ok")
    assert words(found) == ["cold\nand dark", "Ok"]
    assert found.spans[1] == (31, 33)
    assert moved(marked("**gone**<sup>x</sup>"), "nothing here").lost == 1


def test_comments_of_a_word_file_are_spans_of_their_answer(tmp_path: Path) -> None:
    document = Document()
    first = document.add_paragraph("  It was ")
    document.add_comment(first.add_run("very quiet"), text="silence")
    first.add_run(" there.")
    document.add_paragraph("-----")
    document.add_paragraph("Nothing to say.")
    path = tmp_path / "coded.docx"
    document.save(str(path))
    one, two = commented(path)
    assert one.text == "It was very quiet there."
    assert words(one) == ["very quiet"]
    assert (two.text, two.spans) == ("Nothing to say.", ())


def test_turns_of_a_workbook_have_the_labels_that_are_not_0(tmp_path: Path) -> None:
    rows = [
        ["speaker_name", "text", "relevant", "nfr"],
        ["Interviewer 1", " What  is slow? ", "1", "0"],
        ["Interviewee", "The export.", "1", "2"],
    ]
    names = "ABCD"
    cells = [
        "".join(
            f'<c r="{names[at]}{number}" t="s"><v>{4 * (number - 1) + at}</v></c>'
            for at in range(4)
        )
        for number in range(1, 4)
    ]
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = "".join(f"<row>{one}</row>" for one in [*cells, '<c r="B4"><v>9</v></c>'])
    shared = "".join(f"<si><t>{escape(one)}</t></si>" for row in rows for one in row)
    path = tmp_path / "turns.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("xl/sharedStrings.xml", f"<sst {space}>{shared}</sst>")
        book.writestr(
            "xl/worksheets/sheet2.xml",
            f"<worksheet {space}><sheetData>{sheet}</sheetData></worksheet>",
        )
    # The last row is of totals, and nobody speaks in it.
    asked, told = turns(path)
    assert asked == Turn("Interviewer 1", "What is slow?", frozenset({"relevant"}))
    assert told.labels == {"relevant", "nfr"}
    text, places = transcript_of([asked, told])
    assert [text[a:b] for a, b in places] == ["What is slow?", "The export."]


def test_half_of_the_shorter_decides_and_the_longest_are_the_yardstick() -> None:
    assert covers((0, 10), (8, 12))
    assert not covers((0, 10), (9, 12))
    assert hit([(0, 10), (10, 20)], [(2, 6)]) == [True, False]
    assert longest([(0, 3), (3, 9), (9, 10)], 2) == [True, True, False]
