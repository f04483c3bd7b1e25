"""Feeds: blacklists of others that fill a dynamic list of the rules."""
from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from ._core import U64, Buffer, Handle, Room, Text, Texts, fixed, nanoseconds, new, text, unsigned
from ._native import ffi, lib
from .enums import FeedFault, FeedFormat, FeedKind, FeedRefusalKind
from .errors import ArgumentError, FeedError, check, refuse

if TYPE_CHECKING:
    from .engine import Engine


@dataclasses.dataclass(frozen=True, slots=True)
class FeedStatistics:
    """What was made of a feed. `added` to `pushed_out` are of all updates together; `entries`, `renewed` and `refused` (by kind) of the latest.
    `cursor` is what the feed wants to hear next time: APIBAN's ID."""

    fault: FeedFault
    updates: int
    refused_updates: int
    added: int
    removed: int
    expired: int
    pushed_out: int
    entries: int
    renewed: int
    refused: dict[FeedRefusalKind, int]
    last_update_ns: int
    timestamp: int
    refusals_shown: int
    cursor: str


@dataclasses.dataclass(frozen=True, slots=True)
class FeedRefusal:
    """An entry that was refused, and where it stands: at most 63 bytes of it."""

    kind: FeedRefusalKind
    line: int
    column: int
    text: str


class Feed(Handle):
    """A feed for the dynamic list `list` of the rules. One thread at a time.

    `ttl_ns`: of entries that say none, 0 is a day. `most_shrink`: percent of its entries that may be gone at once, 0 is 50. `ipv4_bits`,
    `ipv6_bits`, `digits`, `home_digits`: wider networks and shorter prefixes are refused; `home` is the calling code of your own country.
    `key`: minisign's public key; then nothing is taken that it did not sign. `allowed`: entries, one a line, that are never blocked.
    `additive`: nothing is taken off the list, as the feed tells only what is new. `special`: private addresses may stand in it.
    ArgumentError names an option that cannot be.
    """

    __slots__ = ("_room", "list")

    def __init__(self, kind: FeedKind, list: str, *, name: Text = "", format: FeedFormat = FeedFormat.AUTO, additive: bool = False, special: bool = False,
                 ttl_ns: int = 0, most_shrink: int = 0, ipv4_bits: int = 0, ipv6_bits: int = 0, digits: int = 0, home_digits: int = 0, column: Text = "",
                 ttl_column: Text = "", reason_column: Text = "", home: Text = "", key: Text = "", allowed: Text = "") -> None:  # fmt: skip
        flags = (lib.SIPWARD_FEED_ADDITIVE if additive else 0) | (lib.SIPWARD_FEED_SPECIAL if special else 0)
        options = new("sipward_feed_options", kind=unsigned(kind, "kind"), format=unsigned(format, "format"), flags=flags,
                      ttl_ns=nanoseconds(ttl_ns, "ttl_ns"), most_shrink=unsigned(most_shrink, "most_shrink"), ipv4_bits=unsigned(ipv4_bits, "ipv4_bits"),
                      ipv6_bits=unsigned(ipv6_bits, "ipv6_bits"), digits=unsigned(digits, "digits"), home_digits=unsigned(home_digits, "home_digits"))  # fmt: skip
        texts = Texts()
        for member, value in (("list", list), ("name", name), ("column", column), ("ttl_column", ttl_column), ("reason_column", reason_column),
                              ("home", home), ("key", key), ("allowed", allowed)):  # fmt: skip
            texts.put(getattr(options, member), value, member)
        out, wrong = ffi.new("sipward_feed**"), ffi.new("sipward_text*")
        status = lib.sipward_feed_create(options, out, wrong)
        if status == lib.SIPWARD_ERR_ARGUMENT:
            raise ArgumentError(f"make a feed: the option {text(wrong)!r} cannot be")
        check(status, "make a feed")
        super().__init__(ffi.gc(out[0], lib.sipward_feed_destroy))
        self._room = Room("feed")
        self.list = list

    def begin(self, data: Buffer, signature: Buffer = b"", *, force: bool = False) -> None:
        """Begins an update with bytes that were fetched, up to 64 MiB, which are copied, and, if there is a key, what stands in their file
        `.minisig`. FeedError: it is refused, and the list stays as it is. `force`: takes also what is empty, has shrunk, breaks off or is
        older than before."""
        with self._room:
            given, of = ffi.from_buffer(data), ffi.from_buffer(signature)
            status = lib.sipward_feed_begin(self._c(), given, len(given), of, len(of), lib.SIPWARD_FEED_FORCE if force else 0)
            self._judge(status, "begin an update")

    def step(self, engine: Engine | None, *, now_ns: int, work: int = 1000) -> bool:
        """Goes on with it: at most `work` entries are read, compared or written. True when it is made, False if there is more to do.
        FeedError: it is refused, and the list stays as it was. Without an engine the feed is read and judged, and no list is touched."""
        with self._room:
            pointer = ffi.NULL if engine is None else engine._c()
            status = lib.sipward_feed_step(self._c(), pointer, unsigned(work, "work", U64), nanoseconds(now_ns, "now_ns"))
            self._judge(status, "update a list")
            return bool(status == lib.SIPWARD_OK)

    def update(self, engine: Engine | None, data: Buffer, signature: Buffer = b"", *, now_ns: int, force: bool = False) -> FeedStatistics:
        """All of it at once."""
        self.begin(data, signature, force=force)
        while not self.step(engine, now_ns=now_ns, work=100_000):
            continue
        return self.statistics()

    def _judge(self, status: int, what: str) -> None:
        if status == lib.SIPWARD_ERR_FEED:
            out = new("sipward_feed_statistics")
            lib.sipward_feed_read_statistics(self._c(), out)
            fault = ffi.string(lib.sipward_feed_fault_name(out.fault)).decode()
            raise FeedError(f"{what} of {self.list!r}: {fault}", fault)
        if status < 0:
            raise refuse(status, what)

    def statistics(self) -> FeedStatistics:
        """What was made of the feed so far."""
        out = new("sipward_feed_statistics")
        with self._room:
            check(lib.sipward_feed_read_statistics(self._c(), out), "read statistics of a feed")
        refused = {kind: int(out.refused[kind]) for kind in FeedRefusalKind}
        return FeedStatistics(FeedFault(out.fault), out.updates, out.refused_updates, out.added, out.removed, out.expired, out.pushed_out, out.entries,
                              out.renewed, refused, out.last_update_ns, out.timestamp, out.refusals_shown, fixed(out.cursor, out.cursor_size))  # fmt: skip

    def refusals(self) -> tuple[FeedRefusal, ...]:
        """The first 64 entries that the latest update refused."""
        out = new("sipward_feed_refusal_info")
        all_: tuple[FeedRefusal, ...] = ()
        with self._room:
            while lib.sipward_feed_refusal(self._c(), len(all_), out) == lib.SIPWARD_OK:
                all_ += (FeedRefusal(FeedRefusalKind(out.refusal), out.line, out.column, fixed(out.text, out.text_size)),)
        return all_


def refusal_name(kind: int) -> str:
    """ "too_wide"; empty if there is no such kind."""
    return str(ffi.string(lib.sipward_feed_refusal_name(unsigned(kind, "kind"))).decode())
