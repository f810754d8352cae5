"""Rows of cells, from CSV, JSONL or a table in a DOCX: texts, or turns of talk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Self

from icp_synth.domain.ids import sha256_text
from icp_synth.domain.transcripts import Document, Notice
from icp_synth.errors import SourceRefused
from icp_synth.stages.read.decode import unify_line_ends
from icp_synth.stages.read.options import ReadOptions
from icp_synth.stages.read.text import parse
from icp_synth.stages.read.times import parse_time
from icp_synth.stages.read.turns import Part
from icp_synth.stages.read.words import label_key, word_set

_SPEAKER = word_set("""
    speaker speaker_name speakername 說話者 说话者 發言人 发言人 講者 讲者
""")
_WORDS = word_set("""
    text transcript utterance utterances content sentence sentences body words
    interview conversation message answer response 逐字稿 文字 內容 内容 發言 发言 訪談
    访谈
    """)
_START = word_set("start start_time starttime timestamp time from 時間 时间")
_END = word_set("end end_time endtime to")
_ID = word_set("""
    id transcript_id transcriptid interview_id participant_id respondent_id
    response_id case_id session_id user_id record_id 編號 编号 代號 代号
    """)
_META = word_set("""
    participant company account job group date language kind_of_source consent
    quote_ok media
    """)
_LONG = 200
"""Mean code points of a column that may be taken for the interviews."""


class Row(NamedTuple):
    """Cells of one row; `line` from 1, `problem` why it cannot be read."""

    cells: tuple[str, ...]
    line: int
    problem: str = ""


class Sheet(NamedTuple):
    """A table with a header."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]

    @classmethod
    def of(cls, cells: Sequence[Sequence[str]]) -> Self:
        """Make a table of rows whose first is the header; empty rows are dropped."""
        filled = [
            Row(tuple(row), number)
            for number, row in enumerate(cells, start=1)
            if any(cell.strip() for cell in row)
        ]
        header = filled[0].cells if filled else ()
        return cls(tuple(cell.strip() for cell in header), tuple(filled[1:]))

    def column(self, names: frozenset[str]) -> int | None:
        """Return the first column whose header is one of the names."""
        return next(
            (n for n, name in enumerate(self.header) if _key(name) in names), None
        )

    def text_column(self, options: ReadOptions) -> int | None:
        """Return the column of the interviews: as told, by name, or by length.

        Raises:
            SourceRefused: `--text-column` names none.
        """
        if options.text_column:
            return self._told(options.text_column, "--text-column")
        named = self.column(_WORDS)
        if named is not None:
            return named
        means = [self._mean_length(n) for n in range(len(self.header))]
        best = max(range(len(means)), key=means.__getitem__, default=None)
        if best is None or means[best] < _LONG:
            return None
        return best

    def id_column(self, options: ReadOptions, text: int) -> int | None:
        """Return the column of the ids: as told, or by name when it is unique.

        Raises:
            SourceRefused: `--id-column` names none, or gives an id to two rows.
        """
        if options.id_column:
            told = self._told(options.id_column, "--id-column")
            self._check_unique(told)
            return told
        for number, name in enumerate(self.header):
            key = _key(name)
            if number == text or not (key in _ID or key.endswith(("_id", " id"))):
                continue
            ids = [self.cell(row, number) for row in self.rows]
            if all(ids) and len(set(ids)) == len(ids):
                return number
        return None

    def cell(self, row: Row, column: int | None) -> str:
        """Return a cell, stripped; empty where the row is short."""
        if column is None or column >= len(row.cells):
            return ""
        return row.cells[column].strip()

    def _told(self, name: str, flag: str) -> int:
        for number, header in enumerate(self.header):
            if header == name or _key(header) == _key(name):
                return number
        columns = ", ".join(self.header[:20])
        msg = f"No column “{name}” stands in the table; its columns are {columns}"
        raise SourceRefused(
            msg, code="no_column", hint=f"Give one of them with {flag}."
        )

    def _check_unique(self, column: int) -> None:
        counts = Counter(self.cell(row, column) for row in self.rows)
        twice = [name for name, count in counts.items() if count > 1 and name]
        if not twice:
            return
        lines = [row.line for row in self.rows if self.cell(row, column) == twice[0]]
        msg = f"The id “{twice[0][:60]}” is given to several rows"
        raise SourceRefused(
            msg,
            code="id_twice",
            place=f"rows {', '.join(map(str, lines[:5]))}",
            hint="Give each row its own id, or another --id-column.",
        )

    def _mean_length(self, column: int) -> float:
        lengths = [
            len(row.cells[column]) for row in self.rows if len(row.cells) > column
        ]
        return sum(lengths) / len(lengths) if lengths else 0.0


