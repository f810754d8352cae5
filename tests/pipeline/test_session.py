"""A run leaves the process as it found it."""

from __future__ import annotations

import gc
from contextlib import ExitStack
from pathlib import Path

from icp_synth.embedding.named import named
from icp_synth.pipeline.session import open_work


def a_project(folder: Path) -> Path:
    folder.mkdir()
    (folder / "one.txt").write_text("Ann: We run a shop.\n", encoding="utf-8")
    (folder / "study.toml").write_text(
        '[sources]\npaths = ["one.txt"]\n', encoding="utf-8"
    )
    return folder


def test_runs_that_overlap_give_the_collector_back_and_forget_texts(
    tmp_path: Path,
) -> None:
    before = gc.get_threshold()
    first, second = a_project(tmp_path / "a"), a_project(tmp_path / "b")
    with ExitStack() as outer:
        outer.enter_context(open_work(first, {}, emit=lambda _: None, now=""))
        inner = ExitStack()
        inner.enter_context(open_work(second, {}, emit=lambda _: None, now=""))
        named("we lose the invoices")
        outer.pop_all().close()
        assert gc.get_threshold() != before
        inner.close()
    assert gc.get_threshold() == before
    assert named.cache_info().currsize == 0
