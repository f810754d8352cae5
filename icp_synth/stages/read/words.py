"""Labels as words: what is one name, who usually asks, what names nobody."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = dict.fromkeys(
    [
        *(0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xAD),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    ]
)


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set; for lists that are easier to read so."""
    return frozenset(text.split())


INTERVIEWER_LABELS = word_set("""
    interviewer moderator host facilitator researcher questioner
    ai assistant bot chatbot int iv mod q question
    intervieweur intervieweuse interviewerin moderatorin entrevistador
    entrevistadora moderador moderadora
    訪談者 访谈者 訪談人 访谈人 主持人 採訪者 采访者 採訪人 采访人 訪問者 访问者
    訪問人 訪員 访员 主訪 主訪者 記者 记者 提問者 提问者 發問者 問 问 研究者 研究員
    研究员 助理 助手 司会 司會 聞き手 インタビュアー المحاور
    """)
"""Who asks; compared after `label_key`."""

PARTICIPANT_LABELS = word_set("""
    participant interviewee respondent informant
    受訪者 受访者 被訪者 被访者 受訪人 受访人 回答者 答
    """)
"""Who answers, and nothing else: enough to decide where nobody's label asks."""

_GENERIC_LABELS = (
    INTERVIEWER_LABELS
    | PARTICIPANT_LABELS
    | word_set("""
        user speaker spk guest unknown customer client attendee caller person human
        male female man woman answer unidentified
        使用者 用戶 用户 來賓 来宾 嘉賓 嘉宾 講者 讲者 說話者 说话者 發言人 发言人
        與談人 与谈人 客戶 客户 顧客 顾客 男 女 不明 某人 參與者 参与者
        """)
)
_NUMBERED = re.compile(
    r"[\s_#.\-]*(?:\d{1,3}|[a-z]|one|two|three|four|[一二三四五六七八九十甲乙丙丁]|\([^()]*\))$"
)
_PLACEHOLDER = re.compile(
    r"^(?:unknown|unidentified|unnamed|unclear|other|multiple)\s+"
)
"""What a transcriber writes before a word that names nobody."""

_PHONE = re.compile(r"\+?[\d\s().\-]{5,}$")
_LETTER = re.compile(r"[a-z]\.?\d{0,2}$")

_NOT_A_LABEL = word_set("""
    note notes ps p.s. nb n.b. edit update example e.g. i.e. eg ie summary warning
    http https mailto ftp re fwd fw subject date time title duration location source
    link links url file details topic first second third firstly secondly finally also
    pros cons thanks yes no ok okay well so but and then anyway honestly basically
    result results conclusion tldr tl;dr today attendees participants company
    interviewers name
    例如 比如 譬如 像是 例 註 注 備註 备注 結論 结论 重點 重点 問題 问题 總之 总之
    第一 第二 第三 第四 第五 其次 最後 最后 首先 另外 日期 時間 时间 地點 地点 主題
    主题 標題 标题 與會者 与会者 結果 结果 方法 方式 原因 目的 優點 缺點 优点 缺点
    """)
_ENDS_LIKE_A_SENTENCE = re.compile(
    r"(?:\s(?:said|says|say|asked|told|is|was|are|were|be|like|this|that|these|those"
    r"|following|follows|means|example|because|and|or|but|to|of|me|it|i|self|do|did"
    r"|things?|points?|questions?|reasons?|ways?|steps?|words)"
    r"|[說说講讲是的了為为到指寫写想]|提到|表示|認為|认为|覺得|觉得|例如|比如|如下|[問问]題"
    r"|第[一二三四五六七八九十\d]+[個个点點項项件]?|[這这那]樣|個|个)$",
    re.IGNORECASE,
)
_SENTENCE_MARK = re.compile(r"[!?;\"“”…。，！？；、「」『』]|\.\s+[a-z]|,\s+[a-z]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_SURNAMES = frozenset(
    "王李張张劉刘陳陈楊杨黃黄趙赵周吳吴徐孫孙馬马朱胡郭何林高羅罗鄭郑梁謝谢宋唐許许"
    "鄧邓馮冯韓韩曹曾彭蕭萧蔡潘田董袁于余葉叶蔣蒋杜蘇苏魏程呂吕丁沈任姚盧卢傅鍾钟姜"
    "崔譚谭廖范汪陸陆金石戴賈贾韋韦夏邱方侯鄒邹熊孟秦白江閻阎薛尹段雷黎史龍龙陶賀贺顧"
    "顾毛郝龔龚邵萬万錢钱嚴严賴赖洪莊庄柯翁簡简詹游施古歐欧連连卓"
)
_HONORIFIC = re.compile(
    r"(?:先生|小姐|女士|太太|老師|老师|教授|醫師|医师|醫生|医生|經理|经理|主任|博士"
    r"|同學|同学|店長|店长|董事長|董事长|執行長|执行长|總監|总监|さん|氏)$"
)
_PARTICLES = word_set(
    "de da do di du van von der den la le el al bin ibn of y e zu and"
)


