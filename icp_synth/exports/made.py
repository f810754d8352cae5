"""How a report was made: by what, from what, with what settings (R16)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from icp_synth.domain.profiles import Manifest
from icp_synth.exports.formatting import flat, instant
from icp_synth.exports.frame import is_baseline
from icp_synth.exports.words import Words


@dataclass(frozen=True)
class Made:
    """How it was made, as (name, value).

    Attributes:
        line: All of it in one sentence.
        plain: What most readers ask for.
        details: Prompts, readers and settings.
        inputs: Hashes of what was read beside the interviews, by path.
    """

    line: str
    plain: tuple[tuple[str, str], ...]
    details: tuple[tuple[str, str], ...]
    inputs: tuple[tuple[str, str], ...]


def made_of(manifest: Manifest, words: Words, *, listed: Collection[str] = ()) -> Made:
    """Return a manifest in words.

    Args:
        manifest: Of the synthesis.
        words: The report's language.
        listed: Paths whose hashes stand with the sources, and not here again.
    """
    plain = {
        "created": instant(manifest.created),
        "analyst": manifest.analyst,
        "model": manifest.model or words("made.no_model"),
        "version": manifest.version,
        "code": manifest.code,
        "embedding": manifest.embedding,
        "tokens": manifest.tokens,
    }
    nested = {
        "prompts": manifest.prompts,
        # By reader, not by file: the files are listed with the sources.
        "readers": Counter(manifest.readers.values()),
        "settings": manifest.settings,
    }
    details = (
        (f"{words(f'made.{key}')} · {'.'.join(path)}", text)
        for key, values in nested.items()
        for path, text in flat(values, number=str)
    )
    return Made(
        line=_line(manifest, words),
        plain=tuple(
            (words(f"made.{key}"), value) for key, value in plain.items() if value
        ),
        details=tuple(details),
        inputs=tuple(
            (path, value)
            for path, value in sorted(manifest.inputs.items())
            if path not in listed
        ),
    )


def subject_of(manifest: Manifest) -> tuple[str, str]:
    """Return the product's name and what it is, from the brief in the settings."""
    product = manifest.settings.get("product", "")
    if isinstance(product, Mapping):
        return str(product.get("name", "")), str(product.get("what", ""))
    return str(product or ""), str(manifest.settings.get("what", "") or "")


def names_no_product(manifest: Manifest) -> bool:
    """Tell whether the brief is known, and says nothing of a product.

    Then nobody spoke about one: what is counted about buying it has no subject.
    """
    return "product" in manifest.settings and not any(subject_of(manifest))


def _line(manifest: Manifest, words: Words) -> str:
    if is_baseline(manifest):
        who = words("page.analyst_embedded")
    else:
        model = manifest.model or words("made.no_model")
        who = words("page.analyst_model", name=manifest.analyst, model=model)
    when = instant(manifest.created)
    return words("page.made", when=when, analyst=who, version=manifest.version)
