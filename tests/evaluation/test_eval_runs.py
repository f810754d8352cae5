"""Runs are kept, found again, compared, retried and shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from icp_synth.errors import NotFound, UsageError
from icp_synth.evaluation.compared import compare_sides, same_labels, side_of
from icp_synth.evaluation.runs import find_run, past_runs
from tests.servers.openai_server import OpenAIServer
from tests.study_factory import Called, answer, icp

pytestmark = pytest.mark.slow


EVALS = Path(__file__).resolve().parents[2] / "evals"
SIX = EVALS / "visits-zh"


def ran(project: Path, *args: str | Path) -> Called:
    called = icp("eval", "run", SIX, "--project", project, "--json", *args)
    assert called.code == 0, called.err
    return called


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with two runs: of all interviews, and of the first four."""
    place = tmp_path_factory.mktemp("runs")
    ran(place)
    ran(place, "--limit", "4")
    return place


def test_the_same_run_made_twice_is_one(project: Path) -> None:
    before = past_runs([project])
    ran(project)
    after = past_runs([project])
    assert [run.id for run in before] == [run.id for run in after]
    assert len(after) == 2


def test_the_latest_run_stands_in_out(project: Path) -> None:
    latest = ran(project, "--limit", "4").json["datasets"][0]["out"]
    kept = Path(latest["run"])
    for name in ("result.json", "items.jsonl", "report.html"):
        assert (project / "out" / name).read_bytes() == (kept / name).read_bytes()
    by_place, _ = find_run(str(project))
    assert by_place.id == kept.name


def test_a_run_is_found_by_its_id_or_the_beginning_of_it(project: Path) -> None:
    first, second = past_runs([project])
    assert find_run(first.id, [project])[0] == first
    assert find_run(f"{second.folder}#embedded")[1] == "embedded"
    with pytest.raises(UsageError, match="several runs"):
        find_run("run-", [project])
    with pytest.raises(NotFound, match="no run"):
        find_run("run-none", [project])
    with pytest.raises(UsageError, match="no model 'gpt'"):
        find_run(f"{first.folder}#gpt")


def test_a_folder_without_a_result_or_with_another_file_is_refused(
    tmp_path: Path,
) -> None:
    with pytest.raises(NotFound, match=r"no result\.json"):
        find_run(str(tmp_path))
    for text in ("{", "[]", "{}"):
        (tmp_path / "result.json").write_text(text, "utf-8")
        with pytest.raises(UsageError, match=r"result\.json"):
            find_run(str(tmp_path))


def test_a_run_differs_in_nothing_from_itself(project: Path) -> None:
    run, _ = find_run(past_runs([project])[0].folder)
    found = compare_sides(side_of(run), side_of(run), draws=200)
    assert {one.verdict for one in found.metrics} <= {
        "not distinguishable",
        "not comparable",
    }
    assert {one.difference for one in found.metrics} <= {0.0, None}


def test_only_interviews_that_both_read_are_compared(project: Path) -> None:
    runs = {len(run.result["labels"]): run for run in past_runs([project])}
    found = compare_sides(side_of(runs[6]), side_of(runs[4]), draws=200)
    assert len(found.cases) == 4
    assert len(found.only_first) == 2
    assert found.only_second == ()
    # Four interviews are too few for an interval, and it says so.
    assert found.metrics[0].low is None
    assert "at least 5" in found.metrics[0].reason


def test_a_better_reading_is_told_apart(project: Path, tmp_path: Path) -> None:
    run, _ = find_run(past_runs([project])[0].folder)
    side = side_of(run)
    perfect = {
        name: {**counts, "fa": 0, "fn": 0, "tp": counts["labels"]}
        for name, counts in side.counts.items()
    }
    better = side.model_copy(update={"counts": perfect})
    found = {one.metric: one for one in compare_sides(side, better).metrics}
    assert found["item_f1 (codebook)"].second == 1.0
    assert found["item_f1 (codebook)"].verdict == "not distinguishable"
    # Six interviews: no p below 2 / 2**6, which Holm raises above .05.
    assert found["item_f1 (codebook)"].p == pytest.approx(2 / 2**6)


def test_runs_on_other_labels_are_not_compared(project: Path) -> None:
    run, _ = find_run(past_runs([project])[0].folder)
    changed = json.loads(json.dumps(run.result))
    changed["labels"][0]["label_sha256"] = "0"
    other = run.model_copy(update={"result": changed})
    name = changed["labels"][0]["case"]
    with pytest.raises(UsageError, match="differ between the two runs"):
        same_labels(run, other, [name])


