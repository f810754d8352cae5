"""Whether an insight of a section's categories is about that section's matter.

A category says what sort of thing is told, a section what it is told of. Where words
alone were read, one keyword ("customer service", "a podcast") is not enough: a second
cue, or the question that was asked, must say that it is about the speaker.
"""

from __future__ import annotations

import re

from icp_synth.domain.insights import Insight
from icp_synth.domain.subjects import of_the_speaker, speaks_of_the_product
from icp_synth.stages.draft.reasons import About, speaks_of_the_offer, words_of

_ABOUT_WORDS = re.compile(
    r"\b(?:wording|jargon|buzz ?words?"
    r"|(?:the|that|this|those|your) (?:word|term|phrase|name|slogan)s?"
    r"|(?:call|calls|calling|called) (?:it|us|me|them|this|that)"
    r"|(?:say|says|saying|talk|talks|talking) (?:like|about us)|sounds? like"
    r"|marketing (?:speak|talk)|sales (?:pitch|talk)|patroni[sz]\w+|condescend\w+)\b"
    r"|行話|行话|術語|术语|說法|说法|講法|讲法|字眼|口號|口号|叫它|叫我們|叫我们|聽起來"
    r"|听起来|話術|话术",
    re.IGNORECASE,
)
"""Talk about how something is said, rather than about what it is."""

_REJECTS = re.compile(
    r"\b(?:hate[sd]?|dislike[sd]?|can(?:no|['’])t (?:stand|bear)|annoy\w*|put (?:me"
    r"|us) off"
    r"|turn(?:s|ed)? (?:me|us) off|patroni[sz]\w+|condescend\w+|insult\w*|offen[cds]\w+"
    r"|nonsense|rubbish|meaningless|empty|silly|stupid|jargon|buzz ?words?|cringe\w*"
    r"|(?:do|does|did|is|was|are)(?:n['’]t| not)|never|don['’]t (?:say|call)"
    r"|stop (?:saying|calling)"
    r"|wrong|off-?putting|nearly|too)\b"
    r"|討厭|讨厌|受不了|反感|不喜歡|不喜欢|別再|别再|不要|聽不懂|听不懂|話術|话术",
    re.IGNORECASE,
)
_BUYING = re.compile(
    r"\b(?:look(?:ed|ing)? (?:for|at|up|around)|search\w*|googl\w*|typed|compar\w+"
    r"|demos?|trial|try|tried|buy\w*|bought|purchas\w+|order(?:ed)?|sign(?:ed)? up"
    r"|switch\w*|chose|choos\w+|pick(?:ed)?|subscrib\w+|recommend\w*|introduced"
    r"|software|tools?|systems?|apps?|program(?:me)?s?|product|vendor|supplier)\b"
    r"|尋找|寻找|在找|搜尋|搜索|比較|比较|試用|试用|購|购|買|买|導入|导入|換|换|系統"
    r"|系统|軟體|软件",
    re.IGNORECASE,
)
_FOUNDING = re.compile(
    r"\b(?:start(?:s|ed|ing)?|found(?:s|ed|ing)?|set(?:s|ting)? up|open(?:s|ed|ing)?)"
    r" (?:up )?(?:the|an?|my|our|their|his|her)(?: own)?"
    r" (?:company|business|firm|shop|practice)\b|創業|创业|開公司|开公司|自己開|自己开",
    re.IGNORECASE,
)
"""What made somebody found a firm is no purchase."""
_OF_THE_FAMILY = frozenset({"family"})
_OF_USE = re.compile(r"\b(?:us(?:e|es|ed|ing)|with it|had it|on it)\b|使用|用了")
_OF_WHO_I_AM = re.compile(
    r"\b(?:years? old|my age|aged?|in my (?:teens|twenties|thirties|forties|fifties"
    r"|sixties)"
    r"|born|grew up|raised|live[sd]?|living|moved|married|single|divorced|retired"
    r"|wom[ae]n"
    r"|m[ae]n|female|male|native|speak|language|kids?|child(?:ren)?|sons?|daughters?"
    r"|wife"
    r"|husband|parents?|mother|father|mom|mum|dad|family|immigrant|city|town|country)\b"
    r"|歲|岁|出生|住在|結婚|结婚|單身|单身|退休|女生|男生|女性|男性|母語|母语|小孩|孩子"
    r"|家庭|老家",
    re.IGNORECASE,
)
_REACHES = re.compile(
    r"\b(?:reach\w*|hear[ds]?|heard|find|found|finds|follow\w*|subscrib\w*|read(?:s"
    r"|ing)?"
    r"|listen\w*|watch\w*|saw|seen|told (?:me|us)|contact\w*|e-?mail(?:ed)? me"
    r"|call(?:ed)? me"
    r"|recommend\w*|came across|discover\w*|learn(?:ed|t)? (?:of|about)|join\w*"
    r"|look(?:ed)? at)\b"
    r"|聽說|听说|聽到|听到|看到|找到|追蹤|追踪|訂閱|订阅|聯絡|联络|介紹|介绍|推薦|推荐"
    r"|加入|收到",
    re.IGNORECASE,
)
_LOYAL = re.compile(
    r"\b(?:brands?|loyal\w*|stick(?:ing)? (?:with|to)|stuck with|swear by|fan of|trust"
    r"|(?:have|['’]ve) been (?:with|using|on)|always (?:use|used|buy|bought|go|gone)"
    r"|switch\w*|prefer\w*|go-?to|recommend\w*|go back to|customer (?:of|since|for))\b"
    r"|品牌|忠實|忠实|一直用|信任|偏好|老客戶|老客户|推薦|推荐",
    re.IGNORECASE,
)
_ASKED_OF = {
    "demographics": re.compile(
        r"\b(?:about yourself|who are you|how old|your age|where (?:do|are) you"
        r"|your family"
        r"|your background)\b|介紹一下自己|自我介紹|幾歲|几岁|住哪|家裡|家里",
        re.IGNORECASE,
    ),
    "channels": re.compile(
        r"\b(?:hear (?:of|about)|find (?:out|us|it|them)|reach you|follow|read|listen"
        r"|come across|learn about)\b|怎麼知道|怎么知道|哪裡看到|从哪|從哪|怎麼聯絡"
        r"|怎么联系",
        re.IGNORECASE,
    ),
    "brand_affinity": re.compile(
        r"\b(?:brands?|how long have you|why (?:do you )?stay|loyal|switch)\b|品牌|多久"
        r"|為什麼留",
        re.IGNORECASE,
    ),
}
_CUES = {
    "demographics": _OF_WHO_I_AM,
    "channels": _REACHES,
    "brand_affinity": _LOYAL,
}
"""Section → the second cue, beside the word by which the category was told."""


