'''Own metrics: a file of functions, given by `--metric FILE.py`.

A function looks at one interview and returns two numbers, a part and the whole that it
is a share of. Sums over interviews, the interval and the comparison of two runs then
come as for every other metric. Ten lines are a metric:

```python
"""How often a pain is backed by a quote with a number in it."""

from icp_synth.evaluation import metric


@metric("pains_with_a_number")
def pains_with_a_number(view):
    pains = [one for one in view.predictions if one.kind == "pain"]
    told = [p for p in pains if any(c.isdigit() for q in p.quotes for c in q.text)]
    return len(told), len(pains)
```

The result has a row `pains_with_a_number` with mode `own`. The file is run as Python
with the rights of whoever starts the command: give only files that you trust.
'''

from __future__ import annotations

import importlib.util
import math
import re
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from icp_synth.domain.insights import Insight
from icp_synth.errors import NotFound, UsageError
from icp_synth.evaluation.labels import Label

MODE = "own"
_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
_EXAMPLE = "A metric returns two numbers, e.g. `return len(right), len(all)`."


@dataclass(frozen=True)
class View:
    """One interview as an own metric sees it.

    Attributes:
        case: Name of the interview.
        text: Its canonical text; offsets of quotes count in it.
        labels: Agreed labels.
        optional: Labels that only one annotator gave.
        predictions: What was found, by place.
        pairs: Labels that were found, with what met them (the codebook's rule).
        missed: Agreed labels that were not found.
        absorbed: Optional labels with the predictions that they take out.
        false_alarms: Predictions that meet nothing.
    """

    case: str
    text: str
    labels: tuple[Label, ...]
    optional: tuple[Label, ...]
    predictions: tuple[Insight, ...]
    pairs: tuple[tuple[Label, Insight], ...]
    missed: tuple[Label, ...]
    absorbed: tuple[tuple[Label, Insight], ...]
    false_alarms: tuple[Insight, ...]


Terms = Callable[[View], tuple[float, float]]


@dataclass(frozen=True)
class OwnMetric:
    """A metric that a user wrote.

    Attributes:
        name: Of its row in the result.
        terms: Returns part and whole of one interview.
        place: File and line of the function.
    """

    name: str
    terms: Terms
    place: str

    def __call__(self, view: View) -> tuple[float, float]:
        """Return part and whole, checked.

        Raises:
            UsageError: The function failed, or did not return two numbers of at
                least 0; file, line and interview are named.
        """
        try:
            found: object = self.terms(view)
        except Exception as error:  # What a user wrote may raise anything.
            place = _line_of(error, self.place.rpartition(":")[0]) or self.place
            said = f"{type(error).__name__}: {error}"
            msg = f"{place}: the metric {self.name!r} failed on {view.case}: {said}."
            raise UsageError(msg, hint="Mend the function and run again.") from error
        match found:
            case (int() | float() as part, int() | float() as whole) if _fit(
                part, whole
            ):
                return part, whole
        msg = (
            f"{self.place}: the metric {self.name!r} returned {found!r} for"
            f" {view.case}, not two numbers of at least 0."
        )
        raise UsageError(msg, hint=_EXAMPLE)


def metric(name: str) -> Callable[[Terms], OwnMetric]:
    """Mark a function as a metric.

    Args:
        name: Of its row: small letters, digits and `_`, with `.` before a part.

    Raises:
        UsageError: The name is none.

    Example:
        >>> @metric("quotes_per_item")
        ... def quotes_per_item(view):
        ...     found = view.predictions
        ...     return sum(len(one.quotes) for one in found), len(found)
        >>> quotes_per_item.name
        'quotes_per_item'
    """

    def marked(function: Terms) -> OwnMetric:
        code = getattr(function, "__code__", None)
        place = f"{code.co_filename}:{code.co_firstlineno}" if code else "a metric"
        if not _NAME.fullmatch(str(name)):
            msg = f"{place}: {name!r} is no name of a metric."
            hint = "Use small letters, digits and _, e.g. @metric('my_share')."
            raise UsageError(msg, hint=hint)
        return OwnMetric(name=name, terms=function, place=place)

    return marked


def load_metrics(path: Path) -> tuple[OwnMetric, ...]:
    """Read the metrics of a file, in its order.

    Args:
        path: A Python file; it is run.

    Raises:
        NotFound: There is no such file.
        UsageError: It does not run, holds no metric, or names two alike; file and
            line are named.
    """
    if not path.is_file():
        msg = f"There is no file {path}."
        raise NotFound(msg, hint="Give a Python file: --metric my_metrics.py.")
    module = _run(path)
    own = [one for one in vars(module).values() if isinstance(one, OwnMetric)]
    found = list({id(one): one for one in own}.values())
    if not found:
        msg = f"{path} holds no metric."
        raise UsageError(msg, hint='Mark a function with @metric("name").')
    refuse_doubles(found)
    return tuple(found)


def load_all(paths: Iterable[Path]) -> tuple[OwnMetric, ...]:
    """Read the metrics of several files.

    Raises:
        NotFound: A file is not there.
        UsageError: As for one file, or two files name a metric alike.
    """
    found = [one for path in paths for one in load_metrics(path)]
    refuse_doubles(found)
    return tuple(found)


def refuse_doubles(metrics: Sequence[OwnMetric]) -> None:
    """Refuse two metrics of one name, in one file or in several.

    Raises:
        UsageError: Both places are named.
    """
    seen: dict[str, str] = {}
    for one in metrics:
        if one.name in seen:
            msg = f"{one.place}: {one.name!r} is also a metric of {seen[one.name]}."
            raise UsageError(msg, hint="Give each metric its own name.")
        seen[one.name] = one.place


def _run(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("icp_synth_own_metrics", path)
    if spec is None or spec.loader is None:
        msg = f"{path} is no Python file."
        raise UsageError(msg, hint="Its name must end in .py.")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except UsageError:
        raise
    except SyntaxError as error:
        msg = f"{error.filename}:{error.lineno}: {error.msg}."
        raise UsageError(msg, hint="Mend that line and run again.") from error
    except Exception as error:  # What a user wrote may raise anything.
        place = _line_of(error, str(path)) or str(path)
        msg = f"{place}: {type(error).__name__}: {error}."
        raise UsageError(msg, hint="Mend that line and run again.") from error
    return module


def _line_of(error: Exception, file: str) -> str:
    """Return file and line of the last call that stands in the user's file."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [one.lineno for one in frames if one.filename == file]
    return f"{file}:{lines[-1]}" if lines else ""


def _fit(*values: float) -> bool:
    return all(math.isfinite(one) and one >= 0 for one in values)
