"""Which language a transcript is in, by its script and a few common words."""

from __future__ import annotations

import re

from icp_synth.stages.read.words import word_set

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3041-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’][a-z]+)?")
_ENGLISH = word_set("""
    the a an and or but of to in on for with that this it is was are were be have has
    i i'm i've you we they he she my our your do did not so just like what how when
    if at from as about there yeah
    """)
_SAMPLE = 20_000
_ENGLISH_SHARE = 0.2
_FEWEST = 3


def detect_language(text: str) -> str:
    """Return `en`, `zh`, `ja`, `ko`, or `und` when it cannot be told.

    A Chinese character counts as a word, and so does a run of Latin letters: the
    language of the greater number is taken. English is told from other languages
    in Latin letters by its commonest words.

    Args:
        text: Any text; the first 20,000 code points are looked at.

    Example:
        >>> detect_language("我們用 Excel 對帳，每個月要九天")
        'zh'
    """
    sample = text[:_SAMPLE]
    han, kana = len(_HAN.findall(sample)), len(_KANA.findall(sample))
    hangul = len(_HANGUL.findall(sample))
    words = [word.lower().replace("’", "'") for word in _LATIN_WORD.findall(sample)]
    most = max(han + kana, hangul, len(words))
    if most < _FEWEST:
        return "und"
    if most == hangul:
        return "ko"
    if most == han + kana:
        return "ja" if kana > 0.1 * most else "zh"
    english = sum(word in _ENGLISH for word in words)
    return "en" if english >= _ENGLISH_SHARE * len(words) else "und"
