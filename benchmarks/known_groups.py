"""Whether segments and themes follow what people do for a living.

    python -m benchmarks.known_groups --shared DIR

DIR holds `data/creatives-en` (125 interviews with creative professionals, CC-BY; see
its PROVENANCE.md) and `data/labels-creatives-en`. The table names no occupation, so it
is taken from what people say of themselves in their first three answers, by the words
below: the first that occurs decides. Where an interview is labelled, the words of the
label `role` are asked as well, and the agreement of the two is printed.

The interviews are about how people use AI, not about their trades, so segments may
rightly follow something else. The figures are printed as they are; nothing is chosen
by them.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from icp_synth import Project
from icp_synth.domain.profiles import Synthesis
from icp_synth.evaluation.clusters import ari, bcubed

TABLE: Final = "data/creatives-en/creatives_transcripts.csv"
LABELS: Final = "data/labels-creatives-en"

OCCUPATIONS: Final[Mapping[str, str]] = {
    "writing": r"writ(?:e|es|er|ers|ing)|novel\w*|author\w*|poe(?:t|try|ms?)|"
    r"copywrit\w*|editor|screenwrit\w*|screenplays?|journalis\w*|blog\w*|stor(?:y|ies)",
    "music": r"music\w*|compos(?:er|ers|ing)|songs?|songwrit\w*|sound design\w*|"
    r"singer|audio\w*|podcast\w*|band",
    "film and photo": r"photo\w*|film\w*|video\w*|cinematograph\w*|animat\w*",
    "design": r"design\w*|ux|ui|architect\w*|fashion|brand\w*",
    "visual art": r"artist\w*|illustrat\w*|paint\w*|draw\w*|visual art\w*|sculpt\w*|"
    r"comics?|tattoo\w*",
    "craft": r"jewel\w*|knit\w*|crochet\w*|sew\w*|quilt\w*|potter\w*|ceramic\w*|"
    r"wood\w*|craft\w*|candles?",
    "games": r"games?|game design\w*|map(?:s|making)?",
}

_ANSWERS = 3
_WORDS = re.compile(
    "|".join(
        f"(?P<g{i}>\\b(?:{words})\\b)" for i, words in enumerate(OCCUPATIONS.values())
    ),
    re.IGNORECASE,
)


def occupation(text: str) -> str | None:
    """Return the occupation whose word comes first, or None."""
    found = _WORDS.search(text)
    if found is None or found.lastgroup is None:
        return None
    return list(OCCUPATIONS)[int(found.lastgroup[1:])]


def first_answers(text: str) -> str:
    """Return the first answers of the person who was interviewed."""
    turns = re.split(r"^(?=(?:User|AI|Assistant):)", text, flags=re.MULTILINE)
    said = [turn[5:].strip() for turn in turns if turn.startswith("User:")]
    return " ".join(said[:_ANSWERS])


def labelled(folder: Path) -> dict[str, str]:
    """Return interview → what its labels say of the person's role."""
    found = {}
    for path in sorted((folder / "reference").glob("*.json")):
        given = json.loads(path.read_text("utf-8"))
        roles = [one for one in given["labels"] if one["category"] == "role"]
        if roles:
            first = roles[0]
            found[given["transcript"]] = str(first.get("value") or first["statement"])
    return found


def show(
    name: str, truth: Mapping[str, str], found: Mapping[str, str], *, groups: int
) -> None:
    """Print the agreement of one grouping with the occupations."""
    figures = bcubed(truth, found)
    placed = sum(one in found for one in truth)
    print(
        f"{name:<9} items {len(truth):>5}  in a group {placed:>5}  groups {groups:>4}"
        f"  ARI {ari(truth, found):6.3f}  B-cubed P {figures.precision:.3f}"
        f"  R {figures.recall:.3f}  F1 {figures.f1:.3f}"
    )


def measure(synthesis: Synthesis, jobs: Mapping[str, str]) -> None:
    """Print how segments and themes agree with the occupations."""
    person = {one.id: one.transcripts[0] for one in synthesis.participants}
    name = {one: path.rpartition("#")[2] for one, path in person.items()}
    truth = {one: jobs[name[one]] for one in person if name[one] in jobs}
    segments = {
        one.id: one.segment for one in synthesis.participants if one.segment is not None
    }
    show("segments", truth, segments, groups=len(synthesis.segments))
    by_insight = {
        one.id: truth[one.participant]
        for one in synthesis.insights
        if one.participant in truth
    }
    themes = {one: theme.id for theme in synthesis.themes for one in theme.insights}
    show("themes", by_insight, themes, groups=len(synthesis.themes))
    most = Counter(truth.values()).most_common(1)[0][0]
    show("all one", truth, dict.fromkeys(truth, most), groups=1)
    for one in synthesis.segments:
        inside = Counter(truth[who] for who in one.participants if who in truth)
        stable = "–" if one.stability is None else f"{one.stability:.2f}"
        made = ", ".join(f"{job} {n}" for job, n in inside.most_common())
        print(f"  {one.id}: {len(one.participants)} people, stability {stable}: {made}")


def main(args: Iterable[str] | None = None) -> int:
    """Read the interviews, run them through, and print the agreement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    given = parser.parse_args(None if args is None else list(args))
    csv.field_size_limit(1 << 30)
    with (given.shared / TABLE).open(encoding="utf-8", newline="") as file:
        texts = {row["transcript_id"]: row["text"] for row in csv.DictReader(file)}
    said = {name: occupation(first_answers(text)) for name, text in texts.items()}
    jobs = {name: job for name, job in said.items() if job is not None}
    counts = ", ".join(f"{job} {n}" for job, n in Counter(jobs.values()).most_common())
    print(f"{len(jobs)} of {len(texts)} people name an occupation: {counts}")
    roles = {
        name: job
        for name, words in labelled(given.shared / LABELS).items()
        if (job := occupation(words)) is not None
    }
    same = sum(jobs.get(name) == job for name, job in roles.items())
    print(f"by the labels: {same} of {len(roles)} the same")
    with tempfile.TemporaryDirectory() as folder:
        study = Project(folder)
        study.run(
            given.shared / TABLE,
            interviewers=("AI", "Assistant"),
            id_column="transcript_id",
            text_column="text",
        )
        measure(study.synthesis(), jobs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
