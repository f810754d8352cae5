"""Pages as people get them: made by the program's own commands in a folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from icp_synth.exports.html import to_html
from icp_synth.exports.report import build_report
from scripts.demo import offline_environment
from tests.browser.hostile import write_hostile
from tests.exports.full_synthesis import full, recorded
from tests.exports.synthesis_factory import by_id

ROOT: Final = Path(__file__).resolve().parents[2]
LANGUAGES: Final = ("en", "zh")
KINDS: Final = ("report", "eval", "comparison", "history")
NAMES: Final = (
    *(f"{kind}-{language}" for kind in KINDS for language in LANGUAGES),
    *(f"full-{language}" for language in LANGUAGES),
    "report-hostile",
    "eval-hostile",
)
"""Of all pages that `make_pages` makes; `full` are reports that have everything."""


def make_pages(folder: Path) -> Mapping[str, Path]:
    """Make every page.

    Args:
        folder: An empty folder; two studies and two evaluations come to lie in it.

    Returns:
        Page by name, see `NAMES`.
    """
    hostile = write_hostile(folder / "hostile")
    full_pages = _full(folder)
    with ThreadPoolExecutor(max_workers=2) as pool:
        made = [pool.submit(_reports, folder, hostile), pool.submit(_evals, folder)]
        made.append(pool.submit(_hostile_eval, folder, hostile))
        return full_pages | {
            name: page for one in made for name, page in one.result().items()
        }


def _full(folder: Path) -> dict[str, Path]:
    """Write reports of a synthesis that no command makes without a model's answers."""
    texts = recorded()
    pages = {}
    for language in LANGUAGES:
        page = folder / f"full-{language}.html"
        report = build_report(full(texts), by_id(texts), language=language)
        page.write_text(to_html(report), encoding="utf-8")
        pages[f"full-{language}"] = page
    return pages


def _reports(folder: Path, hostile: Path) -> dict[str, Path]:
    study, other = folder / "study", folder / "hostile-study"
    sample = ROOT / "transcripts" / "sample"
    pages = {}
    for language in LANGUAGES:
        _icp_synth("run", sample, "--project", study, "--language", language)
        pages[f"report-{language}"] = _kept(study, folder / f"report-{language}.html")
    _icp_synth("run", hostile / "texts", "--project", other)
    pages["report-hostile"] = _kept(other, folder / "report-hostile.html")
    return pages


def _evals(folder: Path) -> dict[str, Path]:
    labelled, project = ROOT / "evals" / "visits-zh", folder / "eval"
    pages = {}
    for language, window in (("en", "1000"), ("zh", "6000")):
        _icp_synth(
            *("eval", "run", labelled, "--limit", "2", "--project", project),
            *("--window", window, "--language", language),
        )
        pages[f"eval-{language}"] = _kept(project, folder / f"eval-{language}.html")
    first, second = sorted((project / "runs").iterdir())
    for language in LANGUAGES:
        compared = folder / f"comparison-{language}.html"
        history = folder / f"history-{language}.html"
        flags = ("--language", language, "-o")
        _icp_synth("eval", "compare", first, second, *flags, compared)
        _icp_synth("eval", "view", project, *flags, history)
        pages |= {f"comparison-{language}": compared, f"history-{language}": history}
    return pages


def _hostile_eval(folder: Path, hostile: Path) -> dict[str, Path]:
    project = folder / "hostile-eval"
    flags = ("--interviewer", "Interviewer", "--project", project)
    _icp_synth("eval", "run", hostile, *flags)
    return {"eval-hostile": _kept(project, folder / "eval-hostile.html")}


def _kept(project: Path, page: Path) -> Path:
    """Put aside the page of a project, before the next command writes it anew."""
    shutil.copyfile(project / "out" / "report.html", page)
    return page


def _icp_synth(*words: str | Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "icp_synth", *map(str, words)],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=offline_environment(dict(os.environ)),
    )
    assert done.returncode == 0, f"{words}: {done.returncode}\n{done.stderr}"
