"""Dynamic lists: what rules and the host put there, for how long and why."""
from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ._core import Text, as_bytes, fixed, nanoseconds, new
from ._native import ffi, lib
from .errors import ArgumentError, ListError, check

if TYPE_CHECKING:
    from .engine import Engine


@dataclasses.dataclass(frozen=True, slots=True)
class ListEntry:
    """An entry, copied: times on the monotonic clock of the packets; long keys and reasons are cut."""

    key: str
    reason: str
    since_ns: int
    until_ns: int


def _entry(struct: Any) -> ListEntry:
    return ListEntry(fixed(struct.key, struct.key_size), fixed(struct.reason, struct.reason_size), struct.since_ns, struct.until_ns)


class DynamicList:
    """A list of the rules that says `dynamic`. Of `Engine.list`; keeps its engine alive.

    Entries stand in the state: all engines over it whose rules have the list alike have the same. `now_ns` is always a time on the
    monotonic clock of the packets. May be used while others inspect; each call costs a look-up. ListError if the rules that run
    have no dynamic list of this name.
    """

    __slots__ = ("_engine", "name", "_name")

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self.name = name
        self._name = as_bytes(name, "the name of a list")

    def _check(self, status: int, what: str) -> int:
        if status == lib.SIPWARD_ERR_LIST:
            raise ListError(f"the rules that run have no dynamic list {self.name!r}")
        return check(status, what)

    def add(self, key: Text, *, ttl_ns: int, reason: Text, now_ns: int) -> None:
        """Puts a key on the list for `ttl_ns` from now; what stands there is lengthened, never shortened. Of a list of networks the
        key is an address, or a network from 8 bits (IPv6: 16); of one of prefixes digits, of domains a name. ArgumentError if it is not, or if something is empty."""
        data, why = as_bytes(key, "the key"), as_bytes(reason, "the reason")
        status = lib.sipward_engine_list_add(self._engine._c(), self._name, len(self._name), data, len(data), why, len(why),
                                             nanoseconds(ttl_ns, "ttl_ns"), nanoseconds(now_ns, "now_ns"))  # fmt: skip
        if status == lib.SIPWARD_ERR_ARGUMENT:
            raise ArgumentError(f"add {key!r} to {self.name!r} for {ttl_ns} ns: of a list of networks the key must be an address, or a network from 8 bits "
                                "(IPv6: 16), of one of prefixes digits, of domains a name; key, reason and time must not be empty")  # fmt: skip
        self._check(status, f"add {key!r}")

    def find(self, key: Text, *, now_ns: int) -> ListEntry | None:
        """The entry for which rules find the key: of an address also that of a network around it, of a number that of its prefix, of a name that of
        its domain. None: it is not there."""
        data, out = as_bytes(key, "the key"), new("sipward_list_entry")
        status = self._check(lib.sipward_engine_list_find(self._engine._c(), self._name, len(self._name), data, len(data),
                                                          nanoseconds(now_ns, "now_ns"), out), f"find {key!r}")  # fmt: skip
        return _entry(out) if status == lib.SIPWARD_OK else None

    def remove(self, key: Text, *, now_ns: int) -> bool:
        """Takes this very key off the list; False if it is not there."""
        data = as_bytes(key, "the key")
        status = lib.sipward_engine_list_remove(self._engine._c(), self._name, len(self._name), data, len(data), nanoseconds(now_ns, "now_ns"))
        return bool(self._check(status, f"remove {key!r}") == lib.SIPWARD_OK)

    def entries(self, *, now_ns: int) -> Iterator[ListEntry]:
        """One living entry after the other, in no order. What comes or goes meanwhile may be missed."""
        cursor, out = ffi.new("uint64_t*"), new("sipward_list_entry")
        now = nanoseconds(now_ns, "now_ns")
        while self._check(lib.sipward_engine_list_next(self._engine._c(), self._name, len(self._name), now, cursor, out), "read a list") == lib.SIPWARD_OK:
            yield _entry(out)

    def __repr__(self) -> str:
        return f"<sipward.DynamicList {self.name!r}>"
