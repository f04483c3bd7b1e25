"""Bans: who is banned, why and for how long, and the host's own word on it."""
from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ._core import Text, as_bytes, fixed, nanoseconds, new, unsigned
from ._native import ffi, lib
from .enums import BanKind
from .errors import ArgumentError, check

if TYPE_CHECKING:
    from .engine import Engine


@dataclasses.dataclass(frozen=True, slots=True)
class Ban:
    """A ban, copied: times on the monotonic clock of the packets. `allow_listed`: it has no effect, or not everywhere, since the
    address is in the list `allowed`."""

    kind: BanKind
    key: str
    reason: str
    since_ns: int
    until_ns: int
    allow_listed: bool


def _ban(struct: Any) -> Ban:
    return Ban(BanKind(struct.kind), fixed(struct.key, struct.key_size), fixed(struct.reason, struct.reason_size), struct.since_ns,
               struct.until_ns, bool(struct.flags & lib.SIPWARD_BAN_ALLOW_LISTED))  # fmt: skip


class Bans:
    """The bans of an engine's state. Of `Engine.bans`; keeps its engine alive.

    Keys are addresses ("192.0.2.1"), networks that messages are looked up by (a /24, or a /64 of IPv6), accounts or trunks.
    `now_ns` is always a time on the monotonic clock of the packets. May be used while others inspect; each call costs a look-up or two.
    """

    __slots__ = ("_engine",)

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, key: Text, *, ttl_ns: int, reason: Text, now_ns: int, kind: BanKind = BanKind.ADDRESS) -> None:
        """Bans for `ttl_ns` from now; a ban that stands is lengthened, never shortened. ArgumentError if the key is none, or if
        something is empty."""
        data, why = as_bytes(key, "the key"), as_bytes(reason, "the reason")
        status = lib.sipward_engine_ban_add(self._engine._c(), unsigned(kind, "kind"), data, len(data), why, len(why),
                                            nanoseconds(ttl_ns, "ttl_ns"), nanoseconds(now_ns, "now_ns"))  # fmt: skip
        if status == lib.SIPWARD_ERR_ARGUMENT:
            raise ArgumentError(f"ban {key!r} for {ttl_ns} ns: the key must be an address, or a network that messages are looked up by (a /24, a /64 of IPv6), "
                                "an account or a trunk; key, reason and time must not be empty")  # fmt: skip
        check(status, f"ban {key!r}")

    def find(self, key: Text, *, now_ns: int, kind: BanKind = BanKind.ADDRESS) -> Ban | None:
        """The ban that messages of this address, account or trunk meet: of an address also that of its network. None: there is none."""
        data, out = as_bytes(key, "the key"), new("sipward_ban")
        status = lib.sipward_engine_ban_find(self._engine._c(), unsigned(kind, "kind"), data, len(data), nanoseconds(now_ns, "now_ns"), out)
        return _ban(out) if check(status, f"find the ban of {key!r}") == lib.SIPWARD_OK else None

    def remove(self, key: Text, *, now_ns: int, kind: BanKind = BanKind.ADDRESS) -> bool:
        """Takes back the ban of this very key; False if there is none."""
        data = as_bytes(key, "the key")
        status = lib.sipward_engine_ban_remove(self._engine._c(), unsigned(kind, "kind"), data, len(data), nanoseconds(now_ns, "now_ns"))
        return bool(check(status, f"take back the ban of {key!r}") == lib.SIPWARD_OK)

    def entries(self, *, now_ns: int) -> Iterator[Ban]:
        """One living ban after the other, in no order. What comes or goes meanwhile may be missed. Reads the whole table."""
        cursor, out = ffi.new("uint64_t*"), new("sipward_ban")
        now = nanoseconds(now_ns, "now_ns")
        while check(lib.sipward_engine_ban_next(self._engine._c(), now, cursor, out), "read the bans") == lib.SIPWARD_OK:
            yield _ban(out)
