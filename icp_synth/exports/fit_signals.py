"""The fit signals of an ICP: who speaks for and against, and how each is seen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from icp_synth.domain.fields import SIGNALS
from icp_synth.domain.fit import Signal
from icp_synth.domain.profiles import Icp
from icp_synth.exports.conditions import condition
from icp_synth.exports.evidence import Evidence
from icp_synth.exports.statements import Voices, voices
from icp_synth.exports.words import Words


@dataclass(frozen=True)
class SignalShown:
    """A fit signal: people for and against, and how it is seen on an account.

    `observable`, `field` and `threshold` are empty where it is not operational;
    `unread` are the sides (`for`, `against`) of which no sign could be read.
    """

    key: str
    label: str
    asks: str
    operational: bool
    speaks: int
    against: int
    of: int
    observable: str
    field: str
    threshold: str
    score: int | None
    heard: Voices
    counter: Voices
    unread: tuple[str, ...] = ()

    @property
    def quiet(self) -> bool:
        """Whether nobody spoke of it and no account shows it."""
        return not (self.operational or self.speaks or self.against)


def signals_of(
    icp: Icp, evidence: Evidence, words: Words, *, among: Collection[str] | None = None
) -> tuple[SignalShown, ...]:
    """Return an ICP's fit signals.

    Args:
        icp: Any; one without signals has none.
        evidence: Cuts the quotes for and against.
        words: The report's language.
        among: The ICP's people; None for all.
    """
    return tuple(
        _signal(name, icp.signals[name], evidence, words, among)
        for name in SIGNALS
        if name in icp.signals
    )


def _signal(
    name: str,
    signal: Signal,
    evidence: Evidence,
    words: Words,
    among: Collection[str] | None,
) -> SignalShown:
    threshold = signal["threshold"]
    return SignalShown(
        key=name,
        label=words.named("signal", name),
        asks=words.named("signal_asks", name),
        operational=signal["status"] == "operational",
        speaks=len(signal["for"].participants),
        against=len(signal["against"].participants),
        of=signal["of"],
        observable=words.named("observable", signal["observable"] or ""),
        field=data_field(signal["data_field"] or "", words),
        threshold="" if threshold is None else condition(threshold, words),
        score=signal["score"],
        heard=voices(signal["for"].insights, evidence, among=among, visible=0),
        counter=voices(signal["against"].insights, evidence, among=among, visible=0),
        unread=signal.get("unread", ()),
    )


def data_field(field: str, words: Words) -> str:
    """Return the column to look in, in words; its own name where it is no field."""
    name = field.removeprefix("other:")
    return words.named("data_field" if name != field else "field", name)
