"""What an engine counts, and what is worth telling."""
from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ._core import fixed, make, name_of, new, unsigned
from ._native import ffi, lib
from .analytics import Analytics
from .enums import Action, AnomalyClass, EventKind, NoticeCode, NoticeSeverity
from .errors import check


class Statistics:
    """What an engine counted since it was made, at one moment. Each count has the name that `sipward/c/statistics.h` gives it, where
    it is explained: `packets`, `malformed`, `pending`, `retransmissions`, `bans`, `state_used` ... `as_dict()` has them all."""

    __slots__ = ("_struct",)

    def __init__(self, struct: Any) -> None:
        self._struct = struct

    def __getattr__(self, name: str) -> int:
        if name in _COUNTS:
            return int(getattr(self._struct, name))
        raise AttributeError(f"there is no count {name!r}; as_dict() has them all")

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *_COUNTS]

    @property
    def by_action(self) -> dict[Action, int]:
        """Packets and events by what became of them."""
        return dict(zip(Action, self._struct.by_action))

    @property
    def by_kind(self) -> dict[EventKind, int]:
        """Packets that are requests or responses, and events."""
        return dict(zip(EventKind, self._struct.by_kind))

    @property
    def by_anomaly(self) -> dict[AnomalyClass, int]:
        """Packets with at least one anomaly of the class."""
        return dict(zip(AnomalyClass, self._struct.by_anomaly))

    def as_dict(self) -> dict[str, int | dict[str, int]]:
        """All counts by name; those by action, kind and class as dictionaries of their own."""
        found: dict[str, int | dict[str, int]] = {name: getattr(self, name) for name in _COUNTS}
        for name in ("by_action", "by_kind", "by_anomaly"):
            found[name] = {key.label: value for key, value in getattr(self, name).items()}
        return found

    def __repr__(self) -> str:
        return f"<sipward.Statistics of {self.packets} packets, {self.events} events>"


_COUNTS = tuple(name for name, field in ffi.typeof("sipward_statistics").fields if field.type.cname == "uint64_t")


@dataclasses.dataclass(frozen=True, slots=True)
class RuleStatistics:
    """What became of a rule's matches since generation `since` of the rules; `sipward/c/statistics.h` says which is which."""

    name: str
    generation: int
    since: int
    enforced: int
    reported: int
    allow_listed: int
    emergency: int
    weak_evidence: int
    too_late: int
    again: int


@dataclasses.dataclass(frozen=True, slots=True)
class Notice:
    """Something that an operator should hear of. What `amount` and `limit` are depends on the code. An attacker may have chosen `key`:
    escape what you print."""

    code: NoticeCode
    severity: NoticeSeverity
    subject: str
    key: str
    amount: int
    limit: int
    lost: int
    omitted: int
    wall_ns: int
    monotonic_ns: int

    @property
    def name(self) -> str:
        """The name of the code: "state_full"."""
        return name_of(lib.sipward_notice_name(self.code)) or ""

    @property
    def sentence(self) -> str:
        """The code as a sentence in English."""
        return name_of(lib.sipward_notice_sentence(self.code)) or ""


class Notices:
    """A reader of an engine's notices: iterate it every few seconds; each pass goes on where the last ended. The engine keeps the
    last 64. Of `Engine.notices`."""

    __slots__ = ("_engine", "_cursor")

    def __init__(self, engine: EngineCounts) -> None:
        self._engine = engine
        self._cursor = ffi.new("uint64_t*")

    def __iter__(self) -> Iterator[Notice]:
        out = new("sipward_notice")
        while check(lib.sipward_engine_notice_next(self._engine._c(), self._cursor, out), "read notices") == lib.SIPWARD_OK:
            yield Notice(NoticeCode(out.code), NoticeSeverity(out.severity), fixed(out.subject, out.subject_size), fixed(out.key, out.key_size),
                         out.amount, out.limit, out.lost, out.omitted, out.wall_ns, out.monotonic_ns)  # fmt: skip


class EngineCounts:
    """The part of an engine that tells what it counted."""

    __slots__ = ()

    if TYPE_CHECKING:
        def _c(self) -> Any: ...

    def statistics(self) -> Statistics:
        """What it counted since it was made; a reload begins nothing anew. May be called while others inspect. Some hundred
        nanoseconds for each inspector."""
        out = new("sipward_statistics")
        check(lib.sipward_engine_statistics(self._c(), out), "read statistics")
        return Statistics(out)

    def rule_statistics(self) -> list[RuleStatistics]:
        """What became of the matches of each rule that runs, in the order of the rules. All are of one generation: where rules are
        loaded meanwhile, it begins again."""
        out = new("sipward_rule_statistics")
        found: list[RuleStatistics] = []
        while check(lib.sipward_engine_rule_statistics(self._c(), len(found), out), "read rule statistics") == lib.SIPWARD_OK:
            if found and found[0].generation != out.generation:
                found = []
                continue
            found.append(RuleStatistics(fixed(out.name, out.name_size), out.generation, out.since, out.enforced, out.reported,
                                        out.allow_listed, out.emergency, out.weak_evidence, out.too_late, out.again))  # fmt: skip
        return found

    def analytics(self) -> Analytics:
        """What was counted of calls until now, copied. ValueError where the engine was made without `analytics_rows`. May be called
        while others inspect."""
        status, pointer = make(lib.sipward_engine_analytics, lib.sipward_analytics_destroy, "sipward_analytics", self._c())
        if check(status, "read analytics") != lib.SIPWARD_OK:
            raise ValueError("this engine keeps no analytics: make it with analytics_rows")
        return Analytics(pointer)

    def notices(self) -> Notices:
        """A new reader of notices, from the oldest that is kept."""
        return Notices(self)


def notice_name(code: int) -> str | None:
    """The name of a code; None if there is no such code."""
    return name_of(lib.sipward_notice_name(unsigned(code, "code")))