def _key(name: str) -> str:
    return label_key(name).replace(" ", "_")


def is_talk(sheet: Sheet) -> bool:
    """Tell whether each row is a turn: it has a column of speakers and one of words."""
    words = sheet.column(_WORDS)
    if words is None:
        return False
    return sheet.column(_SPEAKER) is not None or is_cue_table(sheet)


def is_cue_table(sheet: Sheet) -> bool:
    """Tell whether the columns are Whisper's `start`, `end`, `text`."""
    return tuple(map(_key, sheet.header)) == ("start", "end", "text")


def parts_of_talk(sheet: Sheet) -> Iterator[Part]:
    """Yield one part a row.

    Times with a colon are read. Bare numbers are milliseconds in Whisper's own
    table; elsewhere their unit is not known, and the time stays unknown.
    """
    speaker, words = sheet.column(_SPEAKER), sheet.column(_WORDS)
    start, end = sheet.column(_START), sheet.column(_END)
    whisper = is_cue_table(sheet)
    for row in sheet.rows:
        yield Part(
            " ".join(sheet.cell(row, speaker).split()) or None,
            sheet.cell(row, words),
            _time(sheet.cell(row, start), bare=whisper),
            _time(sheet.cell(row, end), bare=whisper),
        )


def _time(cell: str, *, bare: bool) -> int | None:
    if bare and cell.isdecimal():
        return int(cell)
    return parse_time(cell)


def read_sheet(
    sheet: Sheet, options: ReadOptions, *, reader: str
) -> tuple[Document, ...]:
    """Read a table of texts: each row is an interview.

    Args:
        sheet: The table.
        options: Columns, and names that are labels.
        reader: Name and version for the documents.

    Returns:
        One document a row, with the columns that participants.csv knows as `meta`.

    Raises:
        SourceRefused: The columns cannot be told, or an id stands twice.
    """
    text = sheet.text_column(options)
    if text is None:
        columns = ", ".join(sheet.header[:20]) or "none"
        msg = f"No column of the table looks like interviews; its columns are {columns}"
        raise SourceRefused(msg, code="no_column", hint="Name one with --text-column.")
    ids = sheet.id_column(options, text)
    guess = _guess_notice(sheet, options, text, ids)
    documents: list[Document] = []
    for number, row in enumerate(sheet.rows, start=1):
        item = sheet.cell(row, ids) or f"row-{number}"
        document = _document(sheet, row, (text, item), options, reader)
        notices = (*guess, *_row_notices(sheet, row, text), *document.notices)
        documents.append(document.model_copy(update={"notices": notices}))
    return tuple(documents)


def _row_notices(sheet: Sheet, row: Row, text: int) -> tuple[Notice, ...]:
    if row.problem:
        return (Notice(code="broken_row", message=row.problem, line=row.line),)
    if sheet.cell(row, text):
        return ()
    what = "no cell" if text >= len(row.cells) else "nothing"
    message = f"the row at line {row.line} has {what} in column “{sheet.header[text]}”"
    return (Notice(code="no_cell", message=message, line=row.line),)


def _guess_notice(
    sheet: Sheet, options: ReadOptions, text: int, ids: int | None
) -> tuple[Notice, ...]:
    told = []
    if not options.text_column:
        told.append(f"column “{sheet.header[text]}” as the text (--text-column)")
    if not options.id_column:
        name = f"column “{sheet.header[ids]}”" if ids is not None else "row numbers"
        told.append(f"{name} as the ids (--id-column)")
    if not told:
        return ()
    return (Notice(code="columns_guessed", message=f"Took {' and '.join(told)}."),)


def _document(
    sheet: Sheet,
    row: Row,
    place: tuple[int, str],
    options: ReadOptions,
    reader: str,
) -> Document:
    text, item = place
    raw = row.cells[text] if text < len(row.cells) else ""
    document = parse(
        unify_line_ends(raw.removeprefix("\ufeff")), options, reader=reader
    )
    meta = {
        _key(name): sheet.cell(row, number)
        for number, name in enumerate(sheet.header)
        if _key(name) in _META and sheet.cell(row, number)
    }
    return document.model_copy(
        update={
            "item": item,
            "sha256": sha256_text(raw),
            "meta": {**meta, **document.meta},
        }
    )
