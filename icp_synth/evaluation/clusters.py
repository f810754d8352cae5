"""How far groups that were found are the groups that are known."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from icp_synth.domain.values import Value


class BCubed(Value):
    """B-cubed agreement of two groupings, each figure 0 to 1."""

    precision: float
    recall: float
    f1: float


def ari(truth: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> float:
    """Return the adjusted Rand index of two groupings of the same items.

    Args:
        truth: Item → its group.
        found: Item → its group as found; who is not in it stands alone.

    Returns:
        1 for the same grouping, about 0 for chance.

    Source:
        Hubert and Arabie 1985.

    Example:
        >>> ari({"a": 1, "b": 1, "c": 2}, {"a": "x", "b": "x", "c": "y"})
        1.0
    """
    from sklearn.metrics import adjusted_rand_score

    items = sorted(truth)
    number = {group: i for i, group in enumerate(dict.fromkeys(truth.values()))}
    whole = _with_alone(truth, found)
    named = {group: i for i, group in enumerate(dict.fromkeys(whole.values()))}
    return float(
        adjusted_rand_score(
            [number[truth[one]] for one in items], [named[whole[one]] for one in items]
        )
    )


def bcubed(truth: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> BCubed:
    """Return B-cubed precision, recall and F1.

    Of each item: which share of those who were put with it belong with it, and which
    share of those who belong with it were put with it; then the mean over items.

    Args:
        truth: Item → its group.
        found: Item → its group as found; who is not in it stands alone.

    Source:
        Bagga and Baldwin 1998.

    Example:
        >>> bcubed({"a": 1, "b": 1, "c": 2}, dict.fromkeys("abc", 1)).recall
        1.0
    """
    if not truth:
        return BCubed(precision=0.0, recall=0.0, f1=0.0)
    whole = _with_alone(truth, found)
    classes = _members(truth)
    clusters = _members(whole)
    precision = recall = 0.0
    for one in sorted(truth):
        mine, theirs = clusters[whole[one]], classes[truth[one]]
        common = len(mine & theirs)
        precision += common / len(mine)
        recall += common / len(theirs)
    precision, recall = precision / len(truth), recall / len(truth)
    f1 = 2 * precision * recall / (precision + recall)
    return BCubed(precision=precision, recall=recall, f1=f1)


def _with_alone(
    truth: Mapping[str, Hashable], found: Mapping[str, Hashable]
) -> dict[str, Hashable]:
    return {
        one: ("in", found[one]) if one in found else ("alone", one) for one in truth
    }


def _members(groups: Mapping[str, Hashable]) -> dict[Hashable, set[str]]:
    members: dict[Hashable, set[str]] = {}
    for one, group in groups.items():
        members.setdefault(group, set()).add(one)
    return members
