"""Anomalies: what a message does that it should not, and which of it refuses a message."""
from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable
from typing import Any

from ._core import new, text
from ._native import ffi, lib
from .enums import AnomalyClass
from .errors import ArgumentError, check


@dataclasses.dataclass(frozen=True, slots=True)
class AnomalyInfo:
    """What the library knows by this name. Names are stable; ids hold within one version of the library."""

    id: int
    name: str
    anomaly_class: AnomalyClass
    sentence: str
    refused_in_strict: bool
    refused_in_tolerant: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Anomaly:
    """An anomaly at a place: `offset` is of the first byte concerned, behind the first byte of the message."""

    info: AnomalyInfo
    offset: int

    @property
    def name(self) -> str:
        """The stable name: "line.bare_lf"."""
        return self.info.name

    @property
    def sentence(self) -> str:
        """What it means, in English."""
        return self.info.sentence

    def __str__(self) -> str:
        return f"{self.name} at byte {self.offset}: {self.sentence}"


@functools.cache
def anomalies() -> tuple[AnomalyInfo, ...]:
    """All that the library knows, by their ids."""
    found = []
    for number in range(lib.sipward_anomaly_count()):
        info = new("sipward_anomaly_info")
        check(lib.sipward_anomaly_describe(number, info), "describe an anomaly")
        found.append(AnomalyInfo(number, text(info.name), AnomalyClass(info.anomaly_class), text(info.sentence),
                                 bool(info.refused_in_strict), bool(info.refused_in_tolerant)))
    return tuple(found)


def at_place(struct: Any) -> Anomaly:
    """A sipward_anomaly."""
    return Anomaly(anomalies()[struct.id], struct.offset)


class Policy:
    """Changes to a profile: every leniency is a switch with the name of its anomaly.

    `accept` names what no longer refuses a message, `refuse` what does. ArgumentError for a name that is none, or that no profile
    can accept, since nothing could be relied on behind it.
    """

    __slots__ = ("accepted", "refused", "_struct")

    def __init__(self, accept: Iterable[str] = (), refuse: Iterable[str] = ()) -> None:
        for names in (accept, refuse):
            if isinstance(names, str):
                raise TypeError("a policy takes several names, not one string")
        self.accepted, self.refused = tuple(accept), tuple(refuse)
        self._struct = ffi.new("sipward_policy*")
        for names, change, verb in ((self.accepted, lib.sipward_policy_accept, "accept"), (self.refused, lib.sipward_policy_refuse, "refuse")):
            for name in names:
                if not isinstance(name, str):
                    raise TypeError(f"a name must be str, not {type(name).__name__}")
                data = name.encode("utf-8", "replace")
                if change(self._struct, data, len(data)) < 0:
                    raise ArgumentError(f"{verb} {name!r}: {_why_not(name)}")

    def __repr__(self) -> str:
        return f"Policy(accept={list(self.accepted)}, refuse={list(self.refused)})"


def _why_not(name: str) -> str:
    if any(info.name == name for info in anomalies()):
        return "both profiles refuse it, it cannot be accepted"
    return "there is no such anomaly; sipward.anomalies() has them all"
