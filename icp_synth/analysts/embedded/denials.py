"""Who denies that there is trouble, and whose worry it is that somebody tells of.

"Language has never been an issue" names an issue and tells of none. "A lot of people
are worried" tells of a worry that its speaker may not have. Both name what others of a
theme name, and neither says it.
"""

from __future__ import annotations

import re
from typing import Literal

from icp_synth.analysts.embedded.cues import plain
from icp_synth.analysts.embedded.own_cues import has_cue_of
from icp_synth.analysts.embedded.sentences import is_chinese

_NO_TROUBLE = {
    "en": re.compile(
        r"(?:\b(?:not|never|no|none|nobody|nothing|hardly|without|zero)\b|n't\b)"
        r"(?: (?:been|be|is|was|has|had|have|having|got|find|found|see|seen|an?|any|one"
        r"|single|of|them|us|ever|even|real|really|big|major|serious|much|many|that"
        r"|those|these|particular|actual))*"
        r" (?:issues?|problems?|bother|trouble|hassles?|complaints?|difficulty"
        r"|difficulties|headaches?)\b"
    ),
    "zh": re.compile(
        r"(?<!有)(?:從來沒有?|從沒|都沒有?|完全沒有?|沒有|不會有|不是)"
        r"(?:過|什麼|甚麼|啥|任何|這個|這種|太大的?|很大的?)*"
        r"(?:問題|困擾|麻煩|困難|抱怨)(?!的|嗎|是|就)"
    ),
}
_LIMITS = re.compile(
    r"\b(?:except|apart from|besides|until|till|unless|other than|not (?:only|just)"
    r"|if|would|wouldn't|used to)\b|[?？]|除了|直到|除非|如果|要是|以前|不只|嗎"
)
"""What limits a denial, or takes it to another time or case."""

_OWN_EN = r"(?:i|i'm|i've|i'd|i'll|me|my|mine|myself|we|we're|we've|we'd|us|our|ours)"
_OTHERS_EN = (
    r"(?<!my )(?<!our )(?:people|others|everyone|everybody|someone|somebody|anyone|they"
    r"|they're|he|he's|she|she's|(?:some|many|most|lots of|a lot of|a few|several|other"
    r"|certain) (?:\w+ )?\w+s"
    r"|\w{2,}[a-rt-z]s(?= (?:are|were|feel|may|might|have|also)\b))"
)
_WORRY_EN = (
    r"(?:worr(?:y|ied|ies|ying)|afraid|fear(?:s|ful|ed)?|scared|scares?|concern(?:s|ed)?"
    r"|anxious|nervous|terrified|dread)"
)
_WORRY = {
    "en": re.compile(rf"\b{_WORRY_EN}\b"),
    "zh": re.compile(r"擔心|擔憂|害怕|(?<!恐)怕(?!說)|憂慮|焦慮|恐懼|顧慮"),
}
_HOLDER = {
    "en": re.compile(rf"\b(?:(?P<own>{_OWN_EN})|(?P<others>{_OTHERS_EN}))\b"),
    "zh": re.compile(
        r"(?P<own>我(?:們)?)|(?P<others>他們|她們|大家|別人|人家|有些人|有的人|有人"
        r"|(?:很多|不少|許多|多數|一些)[^，。；]{0,6}?(?=都|會|很|在|也|擔|害|怕|憂|焦|恐|顧))"
    ),
}
_CUT = re.compile(
    r"[,;:.!?()，；。：！？（）–—]|--|\b(?:but|because|so|though|although)\b"
)
_TO_ME = re.compile(r" (?:me|us)\b|我")
"""What others do that worries the speaker."""

_DENIED = {
    "en": re.compile(
        r"(?:\b(?:not|never|no|without|hardly|nothing|neither|less)\b|n't\b)"
        r"[^,;.]{0,28}$"
    ),
    "zh": re.compile(r"(?:不|沒有?|別)[^，。；]{0,3}$"),
}
_TWICE_DENIED = re.compile(r"n't\b.*n't\b|\b(?:not|n't|can't|cannot) (?:help|stop)\b")
"""Two denials affirm; who cannot stop worrying worries."""


def denies_trouble(statement: str) -> bool:
    """Tell whether a statement denies a trouble, and tells of no other one.

    Example:
        >>> denies_trouble("With us language has never been an issue")
        True
        >>> denies_trouble("Finding them is no problem but keeping them is a headache")
        False
    """
    language = "zh" if is_chinese(statement) else "en"
    lowered = plain(statement)
    if not _NO_TROUBLE[language].search(lowered) or _LIMITS.search(lowered):
        return False
    return not has_cue_of("pain", _NO_TROUBLE[language].sub(" ", lowered))


def worry_of(statement: str) -> Literal["own", "others", "denied"] | None:
    """Return whose worry a statement tells of; None where it names none.

    A worry without a holder ("the main concern is …") is the speaker's, and so is
    that of people who are theirs ("my drivers"). One worry of their own is enough.

    Example:
        >>> worry_of("A lot of people are worried about their jobs")
        'others'
        >>> worry_of("Many are worried, and I worry too")
        'own'
    """
    language = "zh" if is_chinese(statement) else "en"
    lowered = plain(statement)
    found: Literal["own", "others", "denied"] | None = None
    for worry in _WORRY[language].finditer(lowered):
        before = _CUT.split(lowered[: worry.start()])[-1]
        holders = list(_HOLDER[language].finditer(before))
        if holders and holders[-1]["others"]:
            if _TO_ME.match(lowered, worry.end()):
                return "own"
            found = found or "others"
        elif _DENIED[language].search(before) and not _TWICE_DENIED.search(before):
            found = found or "denied"
        else:
            return "own"
    return found
