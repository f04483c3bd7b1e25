"""What an engine has counted of calls: by trunk, account, number, country, User-Agent and source.

    with sipward.Engine(analytics_rows=256) as engine:
        ...
        with engine.analytics() as now:
            for row in now.rows(sipward.Dimension.COUNTRY, 10):
                print(row.key, row.attempts, row.asr, row.acd_ns)
"""
from __future__ import annotations

import dataclasses
from typing import Any

from ._core import Handle, fixed, name_of, nanoseconds, new, unsigned
from ._native import ffi, lib
from .enums import Attestation, Dimension, Failure, TimesOf
from .errors import check


def dimension_name(number: int) -> str | None:
    """The library's name of a dimension; None if there is no such dimension."""
    return name_of(lib.sipward_dimension_name(unsigned(number, "dimension")))


def failure_name(number: int) -> str | None:
    """The library's name of why calls are not answered; None if there is no such reason."""
    return name_of(lib.sipward_failure_name(unsigned(number, "failure")))


def attestation_name(number: int) -> str | None:
    """The library's name of an attestation; None if there is no such attestation."""
    return name_of(lib.sipward_attestation_name(unsigned(number, "attestation")))


@dataclasses.dataclass(frozen=True, slots=True)
class CallCounts:
    """Calls: all of them, or those of one key; `sipward/c/analytics.h` says which is which.

    `count`: how often the key came, at most too high by `error`; what follows counts since the key has its row. `key` has 64 bytes
    at most, `cut` says that it is longer. Others chose it: escape what you print. `cost` is in millionths."""

    key: str
    cut: bool
    count: int
    error: int
    attempts: int
    answered: int
    ended: int
    short_calls: int
    failed: dict[Failure, int]
    attested: dict[Attestation, int]
    auth_failures: int
    talk_ns: int
    cost: int
    setups: int
    setup_sum_ns: int
    setup_p50_ns: int
    setup_p95_ns: int
    setup_p99_ns: int

    @property
    def asr(self) -> float:
        """Answer-seizure ratio; 0 where no call began."""
        return self.answered / self.attempts if self.attempts else 0.0

    @property
    def completed(self) -> int:
        """Calls that were answered and are over."""
        return self.ended - sum(self.failed.values())

    @property
    def acd_ns(self) -> int:
        """Average call duration."""
        return self.talk_ns // self.completed if self.completed else 0


_NUMBERS = ("count", "error", "attempts", "answered", "ended", "short_calls", "auth_failures", "talk_ns", "cost", "setups", "setup_sum_ns",
            "setup_p50_ns", "setup_p95_ns", "setup_p99_ns")  # fmt: skip


def _counts(struct: Any) -> CallCounts:
    return CallCounts(
        key=fixed(struct.key, struct.key_size),
        cut=bool(struct.flags & lib.SIPWARD_COUNTS_CUT),
        failed=dict(zip(Failure, struct.failed)),
        attested=dict(zip(Attestation, struct.attested)),
        **{name: int(getattr(struct, name)) for name in _NUMBERS},
    )


@dataclasses.dataclass(frozen=True, slots=True)
class DimensionSize:
    """How much of a dimension its rows tell. `total`: of all keys, those without a row as well. `evictions`: 0 where every row is exact
    and there are no others."""

    rows: int
    capacity: int
    total: int
    evictions: int


@dataclasses.dataclass(frozen=True, slots=True)
class Traffic:
    """Requests and registrations, which are no calls. `requests`: INVITE, REGISTER, OPTIONS, all others, without those that are sent
    again. `attempts` to authenticate and `registers`: success, fail, challenged."""

    requests: tuple[int, ...]
    attempts: tuple[int, ...]
    registers: tuple[int, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Times:
    """A distribution of times, in nanoseconds."""

    count: int
    sum_ns: int
    least_ns: int
    most_ns: int
    p50_ns: int
    p90_ns: int
    p95_ns: int
    p99_ns: int


class Analytics(Handle):
    """What was counted up to the moment when Engine.analytics gave it. Needs the engine no more; may be shared by threads."""

    __slots__ = ()

    def totals(self) -> CallCounts:
        """Of all calls."""
        out = new("sipward_call_counts")
        check(lib.sipward_analytics_totals(self._c(), out), "read analytics")
        return _counts(out)

    def rows(self, dimension: Dimension, most: int = 0xFFFFFFFF) -> list[CallCounts]:
        """The keys that surely came most often, by `count - error`, the first first."""
        out, found = new("sipward_call_counts"), []
        number, pointer = unsigned(dimension, "dimension"), self._c()
        for index in range(unsigned(most, "most")):
            if check(lib.sipward_analytics_row(pointer, number, index, out), "read analytics") != lib.SIPWARD_OK:
                break
            found.append(_counts(out))
        return found

    def size(self, dimension: Dimension) -> DimensionSize:
        """How many rows there are, and what they leave out."""
        out = new("sipward_dimension")
        check(lib.sipward_analytics_dimension(self._c(), unsigned(dimension, "dimension"), out), "read analytics")
        return DimensionSize(out.rows, out.capacity, out.total, out.evictions)

    def traffic(self) -> Traffic:
        """Requests, attempts to authenticate and registrations."""
        out = new("sipward_traffic")
        check(lib.sipward_analytics_traffic(self._c(), out), "read analytics")
        return Traffic(tuple(out.requests), tuple(out.attempts), tuple(out.registers))

    def times(self, which: TimesOf) -> Times:
        """How long calls took to ring, or requests to get a response."""
        out = new("sipward_times")
        check(lib.sipward_analytics_times(self._c(), unsigned(which, "which"), out), "read analytics")
        return Times(out.count, out.sum_ns, out.least_ns, out.most_ns, out.p50_ns, out.p90_ns, out.p95_ns, out.p99_ns)

    def times_until(self, which: TimesOf, bound_ns: int) -> int:
        """How many of them were not longer: exact at 1, 2, 4 ... ms."""
        out = ffi.new("uint64_t*")
        bound = nanoseconds(bound_ns, "bound_ns")
        check(lib.sipward_analytics_times_until(self._c(), unsigned(which, "which"), bound, out), "read analytics")
        return int(out[0])
