"""Why us, rivals, the message, and what was believed beforehand, in report.md."""

from __future__ import annotations

from collections.abc import Sequence

from icp_synth.exports.escaping import escape_markdown as safe
from icp_synth.exports.markdown.claims import claims
from icp_synth.exports.markdown.text import (
    Lines,
    heading,
    marks,
    own,
    quoted,
    said,
)
from icp_synth.exports.positions import (
    HypothesisShown,
    MentionShown,
    MessageShown,
    PositioningShown,
    TopDownShown,
)
from icp_synth.exports.words import Words


def positioning(found: PositioningShown, words: Words) -> Lines:
    """Yield reasons, differentiators, rivals and the message, as far as there are."""
    if not found.there:
        return
    yield from heading(2, words("section.positioning"))
    yield words("section.positioning_note")
    if found.unnamed:
        yield words("positioning.unnamed")
    if found.why_us:
        yield from heading(3, words("positioning.why_us"))
        yield from claims(found.why_us, words)
        yield from ("", *_of_theme(found, words))
    yield from _single(found, words)
    for name, rows in (
        ("differentiators", found.differentiators),
        ("rivals", found.rivals),
    ):
        if rows:
            yield from heading(3, words(f"positioning.{name}"))
        yield from (_mention(row, words) for row in rows)
    if found.message:
        yield from heading(3, words("positioning.message"))
    for sentence in found.message:
        yield from _message(sentence, words)
    yield from _unserved(found, words)


def _single(found: PositioningShown, words: Words) -> Lines:
    """Yield what single people say outright: of a shared reason, then of their own."""
    for name, heard in (("outright", found.outright), ("reasons", found.reasons)):
        if heard.all:
            yield from heading(3, words(f"positioning.{name}"))
        for citation in heard.all:
            who = safe(citation.who.name)
            yield f"- {quoted(citation.text, citation)} {who} [^{citation.key}]"


def _of_theme(found: PositioningShown, words: Words) -> Lines:
    """Yield of how many people of a reason's theme it is the reason."""
    for one in found.why_us:
        if (n := found.of_theme.get(one.claim.id)) is not None:
            told = words("positioning.of_theme", k=one.supports, n=n)
            yield f"- {said(one.said, words)}{words('claim.colon')}{told}"


def _unserved(found: PositioningShown, words: Words) -> Lines:
    for code, rows in found.unserved.items():
        yield from heading(3, words(f"positioning.{code}"))
        for row in rows:
            count = words("count.of", k=row.k, n=row.of)
            yield f"- {safe(row.card[1])}{words.aside(count)}"
            for label, text in row.texts:
                yield f"  - {safe(label)}{words('claim.colon')}{said(text, words)}"
    if found.unlisted:
        yield from ("", words("positioning.unlisted"))


def _mention(row: MentionShown, words: Words) -> str:
    counted = words("count.of_people", k=row.n, n=row.of)
    known = [counted if row.n else words("mention.none"), *row.stances]
    if row.low is not None:
        known.insert(1, words("count.interval", low=row.low, high=row.high))
    known += [words("rival.said", name=safe(one), n=n) for one, n in row.with_rivals]
    told = words.pair(f"**{safe(row.name)}**", words.joined(known))
    return f"- {told}{marks(row.heard)}"


def _message(one: MessageShown, words: Words) -> Lines:
    known = [words(f"message.{one.code}")]
    if one.near:
        near = words.count("message.near", one.near)
        known = [near] if one.code == "not_found_by_likeness" else [*known, near]
    if one.k:
        known.append(words("count.of", k=one.k, n=one.n))
    if one.against:
        known.append(f"{words('stance.contradicts')} {one.against}")
    heard = one.heard if one.heard.all else one.nearly
    told = words.aside(f"**{words.joined(known)}**")
    yield f"- {own(one.sentence)}{told}{marks(heard)}"
    for text, k in one.parts:
        yield f"  - {words('message.part', text=safe(text), k=k)}"
    if one.counter.all:
        yield f"  - {words.pair(words('claim.counter'), marks(one.counter).strip())}"


def top_down(found: Sequence[TopDownShown], words: Words) -> Lines:
    """Yield what was believed beforehand, each belief against the interviews."""
    if not found:
        return
    yield from heading(2, words("section.top_down"))
    yield words("section.top_down_note")
    for one in found:
        yield from heading(3, safe(one.name))
        known = [words(f"top_down.{one.code}"), words.count("count.people", one.people)]
        known.append(words("top_down.evidence", k=one.evidence, n=len(one.rows)))
        if one.nearest:
            near = words("top_down.nearest", share=one.overlap)
            known.append(f"{near} {safe(one.nearest[1])}")
        yield from (words.joined(known), "")
        for row in one.rows:
            yield from _hypothesis(row, words)


def _hypothesis(row: HypothesisShown, words: Words) -> Lines:
    status = words(f"criterion.{row.status}")
    belief = [words("top_down.belief", share=row.belief)] if row.belief else []
    stated = f"{safe(row.field)}{words('claim.colon')}{own(row.text)}"
    told = words.aside(words.joined([f"**{status}**", *belief]))
    yield f"- {stated}{told}{marks(row.heard)}"
    counts = " / ".join(f"{name} {n}" for name, n in row.counts)
    alike = [words.count("top_down.alike", row.alike)] if row.alike else []
    yield f"  - {words.joined([counts, *alike])}"
    if row.counter.all:
        yield f"  - {words.pair(words('claim.counter'), marks(row.counter).strip())}"
    if row.test:
        yield f"  - {words('top_down.test')}{words('claim.colon')}{own(row.test)}"
