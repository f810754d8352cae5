"""Own metrics: ten lines of Python, and what is said when they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from icp_synth import evaluation
from icp_synth.errors import NotFound, UsageError
from icp_synth.evaluation import own
from icp_synth.evaluation.metrics import rows
from icp_synth.evaluation.own import load_metrics, refuse_doubles
from icp_synth.evaluation.scoring import score
from tests.labelled_factory import case, insight, label, reading


def written(folder: Path, text: str, name: str = "mine.py") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def example() -> str:
    """Return the example of the module's own docstring."""
    assert own.__doc__ is not None
    return own.__doc__.partition("```python\n")[2].partition("```")[0]


def test_the_example_is_ten_lines_and_gives_a_row(tmp_path: Path) -> None:
    assert len([line for line in example().splitlines() if line]) <= 10
    found = load_metrics(written(tmp_path, example()))
    scored = [
        score(
            case([label((0, 40))], name=f"case {n}"),
            [reading([insight((0, 40)), insight((100, 140), kind="trait")])],
            own=found,
        )
        for n in range(5)
    ]
    (row,) = [row for row in rows(scored, "m") if row.mode == "own"]
    assert (row.name, row.value) == ("pains_with_a_number", 1.0)
    assert (row.n_items, row.n_cases) == (5, 5)


def test_metric_is_what_the_package_gives() -> None:
    assert evaluation.metric is own.metric
    assert evaluation.View is own.View
    with pytest.raises(AttributeError, match="no attribute 'metrics_of'"):
        _ = evaluation.metrics_of


def test_a_view_tells_what_became_of_each_side(tmp_path: Path) -> None:
    text = (
        "from icp_synth.evaluation import metric\n"
        "@metric('parts')\n"
        "def parts(view):\n"
        "    assert (view.case, len(view.text)) == ('anna', 1000)\n"
        "    assert view.pairs == ((view.labels[0], view.predictions[1]),)\n"
        "    assert view.missed == (view.labels[1],)\n"
        "    assert view.absorbed == ((view.optional[0], view.predictions[0]),)\n"
        "    return len(view.false_alarms), 2.5\n"
    )
    labels = [
        label((0, 40), status="optional"),
        label((100, 140)),
        label((500, 540)),
    ]
    found = [insight((0, 40)), insight((100, 140)), insight((900, 940))]
    scored = score(
        case(labels), [reading(found)], own=load_metrics(written(tmp_path, text))
    )
    assert scored.counts["own:parts:part"] == 1
    assert scored.counts["own:parts:whole"] == 2.5


def test_a_whole_of_0_is_undefined_and_not_0(tmp_path: Path) -> None:
    text = (
        "from icp_synth.evaluation import metric\n"
        "@metric('none')\ndef none(view):\n    return 0, 0\n"
    )
    scored = score(case(), [reading()], own=load_metrics(written(tmp_path, text)))
    (row,) = [row for row in rows([scored], "m") if row.name == "none"]
    assert row.value is None
    assert row.reason == "undefined: nothing to divide by"


HEAD = "from icp_synth.evaluation import metric\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1\n", r"mine\.py holds no metric"),
        ("x = (\n", r"mine\.py:1: "),
        (HEAD + "\n1 / 0\n", r"mine\.py:3: ZeroDivisionError"),
        (HEAD + "import no_such_module_x\n", r"mine\.py:2: ModuleNotFoundError"),
        (
            HEAD + "@metric('Not a name')\ndef f(view): ...\n",
            r"mine\.py:2: 'Not a name'",
        ),
        (HEAD + "@metric\ndef f(view): ...\n", r"mine\.py"),
        (
            HEAD + "@metric('a')\ndef f(view): ...\n@metric('a')\ndef g(view): ...\n",
            r"mine\.py:4: 'a' is also a metric of .*mine\.py:2",
        ),
    ],
)
def test_a_file_that_does_not_hold_together_is_refused_with_its_line(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        load_metrics(written(tmp_path, text))
    assert caught.value.hint


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            "return view.nothing, 1",
            r"mine\.py:4: the metric 'bad' failed on anna: Attr",
        ),
        ("return 1", r"mine\.py:2: the metric 'bad' returned 1 for anna"),
        ("return 1, -1", r"returned \(1, -1\)"),
        ("return float('nan'), 1", r"returned \(nan, 1\)"),
        ("return '1', 1", r"returned \('1', 1\)"),
    ],
)
def test_a_function_that_gives_no_two_numbers_is_refused_with_its_line(
    tmp_path: Path, body: str, said: str
) -> None:
    text = f"{HEAD}@metric('bad')\ndef bad(view):\n    {body}\n"
    found = load_metrics(written(tmp_path, text))
    with pytest.raises(UsageError, match=said):
        score(case(), [reading()], own=found)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no file"):
        load_metrics(tmp_path / "none.py")


def test_two_files_may_not_share_a_name(tmp_path: Path) -> None:
    text = HEAD + "@metric('a')\ndef f(view):\n    return 1, 1\n"
    files = [written(tmp_path, text, name) for name in ("one.py", "two.py")]
    both = [metric for file in files for metric in load_metrics(file)]
    with pytest.raises(UsageError, match="is also a metric of"):
        refuse_doubles(both)
