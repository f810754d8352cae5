"""SubRip: cues with an index, dialogue dashes, captioners' marks, stray tags."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from icp_synth.domain.ids import sha256_bytes
from icp_synth.domain.transcripts import Document
from icp_synth.stages.read.captions import label_cues
from icp_synth.stages.read.cues import (
    Cue,
    check_complete,
    counted,
    parse_cues,
)
from icp_synth.stages.read.decode import decode, unify_line_ends
from icp_synth.stages.read.options import ReadOptions
from icp_synth.stages.read.text import FOOTER
from icp_synth.stages.read.turns import build_text

READER = "srt/1"

_TAG = re.compile(
    r"</?(?:i|b|u|s|em|strong|font|span|c|v|br)\b[^<>]*>|\{\\[^{}]*\}", re.I
)


def read(data: bytes, options: ReadOptions) -> Sequence[Document]:
    """Read a SubRip file.

    Args:
        data: The file's bytes.
        options: Encoding, and names that are labels.

    Returns:
        One document.

    Raises:
        SourceRefused: No text, or no timing line in it.
    """
    decoded = decode(data, encoding=options.encoding)
    text = unify_line_ends(decoded.text)
    timed = parse_cues(text, blank_ends=False)
    cleaned = [_cleaned(cue) for cue in timed.cues]
    footers = sum(len(cue.lines) for cue in timed.cues) - sum(
        len(cue.lines) for cue in cleaned
    )
    parts, told = label_cues(cleaned, options.known_labels)
    canonical, turns = build_text(parts)
    document = Document(
        text=canonical,
        turns=turns,
        sha256=sha256_bytes(data),
        reader=READER,
        notices=(*decoded.notices, *timed.notices, *told),
        counts=counted(
            parsed_cues=len(timed.cues),
            skipped_cues=timed.skipped,
            lines_outside_cues=timed.left_out + footers,
        ),
    )
    return (check_complete(text, document),)


def _cleaned(cue: Cue) -> Cue:
    lines = (html.unescape(_TAG.sub("", line)).strip() for line in cue.lines)
    kept = tuple(line for line in lines if line and not FOOTER.match(line))
    return cue._replace(lines=kept)
