"""Recognise questions that offer the answer, and answers that only take it."""

from __future__ import annotations

import re

from icp_synth.domain.spans import Span
from icp_synth.domain.transcripts import Transcript, Turn
from icp_synth.stages.ground.fold import fold
from icp_synth.stages.ground.sentences import sentences

_QUESTION_END = re.compile(r"[?？][\"'”’」』）)\]]*$")

_TAG = re.compile(
    r"""
      [,;.\-]\ ?(?:
          right | correct | yes | yeah | no | true | ok | okay | eh | agreed
        | (?:is|are|was|were|do|does|did|have|has|can|could|will|would)
          \ (?:it|he|she|they|you|we|that)
      )\?$
    | \b(?:
          am\ i\ right
        | is\ (?:that|this|it)\ (?:fair|right|correct|accurate|so|true|the\ case)
      )\?$
    | (?:對不對|对不对|是不是|對吧|对吧|是吧|對嗎|对吗|對嘛|对嘛|不是嗎|不是吗)\?$
    | (?:沒錯吧|没错吧|是這樣嗎|是这样吗)\?$
    """,
    re.VERBOSE,
)
"""Ends of a sentence that ask for nothing but assent."""

_ASKS_BACK = re.compile(
    r"""
    (?:\b(?:right | correct | huh)
      | \b(?:is|are|was|were|do|does|did|have|has|ca|could|wo|would|should|ai)n't
        \ (?:it|he|she|they|you|we|that|this|there|i)
    )\?$
    """,
    re.VERBOSE,
)
"""The same without a comma, as speech is often written down."""

_OFFERS = re.compile(
    r"""
    ^(?:(?:so|and|but|then|well|okay|ok|now|i\ mean),?\ )*
    (?:
        (?:do|would|is|are|was|were|did|have|has|could|should|ca|wo)n't\ \w+
      | (?:would|do|did)\ you\ (?:say|agree|also\ (?:say|think|feel|find))\ \w+
      | (?:is|would|isn't)\ it\ (?:be\ )?fair\ to\ say
    )
    | 是不是(?:就|也|都|會|会|還|还)?(?:覺得|觉得|認為|认为|感覺|感觉)
    | 是不是(?:就|也|都|會|会|還|还)?(?:很|太|比較|比较|更|非常)
    | 不(?:覺得|觉得|認為|认为).*[嗎吗]\?$ | 難道 | 难道 | 吧\?$
    """,
    re.VERBOSE,
)
_STATES = re.compile(
    r"""
    ^(?:(?:so|and|but|then|well|okay|ok|now|i\ mean),?\ )*
    (?:
        (?:surely|clearly|obviously|presumably)\b
      | i\ (?:guess|assume|suppose|imagine|take\ it|bet)\b
      | (?:sounds|seems|looks)\ like\b
      | (?:you|it|that|this|they|these|those|there)(?:'d|'re|'s|'ve|'ll)?\ \w+
    )
    """,
    re.VERBOSE,
)
"""A statement with a question mark: "You'd say it is slow?"."""

_INVERSION = re.compile(
    r"\b(?:can|could|would|will|do|does|did|is|are|was|were|have|has|any)"
    r"\ (?:you|it|that|there|this|they|we|he|she|your|examples?)\b"
)
_OPEN = re.compile(
    r"\b(?:what|why|how|who|whom|whose|which|where|when|tell\ me|or(?!\ so\b))\b"
    "|什麼|什么|怎麼|怎么|為何|为何|哪|誰|谁|多少|(?:幾|几)(?!乎)|如何|還是|还是"
)

_AGREEMENT = re.compile(
    r"""
    ^[\W_]*(?:(?:
        yes|yeah|yep|yup|ya|right|exactly|correct|true|sure|definitely|absolutely
      | totally|certainly|indeed|agreed|okay|ok|(?>mhm+)|(?>h?m{2,})|uh[ -]huh
      | of\ course|for\ sure|i\ (?:think\ so|agree|guess|suppose|would|do)|so
      | that's\ (?:right|true|it|correct)|you're\ right|very\ much|it\ is
      | 沒錯|没错|對|对|是的|是|嗯|當然|当然|的確|的确|確實|确实|同意|好的?
      | 應該是|应该是|有|會|会|啊|吧|呀|喔|哦|噢
    )[\W_]*)+$
    """,
    re.VERBOSE,
)


def leads(question: str) -> bool:
    """Tell whether what an interviewer says ends on a question that offers its answer.

    Only the last question of the turn counts: the one that is answered. A tag leads
    in any case ("…, right?", "…, isn't it?", "…對不對？"); an open question (what,
    how …) and a choice ("… or …") do not.

    Example:
        >>> leads("So you'd say the export is too slow, right?")
        True
        >>> leads("How do exports work?")
        False
    """
    asked = [question[start:end].strip() for start, end in sentences(question)]
    asked = [sentence for sentence in asked if _QUESTION_END.search(sentence)]
    if not asked:
        return False
    last = fold(asked[-1], marks=False).text
    if _TAG.search(last):
        return True
    if _OPEN.search(last):
        return False
    if _ASKS_BACK.search(last) or _OFFERS.search(last):
        return True
    return bool(_STATES.search(last)) and not _INVERSION.search(last)


def agrees(words: str) -> bool:
    """Tell whether the words are nothing but assent: "Yeah, exactly.", "嗯，對。"."""
    return bool(_AGREEMENT.match(fold(words, marks=False).text))


def is_led(transcript: Transcript, turn: Turn, span: Span) -> bool:
    """Tell whether a quote only takes what the question before it offers.

    Args:
        transcript: With roles.
        turn: The participant turn that holds the quote.
        span: The quote's, in the canonical text.

    Returns:
        True when the interviewer's turn just before leads, and the quote is bare
        assent or begins in the first sentence that says more than that.
    """
    before = (other for other in transcript.turns if other.end <= turn.start)
    asked = max(before, key=lambda other: other.end, default=None)
    if asked is None or asked.speaks != "interviewer":
        return False
    if not leads(transcript.text[asked.start : asked.end]):
        return False
    taken = span.start < _end_of_first_answer(transcript, turn)
    return taken or agrees(span.of(transcript.text))


def _end_of_first_answer(transcript: Transcript, turn: Turn) -> int:
    """Return where the first sentence of an answer ends that is not bare assent."""
    answer = transcript.text[turn.start : turn.end]
    for start, end in sentences(answer):
        if not agrees(answer[start:end]):
            return turn.start + end
    return turn.end
