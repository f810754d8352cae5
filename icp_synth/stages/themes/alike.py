"""How alike a statement is to what the other people of its group said."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

_TRIMS = 3
_NO_LENGTH = 1e-12
_BLOCK = 4096
_FEW = 256
_FEW = 256

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Products = Callable[[Whole, Whole], tuple[Floats, Floats]]
"""Members kept and the person of each → dot product of each with the sum of all, and
with the sum of its own person's members."""


def alike(people: Whole, products: Products, likeness: float) -> Whole:
    """Return the members of a group that resemble what its other people said.

    Who leaves changes the mean that the rest are measured by, so all are measured
    again, at most three times.

    Args:
        people: A number for the person of each member, shape (members,).
        products: How dot products come about.
        likeness: Least cosine of a member with the mean of the other people's
            members; at 0 all stay.

    Returns:
        Places in the group, in order; none where a single person is left.
    """
    kept = np.arange(len(people))
    for _ in range(_TRIMS if likeness > 0 else 0):
        names, person = np.unique(people[kept], return_inverse=True)
        if len(names) < 2:
            return kept[:0]
        near = _nearness(*products(kept, person), person) >= likeness
        if near.all():
            break
        kept = kept[near]
    return kept


def _nearness(to_all: Floats, to_own: Floats, person: Whole) -> Floats:
    """Return the cosine of each member with the mean of the other people's members.

    With sums a of all and s of a person's members, the others' sum is a - s: all that
    is needed are the products of members with both.
    """
    all_all = to_all.sum()
    own_all = np.bincount(person, to_all)
    own_own = np.bincount(person, to_own)
    lengths = np.sqrt(np.maximum(all_all - 2.0 * own_all + own_own, 0.0))[person]
    cosines = np.divide(
        to_all - to_own, lengths, out=np.zeros_like(to_all), where=lengths > _NO_LENGTH
    )
    rounded: Floats = np.round(cosines, 6)
    return rounded


def by_vectors(vectors: NDArray[np.float32]) -> Products:
    """Take the products from the members' own vectors, shape (members, d).

    In a small group those of all pairs are made at once.
    """
    if len(vectors) <= _FEW:
        few = vectors.astype(np.float64)
        return by_gram(few @ few.T)
    from scipy.sparse import csr_array

    def products(kept: Whole, person: Whole) -> tuple[Floats, Floats]:
        member = csr_array((np.ones(len(kept)), (person, np.arange(len(kept)))))
        sums = np.zeros((member.shape[0], vectors.shape[1]))
        for at in range(0, len(kept), _BLOCK):
            rows = vectors[kept[at : at + _BLOCK]].astype(np.float64)
            sums += np.asarray(member[:, at : at + _BLOCK] @ rows)
        total = sums.sum(axis=0)
        to_all, to_own = np.zeros(len(kept)), np.zeros(len(kept))
        for at in range(0, len(kept), _BLOCK):
            some = slice(at, at + _BLOCK)
            rows = vectors[kept[some]].astype(np.float64)
            to_all[some] = rows @ total
            to_own[some] = np.einsum("ij,ij->i", rows, sums[person[some]])
        return to_all, to_own

    return products


def by_gram(gram: Floats) -> Products:
    """Take the products from those of all pairs, shape (members, members)."""

    def products(kept: Whole, person: Whole) -> tuple[Floats, Floats]:
        pairs = gram[np.ix_(kept, kept)]
        same = person[:, None] == person[None, :]
        return pairs.sum(axis=1), np.where(same, pairs, 0.0).sum(axis=1)

    return products
