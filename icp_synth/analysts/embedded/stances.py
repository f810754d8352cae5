"""The words by which opposites and negations are told, and those that take them back.

English and Chinese (Traditional); all are looked for in text through `cues.plain`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_NEGATION_EN = re.compile(
    r"\b(?:not|never|no|nobody|no one|none|nothing|neither|nor|hardly|rarely|seldom"
    r"|without|cannot)\b|\w*n't\b"
)
_NEGATION_ZH = re.compile(
    r"從來(?:不會|不|沒有|沒)|(?:根本|完全|並|都|也)?(?:不會|不用|不太|沒有|沒在|不是|無法|不|沒|別|未)"
)
NO_NEGATION_ZH = re.compile(
    r"不過|不錯|差不多|不管|不同|不一樣|不久|不少|不斷|不得了|不好意思|對不對|是不是|好不好|要不要"
    r"|會不會|有沒有|能不能|不得不|沒關係|沒錯|不然"
)
"""Words that hold a negation and deny nothing."""

NEGATION = {"en": _NEGATION_EN, "zh": _NEGATION_ZH}

NO_SIDE = {
    "en": re.compile(
        r"\b(?:all|the|that's|you're|it) right\b"
        r"|\bright (?:now|away|there|here|at|after|before|in|on|up|down|into|from)\b"
        r"|\benough to\b|\bto be clear\b|\bproblem[- ]solv\w+"
        r"|\bas far as\b.*concerned\b"
        r"|\b(?:save|saved) (?:as|files?)\b|\bfast food\b|\bfast forward\b"
    ),
    "zh": re.compile(
        r"簡單(?:來)?(?:講|說)|快樂|愉快|趕快|[盡儘]快|涼快|快要|快速|[災為刁難]難|難(?:民|過|得|免|道|怪)|慢慢|水準|標準"
        r"|準備|批准|核准|準則|基準|瞄準|愛心|可愛|愛情|熱愛|寶貴|珍貴|高貴|貴賓|貴(?:公司|單位|會|部|院)"
        r"|省(?:級|府|政|籍)|反省|錯(?:過|綜|愕|開)|恨不得|(?<![有沒大])問題"
    ),
}
"""Words that hold one of an axis and take no side."""

FUNCTION_ZH = re.compile(
    r"我們|你們|他們|大家|自己|這邊|這種|這樣|那種|那個|這個|一個|其實|真的|現在|反而|還是|就是|可以|應該"
    r"|每次|每個月|常常|非常|很多|比較|一直|至少|大概|根本|完全|因為|所以|我|你|他|她|它|的|了|都|也|就"
    r"|很|太|這|那|是|在|有|會|要|啊|呢|吧|喔|耶|啦|嘛|得|地|著|過|把|被|跟|和|與|對於|還|又|再|能"
    r"|多|些|個|下|到|起|給|讓|只|才|會|嗎"
)


class Axis(NamedTuple):
    """Two sets of words that are opposites."""

    name: str
    up: re.Pattern[str]
    down: re.Pattern[str]


def _axes(*rows: tuple[str, str, str], words: bool) -> tuple[Axis, ...]:
    return tuple(
        Axis(name, _any_of(up, words=words), _any_of(down, words=words))
        for name, up, down in rows
    )


def _any_of(listed: str, *, words: bool) -> re.Pattern[str]:
    union = "|".join(
        re.escape(word).replace("_", " ").replace(r"\ ", " ")
        for word in sorted(listed.split(), key=lambda word: (-len(word), word))
    )
    return re.compile(rf"\b(?:{union})\b" if words else f"(?:{union})")


# What is troublesome or lacking is denied by "no trouble", never by a "not" that tells
# the trouble: "the part's not in the van" bears out "they have trouble with parts".
AXES = {
    "en": _axes(
        (
            "speed",
            "fast faster quick quickly quicker instant instantly",
            "slow slower slowly sluggish",
        ),
        (
            "ease",
            "easy easier easily simple straightforward effortless",
            "hard harder difficult complicated tricky nightmare",
        ),
        (
            "price",
            "cheap cheaper affordable reasonable cheapest",
            "expensive pricey overpriced too_high too_much too_expensive",
        ),
        (
            "right",
            "right correct accurate reliable",
            "wrong incorrect inaccurate unreliable",
        ),
        (
            "use",
            "useful helpful valuable",
            "useless worthless pointless unhelpful",
        ),
        (
            "liking",
            "love loves loved enjoy enjoys",
            "hate hates hated dislike dislikes loathe despise",
        ),
        (
            "trust",
            "trust trusts believe believes",
            "distrust mistrust doubt",
        ),
        (
            "time",
            "save saves saved saving",
            "waste wastes wasted",
        ),
        (
            "clear",
            "clear obvious",
            "unclear confusing confuses",
        ),
        (
            "worry",
            "concern concerns concerned worried worry afraid fear fears scared",
            "relaxed calm",
        ),
        (
            "safe",
            "safe secure",
            "risky unsafe dangerous",
        ),
        (
            "number",
            "enough plenty",
            "lack lacks lacking shortage missing short_of",
        ),
        (
            "trouble",
            "painless smoothly",
            "trouble troubles problem problems struggle struggles struggling"
            " struggled headache headaches hassle hassles issue issues difficulty"
            " difficulties complain complains complaint complaints frustrated"
            " frustrating annoyed annoying suffer suffers",
        ),
        words=True,
    ),
    "zh": _axes(
        (
            "speed",
            "很快 快",
            "很慢 慢",
        ),
        (
            "ease",
            "簡單 容易",
            "複雜 困難 麻煩 難",
        ),
        (
            "price",
            "便宜 划算 合理",
            "昂貴 貴",
        ),
        (
            "right",
            "準確 正確 準",
            "錯誤 錯",
        ),
        (
            "liking",
            "喜歡 愛",
            "討厭 恨",
        ),
        (
            "trust",
            "相信 信任",
            "懷疑",
        ),
        (
            "time",
            "節省 省",
            "浪費",
        ),
        (
            "clear",
            "清楚",
            "模糊 混亂",
        ),
        (
            "number",
            "足夠",
            "缺少 缺 短缺",
        ),
        (
            "trouble",
            "順利",
            "問題 困擾 頭痛 頭疼 煩惱 苦惱 抱怨 吃力",
        ),
        words=False,
    ),
}

ANY_AXIS = {
    language: re.compile(
        "|".join(word.pattern for axis in axes for word in (axis.up, axis.down))
    )
    for language, axes in AXES.items()
}
"""Found where a word of any axis stands; most texts hold none, and one look tells."""

AXIS_BEGINNINGS = frozenset(
    re.findall(r"[a-z]+", word.replace("\\", ""))[0]
    for axis in AXES["en"]
    for side in (axis.up, axis.down)
    for word in side.pattern.removeprefix(r"\b(?:").removesuffix(r")\b").split("|")
)
"""First words of what is looked for in English; a text without them has none of it."""

_TROUBLES = frozenset({"trouble", "number"})


def tells_trouble(lowered: str, *, chinese: bool) -> bool:
    """Tell whether a `plain` clause names a trouble or a lack."""
    axes = AXES["zh" if chinese else "en"]
    return any(one.name in _TROUBLES and one.down.search(lowered) for one in axes)


GUARD_SENTENCE = re.compile(
    r"\?|？|\bif\b|\bwould\b|\bwish|\bhope|\bshould\b|\bmight\b|\bunless\b|\bonce\b"
    r"|\bwon't\b|\bwill\b|\bgoing to\b|\bimagine\b|\bsupposed\b|\bexpect"
    r"|\bused to\b|\bback then\b"
    r"|\bin the (?:first|old|early) (?:version|day|year|month|week|place|stage|time)"
    r"|\b(?:my|our|the|his|her) (?:old|previous|former)\b"
    r"|\byears ago\b|\bwhen we were\b|\bat first\b|\bat the beginning\b"
    r"|\bsays?\b|\bsaid\b|\bswears?\b|\bthinks\b|\btells\b|\btold\b|\bclaims?\b"
    r"|\bheard\b(?! (?:of|about)\b)|\breckons?\b|\baccording to\b"
    r"|\byeah,? right\b|\boh,? sure\b|\bof course\b"
    r"|\bit(?:'s not| is not| isn't| wasn't) (?:that|the|just|only)\b"
    r"|\bnot (?:just|only|merely|all|always|every|everybody|everyone|saying)\b"
    r"|\bnot (?:as|so)\b|\b(?:i|we)(?:'d| would)? (?:also )?(?:want|like)\b"
    r"|\bwouldn't say\b|\bdon't (?:know|think|worry)\b|\bno idea\b"
    r"|\bno (?:wonder|surprise|question|doubt)\b|\bden(?:y|ies|ied)\b|\bnever stops?\b"
    r"|n't (?:just|only|merely|simply)\b"
    r"|\bnot (\w+)\W+(?:it|they|he|she|we|i)(?:'s|'re|'m| is| are| am| was| were)"
    r" (?:\w+ ){0,2}\1\b"
    r"|如果|要是|假如|的話|希望|聽說|有人|怎麼可能|最好是|以前|之前|原本|本來|後來|以後|將來"
    r"|不是不|也不是|不只|不但|不是.{1,8}的問題|嗎|不知道|當然|不是(?:普通|一般)|難怪"
)
GUARD_CLAUSE = re.compile(
    r"\b(?:could|couldn't|i'd|we'd|they'd|may|haven't|hasn't|hadn't|don't worry)\b"
    r"|\bnever (?:needed|used|tried|had)\b|\b(?:had|have|has) (?:\w+ )?not\b"
    r"|\b(?:probably|perhaps|maybe|possibly|sometimes|occasionally|almost)\b"
    r"|\b(?:not|never|n't) (?:\w+ )?(?:sure|certain|necessarily|exactly)\b|\bunsure\b"
    r"|\bno matter\b|\b(?:doesn't|does not) matter\b|\brather than\b|\binstead of\b"
    r"|(?<!think )(?<!feel )(?<!know )(?<!find )(?<!believe )(?<!sure )"
    r"\b(?:that|which|who) (?:i|we|they|you|he|she)\b"
    r"|\bthe same (?:\w+ )?(?:as|that)\b|\bevery time\b"
    r"|\b(?:was|were|am|be|been|it's) like\b"
    r"|\b(?:brother|sister|wife|husband|friend|neighbour|neighbor|colleague|agent"
    r"|boss|partner|son|daughter|mother|father|some people|others)\b"
    r"|\bthey (?:say|think|tell|told|claim|promise|believe)\b"
    r"|^(?:and )?(?:when|whenever|as|if|because|since|although|though|while|that|which"
    r"|who|to|by|without|just|even|such|not)\b"
    r"|\bat (?:the|this) (?:moment|time|point)\b"
    r"|朋友|同事|隔壁|別人|應該|可能|說|沒用過|還沒|^像是|^比如|^例如"
    r"|\b(?:work|works|worked|working|try|tries|tried) (?:\w+ )?(?:hard|harder)\b"
    r"|\b(?:before|until|till|except)\b|^other \w+"
    r"|[沒不][^不沒]{1,8}(?:就|才)|[沒不][^不沒]{2,8}(?<![機開社工])會"
)
