"""Count words in interview talk: the weight table of the embedded vectors."""

from __future__ import annotations

import csv
import hashlib
import json
import math
import re
from collections import Counter
from typing import TYPE_CHECKING

from icp_synth.embedding.concepts import in_characters, in_words, lexicon
from icp_synth.embedding.words import is_cjk, pieces
from scripts.train.labelled import ROOT, SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = ROOT / "icp_synth" / "embedding" / "data" / "weights.json"

_SENTENCE = re.compile(r"[^.!?\n。！？；]+")
_POWER = 1.0
_MIN_DOCUMENTS = 5
_MIN_PAIRS = 15
_COHESION = 3.0


def sha256(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def scoring_names() -> set[str]:
    """Return the names of the interviews that nothing may be learnt from."""
    folders = ("labels-creatives-en", "labels-visits-zh")
    return {
        path.stem
        for folder in folders
        for path in (SHARED / folder / "reference").glob("*.json")
    }


def corpus() -> Iterator[tuple[str, str]]:
    """Yield name and text of every unlabelled or training text, in a fixed order."""
    held_out = scoring_names()
    table = SHARED / "creatives-en" / "creatives_transcripts.csv"
    csv.field_size_limit(1 << 24)
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["transcript_id"] not in held_out:
                yield f"creatives-en/{row['transcript_id']}", row["text"]
    for path in sorted((SHARED / "first-time-managers-en").glob("ESTR*.txt")):
        yield f"first-time-managers-en/{path.name}", path.read_text("utf-8")
    bare = {re.sub(r"[^\w]", "", name) for name in held_out}
    for folder in ("zh_visits", "zh_interviews"):
        for path in sorted((SHARED / "visits-zh" / folder).glob("*.md")):
            if re.sub(r"[^\w]", "", path.stem) not in bare:
                yield f"visits-zh/{folder}/{path.name}", path.read_text("utf-8")


def count_words() -> None:
    """Write the weight table: how common each word is in interview talk."""
    counts: dict[str, Counter[str]] = {
        "english": Counter(),
        "chinese": Counter(),
        "concepts": Counter(),
    }
    totals: Counter[str] = Counter()
    sources = {}
    for name, text in corpus():
        sources[name] = sha256(text)
        for sentence in _SENTENCE.findall(text):
            found = pieces(sentence)
            words = [piece for piece in found if not is_cjk(piece)]
            runs = [piece for piece in found if is_cjk(piece)]
            if len(words) + sum(map(len, runs)) < 4:
                continue
            totals["chinese" if runs else "english"] += 1
            totals["concepts"] += 1
            counts["english"].update(set(words))
            counts["chinese"].update({*"".join(runs)})
            counts["chinese"].update(
                {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
            )
            concepts = {*in_words(words)}
            for run in runs:
                concepts.update(in_characters(run, frozenset()))
            counts["concepts"].update(concepts)
    unknown = [name for name in lexicon().names if not counts["concepts"][name]]
    print("concepts never met:", ", ".join(unknown))
    data = {
        "version": 1,
        "made_by": "scripts/train_embedded.py words",
        "sentences": dict(sorted(totals.items())),
        "english": _weights(counts["english"], totals["english"]),
        "chinese": _weights(counts["chinese"], totals["chinese"]),
        "concepts": _weights(counts["concepts"], totals["concepts"]),
        "sources": sources,
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    WORDS.write_text(text + "\n", "utf-8")
    print(f"{WORDS}: {len(text)} characters, {len(sources)} texts, {dict(totals)}")


def _weights(counts: Counter[str], total: int) -> dict[str, int]:
    """Weigh words by rarity; a pair of characters also by how it holds together."""
    top = math.log(total)
    weights = {}
    for word, count in sorted(counts.items()):
        pair = len(word) == 2 and is_cjk(word)
        if count < (_MIN_PAIRS if pair else _MIN_DOCUMENTS):
            continue
        share = min(1.0, 1.25 * math.log(total / min(count, total)) / top)
        weight = share**_POWER
        if pair:
            chance = counts[word[0]] * counts[word[1]] / total
            weight *= min(1.0, max(0.0, math.log(count / chance)) / _COHESION)
        weights[word] = round(100 * weight)
    return weights
