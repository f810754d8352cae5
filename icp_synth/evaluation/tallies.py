"""What is counted in an interview, and the metric that many interviews give.

Every micro metric (precision, recall, F1, a rate) is one sum over interviews divided
by another: a `Tally` holds an interview's two terms.
"""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from icp_synth.domain.values import Value
from icp_synth.errors import UsageError


class Tally(Value):
    """One interview's terms of a ratio: the metric is sum(part) / sum(whole).

    A mean of scores is the ratio with `whole=1`.

    Attributes:
        interview: The interview's name, by which two systems are paired.
        part: The numerator's term.
        whole: The denominator's term; 0 where the interview says nothing.
        defined: Whether the interview has a value of its own. F1 has none without
            labels or without predictions, though its errors stay in the sums.
    """

    interview: str
    part: float = Field(ge=0)
    whole: float = Field(ge=0)
    defined: bool = True

    @property
    def score(self) -> float | None:
        """The interview's own value; None where it is undefined, never 0 or 1."""
        return self.part / self.whole if self.whole and self.defined else None


class Counts(Value):
    """Matched and unmatched items of one interview.

    In semantic mode a false discovery (a pair below tau) is wrong on both sides:
    add it to `fa` and to `fn`.

    Attributes:
        interview: The interview's name.
        tp: Matched pairs.
        fa: Predicted items without a label (false alarms).
        fn: Labels without a predicted item (missed).

    Example:
        >>> Counts(interview="anna", tp=3, fa=1, fn=1).f1().score
        0.75
    """

    interview: str
    tp: int = Field(ge=0)
    fa: int = Field(ge=0)
    fn: int = Field(ge=0)

    def f1(self) -> Tally:
        """Return the terms of F1 = 2 TP / (2 TP + FA + FN).

        Without labels or without predictions precision or recall is undefined, and
        so is the interview's F1; what it missed still counts in the micro value.
        """
        return Tally(
            interview=self.interview,
            part=2 * self.tp,
            whole=2 * self.tp + self.fa + self.fn,
            defined=self.tp + self.fa > 0 and self.tp + self.fn > 0,
        )

    def precision(self) -> Tally:
        """Return the terms of precision = TP / (TP + FA)."""
        whole = self.tp + self.fa
        return Tally(interview=self.interview, part=self.tp, whole=whole)

    def recall(self) -> Tally:
        """Return the terms of recall = TP / (TP + FN)."""
        whole = self.tp + self.fn
        return Tally(interview=self.interview, part=self.tp, whole=whole)


def micro(tallies: Sequence[Tally]) -> float | None:
    """Return sum(part) / sum(whole).

    Args:
        tallies: One an interview.

    Returns:
        The ratio; None where the denominator is 0 or no interview has a value.

    Example:
        >>> one = Counts(interview="anna", tp=1, fa=1, fn=0)
        >>> two = Counts(interview="ben", tp=2, fa=0, fn=2)
        >>> round(micro([one.f1(), two.f1()]), 4)
        0.6667
    """
    if all(tally.score is None for tally in tallies):
        return None
    return sum(t.part for t in tallies) / sum(t.whole for t in tallies)


def paired(
    first: Sequence[Tally], second: Sequence[Tally]
) -> tuple[tuple[Tally, ...], tuple[Tally, ...]]:
    """Return both in the order of the interviews' names.

    Raises:
        UsageError: An interview is named twice, or only in one of them.
    """
    one, two = by_interview(first), by_interview(second)
    odd = {t.interview for t in one} ^ {t.interview for t in two}
    if odd:
        shown = ", ".join(sorted(odd)[:5])
        message = f"{len(odd)} interviews were measured for one system only: {shown}."
        raise UsageError(message, hint="Compare two runs over the same interviews.")
    return one, two


def by_interview(tallies: Sequence[Tally]) -> tuple[Tally, ...]:
    """Return tallies in the order of their interviews' names.

    Raises:
        UsageError: An interview is named twice.
    """
    names = [tally.interview for tally in tallies]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        message = f"The interview {twice[0]!r} is counted twice."
        raise UsageError(message, hint="Give one tally for each interview.")
    return tuple(sorted(tallies, key=lambda tally: tally.interview))
