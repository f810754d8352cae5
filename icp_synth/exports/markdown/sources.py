"""Participants, what was checked, what was refused, and how it was made."""

from __future__ import annotations

from icp_synth.exports.checks import Checks
from icp_synth.exports.escaping import escape_markdown as safe
from icp_synth.exports.markdown.text import Lines, heading
from icp_synth.exports.participants import FactShown, ParticipantShown
from icp_synth.exports.report import Report
from icp_synth.exports.words import Words


def sources(report: Report, words: Words) -> Lines:
    """Yield who took part, what was checked and refused, the files, the making."""
    yield from _people(report, words)
    yield from _heard(report, words)
    if report.checks.there:
        yield from _checks(report.checks, words)
    if report.sources.refusals.total:
        yield from _refused(report, words)
    yield from heading(2, words("section.sources"))
    if not report.sources.refusals.total:
        yield f"- {words('section.refused_none')}"
    counts = report.sources.counts
    yield from (
        f"- {safe(name)}{words('claim.colon')}{safe(value)}" for name, value in counts
    )
    for entry in (one.entry for one in report.sources.transcripts):
        turns = words.count("count.turns", entry.turns)
        known = words.listed([turns, f"SHA-256 {entry.sha256}"])
        yield f"- {safe(entry.path)}{words.aside(known)}"
    yield from heading(2, words("page.how"))
    rows = (*report.made.plain, *report.made.details, *report.made.inputs)
    yield from (
        f"- {safe(name)}{words('claim.colon')}{safe(value)}" for name, value in rows
    )


def _people(report: Report, words: Words) -> Lines:
    yield from heading(2, words("section.people"))
    places = {one.person.segment for one in report.participants.rows}
    if len(places) < 2:
        yield from (_person(one, words) for one in report.participants.rows)
        return
    for place in sorted(places, key=lambda at: (at is None, at or 0)):
        named = words("overview.unassigned")
        if place is not None:
            named = report.segment_names[place]
        yield from ("", f"**{safe(named)}**", "")
        for one in report.participants.rows:
            if one.person.segment == place:
                yield _person(one, words)


def _person(one: ParticipantShown, words: Words) -> str:
    person = one.person
    unheard = words(f"people.{person.unheard}") if person.unheard else ""
    known = [safe(each) for each in (person.group, person.role, unheard) if each]
    about = words.aside(words.joined(known)) if known else ""
    facts = words.joined(_fact(fact) for fact in one.facts)
    colon = words("claim.colon") if facts else ""
    return f"- **{safe(person.name)}**{about}{colon}{facts}"


def _fact(fact: FactShown) -> str:
    normal = f" = {safe(fact.normal)}" if fact.normal else ""
    return f"{safe(fact.label)} {safe(fact.value)}{normal} [^{fact.citation.key}]"


def _heard(report: Report, words: Words) -> Lines:
    heard = report.heard
    yield from heading(2, words("section.coverage"))
    yield f"- {words('heard.turns', k=heard.cited, n=heard.all)}"
    if heard.share:
        key = "heard.no_selection" if heard.unchosen else "heard.share"
        yield f"- {words(key, share=heard.share)}"
    median = f"{heard.median:g}"
    if not heard.little:
        yield f"- {words('heard.little_none', median=median)}"
        return
    yield f"- {words('heard.little', median=median)}"
    for one in heard.little:
        count = words.count("heard.insights", one.insights)
        yield f"  - {safe(one.person.name)}{words('claim.colon')}{count}"


def _checks(found: Checks, words: Words) -> Lines:
    yield from heading(2, words("section.checks"))
    yield from _challenged(found, words)
    yield f"- {words('checks.flagged_h')}{words('claim.colon')}".rstrip()
    if not found.flagged:
        yield f"  - {words('checks.flagged_none')}"
    for flag in found.flagged:
        outcome = words("checks.cut" if flag.cut else "checks.kept")
        where = [safe(flag.claim[1])] if flag.claim else []
        known = words.joined([outcome, safe(flag.reason), *where])
        yield f"  - {safe(flag.text)}{words.aside(known)}"
    if found.names:
        yield f"- {words('checks.names_h')}{words('claim.colon')}".rstrip()
    yield from (
        f"  - {safe(name)}{words.aside(safe(why))}" for name, why in found.names
    )
    if found.not_held:
        yield f"- {words.count('checks.not_held', found.not_held)}"
    if found.decided or found.lost or found.problems:
        yield f"- {words.count('checks.decided', found.decided)}"
    for key, n in (("lost", found.lost), ("problems", found.problems)):
        if n:
            yield f"- {words.count(f'checks.{key}', n)}"


def _challenged(found: Checks, words: Words) -> Lines:
    counts = {
        "challenged": found.challenged,
        "contested": found.challenged or found.contested,
        "undecided": found.undecided,
        "not_judged_yet": found.waiting,
    }
    told = {**counts, "contested": found.contested}
    for key, there in counts.items():
        if there:
            yield f"- {words.count(f'checks.{key}', told[key])}"
    if found.verdicts:
        stances = " / ".join(f"{name} {n}" for name, n in found.verdicts)
        yield f"- {words('checks.verdicts')} {stances}"


def _refused(report: Report, words: Words) -> Lines:
    yield from heading(2, words("section.refused"))
    yield from (words("section.refused_note"), "")
    for reason, n in report.sources.refusals.by_reason:
        yield f"- {safe(reason)}{words('claim.colon')}{n:,}"
