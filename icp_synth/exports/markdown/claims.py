"""Claims in report.md: k of n, what they say, who is for and against."""

from __future__ import annotations

from collections.abc import Sequence

from icp_synth.exports.claims import ClaimShown
from icp_synth.exports.escaping import escape_markdown as safe
from icp_synth.exports.markdown.text import Lines, marks, said
from icp_synth.exports.words import Words


def claims(all_of_them: Sequence[ClaimShown], words: Words) -> Lines:
    """Yield claims as a list."""
    for one in all_of_them:
        yield from claim(one, words)


def claim(one: ClaimShown, words: Words) -> Lines:
    """Yield a claim, its stances below it, and what speaks against it."""
    count = words("count.of", k=one.k, n=one.n)
    notes = words.joined(_notes(one, words))
    yield f"- **{count}** {worded(one, words)}{words.aside(notes)}{marks(one.voices)}"
    counts = (f"{words(f'stance.{stance}')} {n}" for stance, n in one.stances)
    differs = words.aside(one.differs) if one.differs else ""
    yield f"  - {words('stance.all', n=one.of)} {' / '.join(counts)}{differs}"
    if one.counter.all:
        yield f"  - {words.pair(words('claim.counter'), marks(one.counter).strip())}"
    if one.divided.all:
        yield f"  - {words.pair(words('claim.divided'), marks(one.divided).strip())}"


def worded(one: ClaimShown, words: Words) -> str:
    """Return what a claim says, marked where it may say more than its quotes."""
    text = said(one.said, words)
    if one.fact:
        text = f"{safe(one.label)}{words('claim.colon')}{text}"
    return f"{text} **({words('claim.flagged')})**" if one.flag else text


def _notes(one: ClaimShown, words: Words) -> Lines:
    if not one.fact:
        yield safe(one.label)
    if one.claim.basis == "inference":
        yield words("claim.inference")
    if one.flag:
        yield safe(words("claim.flagged_note", reason=one.flag))
    if one.claim.insights:
        yield words.count("count.mentions", one.voices.mentions)
    if implied := one.voices.mentions - one.voices.explicit:
        yield words("claim.implicit", n=implied)
    if one.voices.leading:
        yield words.count("claim.leading", one.voices.leading)
    if one.sources:
        kinds = words.listed(f"{safe(kind)} {n}" for kind, n in one.sources)
        yield kinds
    if one.sure:
        level = words(f"level.{one.sure.level}")
        yield words("claim.confidence", level=level, value=one.sure.value)
    if decision := one.claim.decision:
        yield words(f"claim.{decision.verdict}", by=safe(decision.by))