def test_a_run_of_two_models_must_say_which_is_meant(tmp_path: Path) -> None:
    with OpenAIServer(answer) as server:
        flags = ("--model", "scripted", "--base-url", server.url)
        icp(
            *("eval", "run", SIX, "--limit", "1", "--project", tmp_path),
            *("--model", "embedded", *flags),
        )
    run, _ = find_run(str(tmp_path))
    assert run.models == ("embedded", "scripted")
    with pytest.raises(UsageError, match="several models"):
        side_of(run)
    called = icp(
        *("eval", "compare", f"{tmp_path}#embedded", f"{tmp_path}#scripted"),
        *("-o", tmp_path / "page.html", "--json"),
    )
    assert called.code == 0, called.err
    assert called.json["cases"] == ["2017-10-13-Google-簡立峰-陳幼臻來訪"]
    assert "<html" in (tmp_path / "page.html").read_text("utf-8")


def test_compare_prints_the_words_that_may_be_said(project: Path) -> None:
    first = past_runs([project])[0]
    called = icp("eval", "compare", first.folder, first.folder)
    assert called.code == 0, called.err
    assert "not distinguishable" in called.out
    assert "detectable" in called.out


def test_list_names_each_run_with_its_figure(project: Path) -> None:
    listed = icp("eval", "list", project)
    shown = icp("eval", "list", project, "--json").json["runs"]
    assert len(shown) == 2
    for run in shown:
        assert run["id"] in listed.out
        assert run["item_f1"].keys() == {"embedded"}


def test_a_page_leads_to_each_run(project: Path, tmp_path: Path) -> None:
    page = tmp_path / "all.html"
    assert icp("eval", "view", project, "-o", page).code == 0
    text = page.read_text("utf-8")
    for run in past_runs([project]):
        assert f"{run.id}/report.html" in text
    assert icp("eval", "view", tmp_path, "-o", page).code == 2


def test_retry_makes_the_same_run_again_and_asks_what_failed(tmp_path: Path) -> None:
    def broken(request: dict[str, object]) -> str:
        return "no JSON"

    args = ("eval", "run", SIX, "--limit", "1", "--project", tmp_path)
    with OpenAIServer(broken) as server:
        called = icp(*args, "--model", "scripted", "--base-url", server.url)
        assert called.code == 3
    (failed,) = past_runs([tmp_path])
    with OpenAIServer(answer) as server:
        again = icp(
            *("eval", "retry", failed.folder, "--base-url", server.url, "--json")
        )
        assert again.code == 0, again.err
        assert len(server.requests) == 2
        icp("eval", "retry", failed.folder, "--base-url", server.url)
        assert len(server.requests) == 2
    (dataset,) = again.json["datasets"]
    assert dataset["coverage"]["failed"] == 0


def test_epochs_are_readings_of_their_own_with_their_spread(tmp_path: Path) -> None:
    args = ("eval", "run", SIX, "--limit", "1", "--project", tmp_path, "--json")
    with OpenAIServer(answer) as server:
        flags = ("--model", "scripted", "--base-url", server.url)
        once = icp(*args, *flags)
        first = len(server.requests)
        called = icp(*args, *flags, "--epochs", "3")
        assert len(server.requests) == 3 * first
        # What an epoch is is not the endpoint's business.
        assert all("epoch" not in sent for sent in server.requests)
    assert once.code == called.code == 0, called.err
    row = called.json["metrics"][0]
    assert (row["n_cases"], row["epochs"], row["epoch_sd"]) == (1, 3, 0.0)
    assert icp(*args, "--epochs", "0").code == 2


def test_an_own_metric_is_a_row_of_the_result(tmp_path: Path) -> None:
    own = tmp_path / "mine.py"
    own.write_text(
        "from icp_synth.evaluation import metric\n\n\n"
        "@metric('short_statements')\n"
        "def short_statements(view):\n"
        "    short = [p for p in view.predictions if len(p.statement) < 40]\n"
        "    return len(short), len(view.predictions)\n",
        "utf-8",
    )
    called = icp(
        *("eval", "run", SIX, "--project", tmp_path / "p"),
        *("--metric", own, "--fail-under", "short_statements=1.1", "--json"),
    )
    (row,) = [r for r in called.json["metrics"] if r["name"] == "short_statements"]
    assert 0 < row["value"] < 1
    assert called.code == 1
    assert called.json["failed"][0].startswith("visits-zh, embedded: short_statements")
