"""Whether somebody was asked why they left, and not only when or by whom."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ASKED_WHY = re.compile(
    r"\b(?:leav(?:e|ing)|left|cancel\w*|stop(?:ped)?|quit|switch\w*|go(?:ne)? wrong"
    r"|went wrong|put (?:you|them) off|turn(?:ed)? (?:it|us) down|decid\w+ against"
    r"|(?:not|n['’]t) (?:buy|sign|fit|renew|work|suit))\b"
    r"|離開|离开|取消|不續|不续|停用|不再用|不適合|不适合|沒有?買|没有?买|退訂|退订",
    re.IGNORECASE,
)
_ASKED_NO_REASON = re.compile(
    r"^\W*(?:(?:and|so|but|ok|okay),? )*(?:who|whose|when|where|how (?:long|much|many)"
    r"|(?:did|do|have) you (?:look|find|try|take|use|pick))\b"
    r"|誰|谁|什麼時候|什么时候|多久",
    re.IGNORECASE,
)
"""A question of leaving that asks for something else: "Who decided to leave?\""""
_WHY = re.compile(
    r"\b(?:why|reasons?|how come|what(?:['’]s| was| is)? behind"
    r"|(?:last|final) straw|triggers?"
    r"|(?:what|anything)(?: \w+)? (?:made|drove|pushed|led|caused|prompted))\b"
    r"|為何|为何|為什麼|为什么|為甚麼|原因|怎麼會|怎么会",
    re.IGNORECASE,
)
"""Whatever else such a question asks: "When you left, what was the reason?\""""
_AT_THAT_TIME = re.compile(
    r"^\W*(?:(?:and|so|but|ok|okay),? )*when (?:you|they|we|he|she)\b[^,?]*,\s*",
    re.IGNORECASE,
)
"""What a question is not about: "When you left, what had gone wrong?\""""
_ONLY_WHY = re.compile(
    r"^\W*(?:(?:and|so|but|ok|okay),? )*"
    r"why(?: (?:was|is) (?:that|it|this)| so| then| not)*\W*$"
    r"|^\W*(?:那|又|是)*(?:為何|为何|為什麼|为什么|為甚麼)[呢啊]?\W*$",
    re.IGNORECASE,
)
"""It asks of what the question before it is about: "When did you leave? Why?\""""


def asked_why(questions: Sequence[str]) -> bool:
    """Tell whether one of some questions is why somebody left.

    Args:
        questions: In the order in which they were asked.

    Example:
        >>> asked_why(["When you left, what was the reason?"]), asked_why(["Who left?"])
        (True, False)
        >>> asked_why(["When did you cancel?", "Why?"])
        True
    """
    for at, one in enumerate(questions):
        whole = " ".join(questions[max(0, at - 1) : at + 1])
        asked = whole if _ONLY_WHY.search(one) else one
        itself = _AT_THAT_TIME.sub("", asked)
        if _ASKED_WHY.search(asked) and (
            _WHY.search(asked) or not _ASKED_NO_REASON.search(itself)
        ):
            return True
    return False
