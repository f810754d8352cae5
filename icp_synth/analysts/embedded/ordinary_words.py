"""Whether a product's name that is a word as well stands for the product.

"Word of mouth", "Customer Success Teams", "Oracle Road" and "my husband Claude" name no
program. A program's name stands by itself: it takes no article unless a thing of its
kind follows ("an Excel sheet"), it is no part of a longer name, and what comes behind
goes on with the sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icp_synth.analysts.embedded.sentences import Piece

_VENDORS = (
    r"(?:Microsoft|MS|Adobe|Google|Apple|Autodesk|Atlassian|OpenAI|Anthropic|Oracle)"
)
_THING = (
    r"(?:sheets?|files?|docs?|documents?|lists?|pages?|notes?|channels?|calls?|meetings?"
    r"|apps?|accounts?|templates?|boards?|databases?|tables?|charts?|forms?|macros?"
    r"|formulas?|calendars?|invites?|groups?|chats?|bots?|servers?|tabs?|folders?|tickets?"
    r"|projects?|workspaces?|dashboards?|reports?|extensions?|scripts?|prompts?|models?"
    r"|images?|versions?|subscriptions?|licen[cs]es?|skills?|tools?|products?|suite|cloud"
    r"|software|systems?|platforms?|plug-?ins?|integrations?|add-?(?:on|in)s?|workflows?"
    r"|generators?|links?|brush(?:es)?|features?|exports?|imports?|messages?|threads?"
    r"|spreadsheets?|workbooks?|trackers?|setup|instances?|api)"
)
_MARK = re.compile(
    r"'s\b|[.,;:!?)\]\"”…–—/]|\s?[-–—(/&+]\s?(?![a-z])|-(?:based|like|style)\b|\s*$"
)
"""Signs behind a name that end it."""

_GOES_ON = re.compile(
    r"\s(?:and|or|but|so|to|for|on|in|with|without|which|that|because|as|is|was|are|has"
    r"|does|can|will|now|all|every|each|since|when|where|at|by|from|it|i|i'm|i've|we|they"
    r"|you|he|she|then|instead|again|too|also|daily|quite|often|sometimes|almost|always"
    r"|never|a|an|the|my|our|your|their|this|these|those|any|no|not|more|most|less|here"
    r"|there|right|still|just|only|either|pretty|very|once|twice|before|after|during"
    r"|while|if|until|through|per|via|like|into|over|alone|anyway|today|yesterday"
    r"|everywhere|already|myself|ourselves|itself|rather|than|together|right|well|first"
    r"|last|one|two|three|ai|what|how|who|whenever|up|out|about|between|though|although"
    r"|\w+ly|\w+ing)\b"
    rf"|\s{_THING}\b|\s\d"
)
_IS_THING = re.compile(rf"\s(?:\w+ )?{_THING}\b")
_OWN_SUFFIX = re.compile(
    r"\s(?:I\b|I'|Pro|Code|Opus|Sonnet|Haiku|Flash|Ultra|Online|Premium|Desktop|Cloud|Plus"
    r"|Max|AI|API|Studio|Projects?|Artifacts?|Advanced|Enterprise|Creative|Suite|Express"
    r"|Connect|Boards?|Docs?|Sheets?|[A-Z]{2,}\b|[A-Z]?\d)"
)
_CAPITAL = re.compile(r"\s[A-Z]")

_LONGER = re.compile(rf"(?<=\s)(?!{_VENDORS}\s$|I\s$)[A-Z][a-z]\w*\s$")
"""A name in capitals that goes on with this one: "Customer Success Teams"."""

_COUNTED = re.compile(
    r"\b(?:an?|the|no|any|some|what|every|each|this|that)\s(?:[a-z]+\s)?$",
    re.IGNORECASE,
)
_GIVEN = re.compile(r"\b(?:have|has|had|got|get|keep|give|gave)\s$", re.IGNORECASE)
_VIEW = re.compile(r"\b(?:my|our|your|their)\s$", re.IGNORECASE)

_PERSON = (
    r"(?:husband|wife|spouse|partner|son|daughter|child|kid|brother|sister|mother|father"
    r"|mum|mom|dad|uncle|aunt|cousin|niece|nephew|friend|neighbou?r|boss|manager|colleague"
    r"|co-?worker|assistant|dog|cat|horse|baby|saint"
    r"|(?-i:Mr|Mrs|Ms|Dr))"
)
_CALLED = re.compile(
    rf"\b{_PERSON}s?\.?,?\s(?:is\s|was\s)?(?:named\s|called\s)?$", re.IGNORECASE
)
_IS_PERSON = re.compile(
    rf"(?:,| and| or)\s(?:my|our|his|her|their|an?|the)\s(?:\w+\s)?{_PERSON}\b",
    re.IGNORECASE,
)
_NEAR = re.compile(
    r"\b(?:use|used|uses|using|employ\w*|rely\w* on|reach for|turn(?:ed)? to|go to"
    r"|moved to|switched to)\s"
    r"|\b(?:in|on|onto|with|via|through|into|from|have|bought|got|keep|keeps|open|run"
    r"|running|prefer)\s(?:(?:my|our|an?|the|both|either|like|such as|say|mostly|mainly"
    rf"|just|old|good old|{_VENDORS})\s){{0,3}}$",
    re.IGNORECASE,
)
"""Use that reaches the name: a verb of use before it, or a smaller word beside it."""


def stands_alone(text: str, at: Piece, place: Piece) -> bool:
    """Tell whether a word that may be a product's name is one here, in English.

    Args:
        text: The turn, as it is written.
        at: The word.
        place: Its sentence.

    Example:
        >>> from icp_synth.analysts.embedded.sentences import Piece
        >>> said = "We get them through Word of mouth."
        >>> stands_alone(said, Piece(20, 24), Piece(0, len(said)))
        False
    """
    before, after = text[place.start : at.start], text[at.end : place.end]
    if place.of(text).isupper():
        return False  # "STAND IN LINE": no case tells the name from the word.
    if _CALLED.search(before) or _IS_PERSON.match(after) or _LONGER.search(before):
        return False
    if _CAPITAL.match(after):
        return _OWN_SUFFIX.match(after) is not None
    if _COUNTED.search(before):
        return _IS_THING.match(after) is not None
    given = _GIVEN.search(before) and after.startswith(" to ")  # "have Access to"
    view = _VIEW.search(before) and after.startswith(" on ")  # "my Outlook on life"
    goes_on = _MARK.match(after) or _GOES_ON.match(after.lower())
    return bool(goes_on) and not given and not view


def reached(before: str) -> bool:
    """Tell whether use reaches a word that may be a product's name.

    "I have two dogs, Sora and Miro" has them far from what is done with a program.

    Args:
        before: The clause up to the name.

    Example:
        >>> reached("i keep it in "), reached("i have two dogs, ")
        (True, False)
    """
    return _NEAR.search(before) is not None