def fits(section: str, about: About, insight: Insight) -> bool:
    """Tell whether an insight of a section's categories is about its matter.

    Args:
        section: Its name.
        about: The product, the rivals, and what people had been asked.
        insight: Of a category that the section gathers.
    """
    said = words_of(insight)
    named = about.names_us(insight) or about.names_a_rival(insight)
    belongs = True
    match section:
        case "dislikes" | "objections":
            belongs = not about.of_other(insight)
        case "avoid_saying":
            # A complaint of the product is no word to avoid.
            objects = insight.category == "objection"
            ours = objects and speaks_of_the_offer(insight, about)
            belongs = not about.of_other(insight) and (ours or is_about_words(insight))
        case "purchase_pattern":
            bought = bool(_BUYING.search(said)) and not _FOUNDING.search(said)
            bought = named or bought
            belongs = insight.category != "trigger" or bought
        case "socio_economics":
            of_use = about.names_us(insight) or bool(_OF_USE.search(said))
            belongs = insight.attribute != "experience" or not of_use
        case "demographics":
            mine = insight.attribute in _OF_THE_FAMILY or of_the_speaker(insight)
            belongs = mine and _second_cue(section, about, insight)
        case "channels":
            belongs = _second_cue(section, about, insight)
        case "brand_affinity":
            of_it = named or speaks_of_the_product(said)
            belongs = (
                of_it
                if insight.attribute == "usage_frequency"
                else named or _second_cue(section, about, insight)
            )
    return belongs


def is_about_words(insight: Insight) -> bool:
    """Tell whether somebody rejects how something is put.

    A reader who writes says so by the category; words alone need one that rejects.
    """
    written = insight.statement_origin == "written"
    return any(
        _ABOUT_WORDS.search(quote.text) and (written or _REJECTS.search(quote.text))
        for quote in insight.quotes
    )


def _second_cue(section: str, about: About, insight: Insight) -> bool:
    """Tell whether more than a keyword says that it belongs here.

    A reader who writes has read the sentence, and a field has a value of its own.
    """
    if insight.statement_origin == "written" or insight.normal is not None:
        return True
    if _ASKED_OF[section].search(about.question(insight)):
        return True
    return any(_CUES[section].search(quote.text) for quote in insight.quotes)
