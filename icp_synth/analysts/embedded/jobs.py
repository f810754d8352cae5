"""Which jobs a sentence says that its speaker holds, one after the other.

A job is the whole run of nouns up to its end: "an assistant audio engineer" is no
assistant. Jobs that are joined ("a writer, editor and indie publisher") are told one by
one. What somebody only likes, and how somebody works (a freelancer, a hobbyist), is no
job by itself.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from icp_synth.analysts.embedded.sentences import Piece

if TYPE_CHECKING:
    from collections.abc import Iterator

_SURE = (
    r"(?:manager|director|owner|co-?owner|founder|co-?founder|partner|accountant"
    r"|bookkeeper|controller|engineer|developer|designer|planner|dispatcher|nurse|doctor"
    r"|dentist|pharmacist|teacher|tutor|professor|lecturer|instructor|coach|consultant"
    r"|analyst|assistant|administrator|coordinator|supervisor|foreman|foreperson"
    r"|technician|buyer|chef|baker|cook|secretary|receptionist|lawyer|attorney|paralegal"
    r"|architect|writer|author|editor|journalist|novelist|poet|copywriter|screenwriter"
    r"|playwright|songwriter|scriptwriter|ghostwriter|copyeditor|proofreader|publisher"
    r"|blogger|vlogger|podcaster|streamer|artist|illustrator|photographer|videographer"
    r"|filmmaker|film[ -]maker|producer|musician|composer|singer|dancer|choreographer"
    r"|animator|actor|actress|comedian|performer|sculptor|painter|ceramicist|potter"
    r"|seamstress|tailor|crafter|jewell?er|florist|stylist|barber|hairdresser"
    r"|scientist|researcher|student|officer|executive|president|ceo|cfo|coo|cto"
    r"|marketer|salesperson|recruiter|trainer|therapist|counsellor|counselor|librarian"
    r"|curator|translator|interpreter|carpenter|electrician|plumber|mechanic|welder"
    r"|farmer|gardener|landscaper|cleaner|driver|courier|facilitator|contractor"
    r"|programmer|specialist|strategist|merchandiser|principal|entrepreneur"
    r"|team lead(?:er)?"
    r"|game master|estimator|inspector|surveyor|realtor|broker|agent"
    r"|physicist|chemist|biologist|economist|historian|archivist|vet|veterinarian)"
)
_OFFICES = (
    r"(?:manager|director|owner|co-?owner|founder|co-?founder|partner|accountant"
    r"|bookkeeper|controller|engineer|planner|dispatcher|technician|coordinator"
    r"|supervisor|foreman|foreperson|buyer|administrator|secretary|receptionist"
    r"|principal|president|executive|officer|ceo|cfo|coo|cto|chef|team lead(?:er)?)"
)
_ENDINGS = r"[a-z]{2,}(?:er|or|ist|ian|ess|eer|smith|wright)"
"""Of nouns that name who does something; taken only where the work was asked about."""

_NO_JOB = frozenset(
    {
        *("activist", "adopter", "after", "amateur", "another", "asian", "australian"),
        *(
            "beginner",
            "believer",
            "better",
            "bigger",
            "brother",
            "business",
            "canadian",
        ),
        *("career", "center", "christian", "civilian", "collector", "computer"),
        *("consumer", "customer", "daughter", "either", "error", "ever", "factor"),
        *("faster", "father", "feminist", "fighter", "follower", "foreigner", "former"),
        *("freelancer", "further", "generalist", "hobbyist", "however", "idealist"),
        *("indian", "individualist", "italian", "junior", "laptop", "larger", "later"),
        *("latter", "leader", "learner", "less", "letter", "libertarian", "listener"),
        *("loner", "lover", "major", "matter", "member", "mess", "minimalist"),
        *("minor", "monitor", "mother", "neither", "never", "newcomer", "newer"),
        *("number", "older", "optimist", "order", "other", "outlier", "over", "paper"),
        *("peer", "pensioner", "perfectionist", "pessimist", "player", "power"),
        *("process", "rather", "reader", "realist", "russian", "senior", "sinner"),
        *(
            "sister",
            "slower",
            "smaller",
            "starter",
            "stickler",
            "stranger",
            "subscriber",
        ),
        *("success", "sucker", "supporter", "survivor", "teenager", "thinker"),
        *("tier", "traveler", "traveller", "under", "user", "vegetarian", "viewer"),
        *("visitor", "volunteer", "watcher", "whether", "worrier", "younger"),
    }
)
"""Words with such an ending that name no job when they stand alone."""

_ADVERB = (
    r"(?:currently|now|basically|mostly|mainly|primarily|predominantly|actually"
    r"|essentially|also|both|first and foremost|just|chiefly|largely"
    r"|sometimes|occasionally|often)"
)
_LEAD = re.compile(
    r"(?:\b(?:i'm|i am|i'm working as|i am working as|i(?: \w+)? work as|i've been"
    r"|i've worked as|my (?:job )?title is|my role is|my job as|my work as|here as)"
    rf"(?: {_ADVERB},?)* "
    r"|(?<![\w,;] )(?<![\w,;])\bas (?=an? |the (?:owner|co-?owner|founder|head)\b))"
    r"(?P<v>)"
)
"""What stands before a job; "as a writer" at the beginning of a sentence only."""

_OPINION = (
    r"(?:sole|main|true|only|real|bit|little|better|best|huge|big|kind|sort|lot|good"
    r"|great|bad|terrible|avid|not|very|really|like|same|first|last|typical|average"
    r"|more|less|much|so|too|able|sure|going|happy|former|ex)"
)
_WORD = (
    r"(?!(?:who|that|which|but|for|of|in|on|at|with|by|to|from|as|the|an?|not|no|i|my"
    r"|your|our|his|her|its|their|she|he|it|they|we|you|is|are|was|using)\b)"
    r"[\w&/'-]+"
)
_END = (
    r"(?=\s*(?:[.,;:!?()…–—]|-?-\s|/\s?\w|$)"
    r"|\s(?:and|but|or|who|whose|that|which|at|for|of|in|on|by|with|so|from|as|here|now"
    r"|too|because|where|doing|working|making|living|speciali[sz]\w+|based|under|over"
    r"|trying|when|while|since|during|primarily|mainly|mostly|i|i'm|my|we|your|to"
    r"|currently|looking|myself|full[- ]time|part[- ]time|&)\b)"
)
_THIS_ONE = re.compile(r"\s(?:for|on|of|in|behind) (?:this|that|these|it)\b")
"""Who is a developer "for this project" told a part they played, and no job."""

_JOIN = re.compile(rf"(?:,? (?:and|&|or|as well as) |, | ?/ ?)(?:{_ADVERB} )?")
_STATE = re.compile(r"(?:ing|ed)\b")


@lru_cache(maxsize=2)
def _job(*, asked: bool) -> re.Pattern[str]:
    """Return one job: its article, up to five words before it, and its noun."""
    head = f"{_SURE}|{_ENDINGS}" if asked else _SURE
    return re.compile(
        rf"(?P<a>(?:an?|the|our) )?(?!{_OPINION}\b)(?P<before>(?:{_WORD} ){{0,5}}?)"
        rf"(?:[a-z]+-)?(?P<head>{head}){_END}"
    )


_SURELY = re.compile(_SURE)
_OFFICE = re.compile(_OFFICES)


def jobs(
    lowered: str, place: Piece, *, asked: bool
) -> Iterator[tuple[re.Match[str], Piece]]:
    """Yield the jobs that a sentence names, each behind what led up to it.

    Args:
        lowered: The turn through `cues.plain`.
        place: The sentence.
        asked: The interviewer asked about the speaker's work: then nouns count that
            merely look like one who does something ("luthier").

    Yields:
        The words before ("I'm mostly"; its group `v` is empty and stands where the
        jobs begin), and the job with its article.

    Example:
        >>> said = "i'm a freelance writer and editor."
        >>> [job.of(said) for _, job in jobs(said, Piece(0, len(said)), asked=False)]
        ['a freelance writer', 'editor']
    """
    for lead in _LEAD.finditer(lowered, place.start, place.end):
        at: int | None = lead.end()
        while at is not None:
            match = _job(asked=asked).match(lowered, at, place.end)
            if match is None or (at == lead.end() and not _stands(match)):
                break
            if _is_job(match, lowered):
                yield lead, Piece(match.start(), match.end())
            join = _JOIN.match(lowered, match.end(), place.end)
            at = join.end() if join else None


def _stands(match: re.Match[str]) -> bool:
    """Tell whether the first of some jobs may go without an article, if it does."""
    bare = match.group("a") is None
    return not bare or bool(
        _SURELY.fullmatch(match.group("head"))
        and not _STATE.search(match.group("before"))
    )


def _is_job(match: re.Match[str], lowered: str) -> bool:
    head = match.group("head")
    if head in _NO_JOB or _THIS_ONE.match(lowered, match.end()):
        return False
    if match.group("a") == "the ":
        # A firm has one owner; "the creative driver" is what somebody is by nature.
        return _OFFICE.fullmatch(head) is not None
    return True
