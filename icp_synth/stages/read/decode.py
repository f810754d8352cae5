"""From bytes to text: never silent about a guess or a lost byte.

The order: byte order mark, NUL pattern of UTF-16, strict UTF-8, UTF-8 with few
bad bytes (not when an encoding was given), the encoding that was given, and last
charset-normalizer with a check of its guess.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from icp_synth.domain.transcripts import Notice
from icp_synth.domain.values import Value
from icp_synth.errors import SourceRefused

MAX_BAD_SHARE = 0.001
"""Share of bytes that may be replaced before the file counts as not UTF-8."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ESCAPED = re.compile("[\udc80-\udcff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 65536
_SHOWN = 5


class Decoded(Value):
    """Text of a file, byte order mark removed, line ends as they were."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def unify_line_ends(text: str) -> str:
    r"""Return the text with `\r\n` and `\r` as `\n`, otherwise untouched."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def decode(
    data: bytes, *, encoding: str | None = None, max_bad_share: float = MAX_BAD_SHARE
) -> Decoded:
    """Decode a file by the documented order of attempts.

    Args:
        data: The file's bytes.
        encoding: What `--encoding` said.
        max_bad_share: Share of bytes that may be replaced by U+FFFD, 0 to 1.

    Returns:
        The text, what it was decoded as, and what a reader should be told.

    Raises:
        SourceRefused: No attempt held, or the result is no text.
    """
    found = (
        _by_mark(data)
        or _by_nul_pattern(data)
        or _as_utf8(data)
        or (_as_given(data, encoding) if encoding else None)
        or _as_damaged_utf8(data, max_bad_share)
        or _as_guessed(data)
    )
    _refuse_binary(found.text)
    return found


def _by_mark(data: bytes) -> Decoded | None:
    for mark, codec in _BOMS:
        if not data.startswith(mark):
            continue
        try:
            return Decoded(text=data[len(mark) :].decode(codec), encoding=codec)
        except UnicodeDecodeError as error:
            if codec == "utf-8":
                return None
            msg = f"The byte order mark says {codec}, and the bytes do not hold to it"
            raise SourceRefused(
                msg,
                code="broken_encoding",
                place=f"byte {error.start + len(mark)}",
                hint="Save the file as UTF-8.",
            ) from error
    return None


def _by_nul_pattern(data: bytes) -> Decoded | None:
    """Recognise UTF-16 without a mark: NUL bytes, nearly all on one parity."""
    head = data[:_SAMPLE]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    nuls = even + odd
    if not nuls or len(data) % 2 or max(even, odd) < 0.9 * nuls:
        return None
    if nuls < 0.2 * len(head) and _is_utf8(data):
        return None
    codec = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return None
    if "\x00" in text:
        return None
    notice = Notice(code="encoding_guessed", message=f"Read as {codec} without a mark.")
    return Decoded(text=text, encoding=codec, notices=(notice,))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _as_utf8(data: bytes) -> Decoded | None:
    try:
        return Decoded(text=data.decode("utf-8-sig"), encoding="utf-8")
    except UnicodeDecodeError:
        return None


def _as_given(data: bytes, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except LookupError as error:
        msg = f"--encoding {encoding} is no encoding of text that Python knows"
        raise SourceRefused(
            msg, code="unknown_encoding", hint="Try utf-8, cp1252, gb18030 or big5."
        ) from error
    except UnicodeError as error:
        place = f"byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        msg = f"The file is not {encoding}, which --encoding said"
        raise SourceRefused(
            msg,
            code="wrong_encoding",
            place=place,
            hint="Give another --encoding, or save the file as UTF-8.",
        ) from error
    if _SURROGATE.search(text):
        msg = f"Read as {encoding}, the file holds half characters"
        raise SourceRefused(msg, code="wrong_encoding", hint="Save the file as UTF-8.")
    return Decoded(text=text, encoding=encoding)


def _as_damaged_utf8(data: bytes, max_bad_share: float) -> Decoded | None:
    text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
    bad = _ESCAPED.findall(text)
    if len(bad) > max_bad_share * len(data):
        return None
    places: list[int] = []
    for hit in _ESCAPED.finditer(text):
        if len(places) == _SHOWN:
            break
        places.append(len(text[: hit.start()].encode("utf-8", "surrogateescape")))
    likely = all(0x91 <= ord(char) - 0xDC00 <= 0x97 for char in bad)
    advice = "--encoding cp1252" if likely else "--encoding NAME"
    notice = Notice(
        code="bad_bytes",
        message=(
            f"{len(bad)} bytes are no UTF-8 and were replaced (byte "
            f"{', '.join(map(str, places))}{' …' if len(bad) > _SHOWN else ''}); "
            f"if the file has another encoding, give {advice}."
        ),
    )
    return Decoded(
        text=_ESCAPED.sub("\ufffd", text), encoding="utf-8", notices=(notice,)
    )


def _as_guessed(data: bytes) -> Decoded:
    try:
        from charset_normalizer import from_bytes
    except ImportError as error:
        msg = "The file is not UTF-8, and what guesses encodings is not installed"
        raise SourceRefused(
            msg,
            code="unknown_encoding",
            place=_first_bad_byte(data),
            hint='Give --encoding NAME, or pip install "icp-synth[docs]".',
        ) from error
    guesses = [str(match.encoding) for match in from_bytes(data[: 4 * _SAMPLE])]
    for guess in guesses[:1]:
        try:
            text = data.decode(guess)
        except (UnicodeError, LookupError):
            continue
        if not _looks_garbled(text):
            message = f"Guessed to be {guess}; if it reads wrong, give --encoding NAME."
            notice = Notice(code="encoding_guessed", message=message)
            return Decoded(text=text, encoding=guess, notices=(notice,))
    named = ", ".join(guesses[:3]) or "none"
    msg = f"The file is not UTF-8 and its encoding is not certain (guesses: {named})"
    raise SourceRefused(
        msg,
        code="unknown_encoding",
        place=_first_bad_byte(data),
        hint="Give --encoding NAME, or save the file as UTF-8.",
    )


def _first_bad_byte(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"byte {error.start}"
    return ""


def _looks_garbled(text: str) -> bool:
    """Tell whether words mix scripts, as wrongly decoded text does."""
    words = re.findall(r"[^\W\d_]{2,40}", text[:_SAMPLE])
    foreign = [word for word in words if not word.isascii()]
    mixed = sum(len(_scripts(word)) > 1 for word in foreign)
    unassigned = sum(unicodedata.category(char) in {"Cn", "Co"} for char in text[:4096])
    return unassigned > 0 or mixed > 0.2 * max(1, len(foreign))


def _scripts(word: str) -> set[str]:
    """Return the scripts of a word; Japanese writes with three and counts as one."""
    names = {unicodedata.name(char, "?").split(" ", 1)[0] for char in word}
    east_asian = {"CJK", "HIRAGANA", "KATAKANA", "IDEOGRAPHIC", "KATAKANA-HIRAGANA"}
    if names & east_asian:
        names = (names - east_asian) | {"CJK"}
    return names - {"MODIFIER", "COMBINING"}


def _refuse_binary(text: str) -> None:
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > 0.05 * len(sample):
        msg = "The file is no text: it is full of control characters"
        raise SourceRefused(
            msg, code="binary", hint="Export the transcript as TXT, VTT, SRT or DOCX."
        )