def visible(text: str) -> str:
    """Return the text without direction marks and zero-width characters."""
    return text.translate(_INVISIBLE)


@lru_cache(maxsize=4096)
def label_key(label: str) -> str:
    """Return what equal labels share: width, case, marks and spaces folded.

    Example:
        >>> label_key(" **ＡＩ**：") == label_key("ai")
        True
    """
    folded = unicodedata.normalize("NFKC", visible(label)).casefold()
    return " ".join(folded.strip("*_#: \t\u2236\ufe55").split())


def _base(key: str) -> str:
    """Return the key without a number, letter or bracket behind it."""
    if _LETTER.fullmatch(key):
        return key[0]
    return _NUMBERED.sub("", key).strip(" _-") or key


def is_interviewer_label(label: str) -> bool:
    """Tell whether the label by itself says that this speaker asks."""
    key = label_key(label)
    return key in INTERVIEWER_LABELS or (
        len(_base(key)) > 1 and _base(key) in INTERVIEWER_LABELS
    )


def is_participant_label(label: str) -> bool:
    """Tell whether the label by itself says that this speaker answers."""
    key = label_key(label)
    return key in PARTICIPANT_LABELS or (
        len(_base(key)) > 1 and _base(key) in PARTICIPANT_LABELS
    )


def is_generic_label(label: str) -> bool:
    """Tell whether the label names a part in the talk and not a person.

    Such labels (`Speaker 2`, `User`, `R`, `Unknown Speaker`, `受訪者`) are never joined
    over files.
    """
    key = label_key(label)
    named = _PLACEHOLDER.sub("", key, count=1)
    return (
        not key
        or bool(_LETTER.fullmatch(key))
        or bool(_PHONE.fullmatch(key))
        or not _GENERIC_LABELS.isdisjoint({key, _base(key), named, _base(named)})
    )


def is_presentation(label: str) -> bool:
    """Tell whether the label is a shared screen, which Meet lists as a speaker."""
    return bool(re.search(r"['’]s presentation$", label_key(label)))


@lru_cache(maxsize=4096)
def reads_as_sentence(label: str) -> bool:
    """Tell whether what stands before a colon is talk and not a speaker.

    True for sentence marks, for more than four words that start in lower case or
    are mostly lower case, and for more than ten Chinese characters.
    """
    words = label.split()
    low = sum(word[:1].islower() for word in words)
    return (
        bool(_SENTENCE_MARK.search(label))
        or (len(words) > 4 and (words[0][:1].islower() or 2 * low >= len(words)))
        or len(_HAN.findall(label)) > 10
    )


@lru_cache(maxsize=4096)
def may_be_label(label: str) -> bool:
    """Tell whether repetition is enough to take the words for a speaker."""
    key = label_key(label)
    if is_interviewer_label(label) or is_participant_label(label):
        return True
    return bool(
        key
        and key not in _NOT_A_LABEL
        and not reads_as_sentence(label)
        and not _ENDS_LIKE_A_SENTENCE.search(key)
    )


@lru_cache(maxsize=4096)
def is_name_shaped(label: str) -> bool:
    """Tell whether the words look like a name even where they stand but once."""
    if not may_be_label(label):
        return False
    if is_interviewer_label(label) or is_generic_label(label):
        return True
    if _HAN.search(label):
        return _is_chinese_name(label_key(label))
    words = re.sub(r"[(（][^()（）]*[)）]", " ", label).split()
    if not 1 <= len(words) <= 5:
        return False
    return all(_is_name_word(word) for word in words)


def _is_name_word(word: str) -> bool:
    first = word[0]
    return (
        first.isupper()
        or any(char.isdigit() for char in word)
        or word in _PARTICLES
        or (first.isalpha() and not first.islower() and not first.isupper())
    )


def _is_chinese_name(key: str) -> bool:
    if _HONORIFIC.search(key):
        return len(key) <= 8
    return 2 <= len(key) <= 3 and key[0] in _SURNAMES
