"""DOCX from Teams, Meet, Otter and from people; and what is no DOCX."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document as WordDocument

from icp_synth.domain.transcripts import Document
from icp_synth.errors import ReadError
from icp_synth.stages.read import word_file
from icp_synth.stages.read.docx import read
from icp_synth.stages.read.options import ReadOptions

Fill = Callable[[WordDocument], None]


def written(fill: Fill) -> bytes:
    document = docx.Document()
    fill(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def paragraphs(*texts: str) -> bytes:
    def fill(document: WordDocument) -> None:
        for text in texts:
            document.add_paragraph(text)

    return written(fill)


def one(data: bytes) -> Document:
    (document,) = read(data, ReadOptions())
    return document


def said(document: Document) -> list[tuple[str | None, str]]:
    return [
        (turn.label, document.text[turn.start : turn.end]) for turn in document.turns
    ]


def test_new_teams_has_the_header_inside_the_paragraph() -> None:
    def fill(document: WordDocument) -> None:
        document.add_paragraph("Customer call")
        note = document.add_paragraph()
        note.add_run("Host One").bold = True
        note.add_run(" started transcription")
        for name, time, words in (
            ("Host One", "0:05", "So what made you look?"),
            ("Guest B.", "1:02:10", "Month end.\nNine days."),
        ):
            paragraph = document.add_paragraph()
            paragraph.add_run(name).bold = True
            paragraph.add_run(f"   {time}\n{words}")
        note = document.add_paragraph()
        note.add_run("Host One").bold = True
        note.add_run(" stopped transcription")

    document = one(written(fill))
    assert document.text == (
        "Host One: So what made you look?\n\nGuest B.: Month end.\nNine days."
    )
    assert [turn.start_ms for turn in document.turns] == [5000, 3730000]
    assert document.counts["paragraphs_left_out"] == 3


def test_a_teams_file_may_hold_a_single_turn() -> None:
    assert said(one(paragraphs("Host One   0:05\nSo what?"))) == [
        ("Host One", "So what?")
    ]


def test_old_teams_has_three_lines_a_turn() -> None:
    document = one(
        paragraphs(
            "0:0:5.100 --> 0:0:8.250\nHost One\nSo what made you look?",
            "0:0:9.0 --> 0:0:9.5\nGuest B.\nMonth end.",
            "0:0:9.6 --> 0:0:10.5\nGuest B.\nNine days.",
        )
    )
    assert said(document) == [
        ("Host One", "So what made you look?"),
        ("Guest B.", "Month end. Nine days."),
    ]


def test_the_notes_of_a_meet_document_are_left_out() -> None:
    document = one(
        paragraphs(
            "Summary",
            "Guest B.: will never pay more",
            "Host One: agreed",
            "Call - Transcript",
            "00:00:00",
            "Host One: So what made you look?",
            "Guest B.: Month end.",
            "00:05:12",
            "Guest B.: It took nine days.",
            "Host One: Oh.",
            "Transcription ended after 00:55:19",
            "This editable transcript was computer generated and might be wrong.",
        )
    )
    assert said(document) == [
        ("Host One", "So what made you look?"),
        ("Guest B.", "Month end."),
        ("Guest B.", "It took nine days."),
        ("Host One", "Oh."),
    ]
    assert document.counts["paragraphs_left_out"] == 8


def test_paragraphs_after_a_name_belong_to_its_turn() -> None:
    document = one(
        paragraphs("Title", "Anna: one", "more", "", "Bob: two", "Anna: x", "Bob: y")
    )
    assert document.text == "Anna: one\nmore\n\nBob: two\n\nAnna: x\n\nBob: y"


def test_bold_names_need_no_colon() -> None:
    def fill(document: WordDocument) -> None:
        for name, words in (
            ("Anna", "one"),
            ("Bob", "two"),
            ("Anna", "x"),
            ("Bob", "y"),
        ):
            paragraph = document.add_paragraph()
            paragraph.add_run(name).bold = True
            paragraph.add_run(f"\t{words}")

    assert said(one(written(fill)))[:2] == [("Anna", "one"), ("Bob", "two")]


def test_a_table_with_speakers_is_a_turn_a_row() -> None:
    def fill(document: WordDocument) -> None:
        document.add_paragraph("Title")
        rows = (
            ("Timestamp", "Speaker", "Transcript"),
            ("0:05", "Host One", "So what?"),
            ("0:08", "Guest B.", "Month end."),
        )
        table = document.add_table(rows=0, cols=3)
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text

    document = one(written(fill))
    assert document.text == "Host One: So what?\n\nGuest B.: Month end."
    assert document.turns[1].start_ms == 8000
    assert document.counts["paragraphs_left_out"] == 1


def test_any_other_table_of_texts_is_an_interview_a_row() -> None:
    def fill(document: WordDocument) -> None:
        table = document.add_table(rows=0, cols=2)
        for row in (("id", "text"), ("p1", "Q: a?\nA: b"), ("p2", "Q: c?\nA: d")):
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text

    documents = read(written(fill), ReadOptions())
    assert [document.item for document in documents] == ["p1", "p2"]
    assert documents[0].text == "Q: a?\nA: b"


def test_a_text_without_labels_is_one_turn() -> None:
    assert said(one(paragraphs("just words", "and more"))) == [
        (None, "just words\nand more")
    ]


def test_deleted_words_are_not_read_and_inserted_ones_are() -> None:
    data = paragraphs("Anna: keep DROP and NEW", "Anna: x")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    body = members["word/document.xml"].decode()
    run = "<w:r><w:t>Anna: keep DROP and NEW</w:t></w:r>"
    assert run in body
    members["word/document.xml"] = body.replace(
        run,
        '<w:r><w:t xml:space="preserve">Anna: keep </w:t></w:r>'
        '<w:del w:id="1"><w:r><w:delText>DROP</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>and NEW</w:t></w:r></w:ins>',
    ).encode()
    document = one(zipped(members))
    assert said(document)[0] == ("Anna", "keep and NEW")
    assert [notice.code for notice in document.notices] == ["tracked_changes"]


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def link_member() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        info = zipfile.ZipInfo("word/document.xml")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return stream.getvalue()


BOMB = b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><x>&a;</x>"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"no archive", "not_docx"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "encrypted"),
        (paragraphs("Anna: hi")[:-200], "not_docx"),
        (zipped({"a.txt": b"hi"}), "not_docx"),
        (zipped({"../x.xml": b"<x/>"}), "unsafe_docx"),
        (zipped({"/etc/x.xml": b"<x/>"}), "unsafe_docx"),
        (link_member(), "unsafe_docx"),
        (zipped({"word/document.xml": BOMB}), "unsafe_docx"),
        (zipped({"word/document.xml": BOMB.decode().encode("utf-16")}), "unsafe_docx"),
        (zipped({"word/document.xml": b"0" * 30_000_000}), "unsafe_docx"),
    ],
)
def test_what_is_no_safe_docx_is_a_named_error(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as error:
        one(data)
    assert error.value.code == code
    assert error.value.hint


def test_members_are_limited_in_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_file, "MAX_MEMBERS", 3)
    with pytest.raises(ReadError, match="members"):
        one(paragraphs("Anna: hi"))


def test_broken_xml_is_a_named_error() -> None:
    data = paragraphs("Anna: hi")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["word/document.xml"] = members["word/document.xml"][:-40]
    with pytest.raises(ReadError) as error:
        one(zipped(members))
    assert error.value.code == "broken_docx"
