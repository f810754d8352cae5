"""The text of a DOCX file: opened safely, paragraphs and tables in their order."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from icp_synth.errors import SourceFailed, SourceRefused

MAX_BYTES = 200_000_000
"""Bytes that a DOCX may unpack to, all members together, as really read."""

MAX_MEMBERS = 5_000
MAX_RATIO = 200
"""Unpacked bytes for one packed byte, beyond the first megabyte."""

_CHUNK = 1 << 16
_FREE = 1 << 20
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OLE = b"\xd0\xcf\x11\xe0"
_DTD = re.compile(rb"<\s*!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OFF = {"0", "false", "off", "none"}


class Paragraph(NamedTuple):
    """One line of a paragraph; `bold` code points at its start are set in bold."""

    text: str
    bold: int = 0


class Table(NamedTuple):
    """Rows of cells; the paragraphs of a cell are joined by a line end."""

    rows: tuple[tuple[str, ...], ...]


class WordFile(NamedTuple):
    """What the body of a DOCX holds.

    Attributes:
        blocks: Lines and tables in the order of the file.
        deleted: Stretches that tracked changes deleted; they are not read.
        text_boxes: Text boxes, which are not read.
    """

    blocks: tuple[Paragraph | Table, ...]
    deleted: int
    text_boxes: int


def open_word_file(data: bytes) -> WordFile:
    """Read the body of a DOCX.

    Nothing outside the body is read: no headers, comments, templates or links.

    Raises:
        SourceFailed: No DOCX, cut short, or encrypted.
        SourceRefused: It unpacks to too much, or holds what no transcript needs.
    """
    _check_container(data)
    body = _open_body(data)
    blocks = tuple(_blocks(body))
    return WordFile(
        blocks,
        deleted=sum(1 for _ in body.iter(f"{_W}del", f"{_W}moveFrom")),
        text_boxes=sum(1 for _ in body.iter(f"{_W}txbxContent")),
    )


def _check_container(data: bytes) -> None:
    if data.startswith(_OLE):
        msg = "The file is an encrypted DOCX or an old DOC"
        raise SourceFailed(
            msg, code="encrypted", hint="Save it as DOCX without a password."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_members(archive, len(data))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ) as error:
        msg = f"The file is no DOCX, or it was cut short: {error}"
        raise SourceFailed(
            msg, code="not_docx", hint="Save it as DOCX again, or export as TXT."
        ) from error


def _check_members(archive: zipfile.ZipFile, packed: int) -> None:
    """Read every member once, within limits on what really comes out."""
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        _refuse(f"it holds {len(members)} members")
    limit = min(MAX_BYTES, _FREE + MAX_RATIO * packed)
    total = 0
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts:
            _refuse(f"a member leaves the archive: {member.filename[:80]}")
        if member.external_attr >> 16 & 0o170000 == 0o120000:
            _refuse(f"a member is a link: {member.filename[:80]}")
        is_xml = path.suffix.lower() in {".xml", ".rels"}
        with archive.open(member) as stream:
            head = b""
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                if total > limit:
                    _refuse("it unpacks to far more than a document holds")
                if is_xml:
                    # A declaration may lie across two chunks, or be in UTF-16.
                    window = (head + chunk).replace(b"\x00", b"")
                    if _DTD.search(window):
                        _refuse(f"{member.filename[:80]} declares a DTD")
                    head = chunk[-32:]


def _refuse(why: str) -> None:
    msg = f"The DOCX is refused: {why}"
    raise SourceRefused(
        msg, code="unsafe_docx", hint="Save the document as DOCX again."
    )


_NOT_WORD = (KeyError, ValueError, AttributeError, TypeError, IndexError, OSError)
"""What python-docx raises for packages whose parts do not fit together."""


def _open_body(data: bytes) -> Any:
    import docx

    try:
        return docx.Document(io.BytesIO(data)).element.body
    except _NOT_WORD as error:
        msg = f"The file is a ZIP archive and no Word document: {error}"
        raise SourceFailed(
            msg, code="not_docx", hint="Save it as DOCX again, or export as TXT."
        ) from error
    except SyntaxError as error:  # what lxml raises for XML that is not well-formed
        msg = f"The DOCX holds broken XML: {error.msg}"
        raise SourceFailed(
            msg, code="broken_docx", hint="Open and save it in a word processor."
        ) from error


def _blocks(parent: Any) -> Iterator[Paragraph | Table]:
    """Yield paragraphs and tables in order, also inside content controls."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield from _lines(child)
        elif child.tag == f"{_W}tbl":
            yield Table(tuple(_rows(child)))
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"}:
            yield from _blocks(child)


def _rows(table: Any) -> Iterator[tuple[str, ...]]:
    for row in table.iter(f"{_W}tr"):
        yield tuple(_cell(cell) for cell in row.iterchildren(f"{_W}tc", f"{_W}sdt"))


def _cell(cell: Any) -> str:
    lines = (line.text.strip() for p in cell.iter(f"{_W}p") for line in _lines(p))
    return "\n".join(line for line in lines if line)


def _lines(paragraph: Any) -> Iterator[Paragraph]:
    """Yield the lines of a paragraph; a line break starts a new one."""
    text, bold, leading = "", 0, True
    for piece, is_bold in _pieces(paragraph):
        for number, line in enumerate(piece.split("\n")):
            if number:
                yield Paragraph(text, bold)
                text, bold, leading = "", 0, True
            leading = leading and (is_bold or not line.strip())
            text += line
            if leading and line.strip():
                bold = len(text)
    yield Paragraph(text, bold)


def _pieces(paragraph: Any) -> Iterator[tuple[str, bool]]:
    """Yield the paragraph's text with whether it is bold; deletions stay out."""
    for run in paragraph.iter(f"{_W}r"):
        if _inside(run, paragraph, {f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent"}):
            continue
        written = "".join(_written(child) for child in run)
        if written:
            yield written, _is_bold(run)


def _inside(element: Any, top: Any, tags: set[str]) -> bool:
    for ancestor in element.iterancestors():
        if ancestor is top:
            return False
        if ancestor.tag in tags:
            return True
    return False


def _written(element: Any) -> str:
    if element.tag == f"{_W}t":
        return element.text or ""
    if element.tag in {f"{_W}br", f"{_W}cr"}:
        return "\n"
    return {f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}.get(str(element.tag), "")


def _is_bold(run: Any) -> bool:
    mark = run.find(f"{_W}rPr/{_W}b")
    return mark is not None and mark.get(f"{_W}val", "1").lower() not in _OFF
