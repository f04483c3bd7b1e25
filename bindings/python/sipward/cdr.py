"""Call records: the bytes of files in, one record after the other out, with what calls cost.

    reader = sipward.cdr.Reader(rates=sipward.cdr.Rates(open("rates.csv", "rb").read()))
    for row in reader.feed(data) + reader.finish():
        if row.reason:
            print(row.line, row.reason_sentence)
        else:
            verdict = inspector.event(sipward.EventKind.CDR, row.facts, wall_ns=row.start_ns, monotonic_ns=row.start_ns, proven=True)
"""
from __future__ import annotations

import dataclasses
import ipaddress
from typing import Any

from ._core import Buffer, Handle, Room, Text, as_bytes, fixed, integer, make, name_of, nanoseconds, new, text, unsigned
from ._native import ffi, lib
from .enums import CdrFormat, CdrPart, Direction, FactKind
from .errors import RatesError, check, refuse
from .events import Value, fields


def format_name(number: int) -> str | None:
    """The library's name of a format; None if there is no such format."""
    return name_of(lib.sipward_cdr_format_name(unsigned(number, "format")))


def reason_name(number: int) -> str | None:
    """The library's name of why a row is bad; None if there is no such reason."""
    return name_of(lib.sipward_cdr_reason_name(unsigned(number, "reason")))


@dataclasses.dataclass(frozen=True, slots=True)
class Rate:
    """What a minute costs, in which steps a call is charged, and what the call costs. Amounts are millionths."""

    per_minute: int
    increment_ns: int
    cost: int


class Rates(Handle):
    """What calls cost by the number that is called: lines `prefix,rate_per_minute,increment_seconds`. May be shared by threads.

    RatesError if a line cannot be used; it has `line`, `column` and the sentence that says why."""

    __slots__ = ()

    def __init__(self, data: Text) -> None:
        listed, problem = as_bytes(data, "a rate list"), new("sipward_rates_problem")
        status, pointer = make(lib.sipward_rates_create, lib.sipward_rates_destroy, "sipward_rates", listed, len(listed), problem)
        if status == lib.SIPWARD_ERR_RATES:
            why = fixed(problem.message, problem.message_size)
            raise RatesError(f"{problem.line}:{problem.column}: {why}", problem.line, problem.column)
        check(status, "read a rate list")
        super().__init__(pointer)

    def find(self, number: Text, duration_ns: int = 0) -> Rate | None:
        """The rate of the longest prefix that the number begins with, and what a call costs. None: there is no such prefix."""
        data, out = as_bytes(number, "a telephone number"), new("sipward_rate")
        status = lib.sipward_rates_find(self._c(), data, len(data), nanoseconds(duration_ns, "duration_ns"), out)
        if check(status, "find a rate") != lib.SIPWARD_OK:
            return None
        return Rate(out.per_minute, out.increment_ns, out.cost)


@dataclasses.dataclass(frozen=True, slots=True)
class CallRecord:
    """One row of a file. `reason`: why it is bad, and nothing behind `size` is known; empty of a record.

    `cost` and `price` (of a minute) are millionths, None if not known. `facts` are for Inspector.event. `layout` is for Reader.again."""

    reason: str
    reason_sentence: str
    format: CdrFormat
    line: int
    offset: int
    size: int
    layout: int = 0
    part: CdrPart = CdrPart.CALL
    start_ns: int = 0
    duration_ns: int = 0
    ring_ns: int = 0
    answered: bool = False
    direction: Direction = Direction.UNKNOWN
    code: int = 0
    cost: int | None = None
    price: int | None = None
    account: str = ""
    trunk: str = ""
    caller: str = ""
    caller_name: str = ""
    callee: str = ""
    dialled: str = ""
    user_agent: str = ""
    call_id: str = ""
    id: str = ""
    fingerprint: int = 0
    facts: dict[str, Value] = dataclasses.field(default_factory=dict)


_TEXTS = ("account", "trunk", "caller", "caller_name", "callee", "dialled", "user_agent", "call_id", "id")


def _value(fact: Any) -> Value:
    if fact.kind == FactKind.TEXT:
        return bytes(ffi.buffer(fact.text, fact.text_size))
    if fact.kind == FactKind.ADDRESS:
        address = ipaddress.IPv6Address(bytes(ffi.buffer(fact.address)))
        return address.ipv4_mapped or address
    return bool(fact.integer) if fields()[fact.field].type_name == "bool" else int(fact.integer)


def _record(row: Any) -> CallRecord:
    if row.reason != 0:
        sentence = name_of(lib.sipward_cdr_reason_sentence(row.reason)) or ""
        return CallRecord(reason_name(row.reason) or "", sentence, CdrFormat(row.format), row.line, row.offset, row.size)
    texts = {name: text(getattr(row, name)) for name in _TEXTS}
    facts = {fields()[row.facts[i].field].name: _value(row.facts[i]) for i in range(row.fact_count)}
    return CallRecord(
        "", "", CdrFormat(row.format), row.line, row.offset, row.size, row.layout, CdrPart(row.part), row.start_ns, row.duration_ns, row.ring_ns,
        bool(row.answered), Direction(row.direction), row.code, row.cost if row.has_cost else None, row.price if row.has_price else None,
        fingerprint=row.fingerprint, facts=facts, **texts)  # fmt: skip


class Reader(Handle):
    """Reads the records of one file. One thread at a time.

    `utc_offset_s`: of times that name no zone, local time minus UTC. `delimiter`: one character, None for a comma or what the header
    line or the row shows. `rates`: what calls cost whose record has no cost. `columns`: what the header line, or an object, calls a
    column, or its place from 1 in a file without one, and what it means: {"Begin": "start"}. FieldError if there is no such column."""

    __slots__ = ("_room",)

    def __init__(
        self,
        format: CdrFormat = CdrFormat.AUTO,
        *,
        utc_offset_s: int = 0,
        delimiter: str | None = None,
        rates: Rates | None = None,
        columns: dict[str | int, str] | None = None,
    ) -> None:
        if rates is not None and not isinstance(rates, Rates):
            raise TypeError(f"rates must be sipward.cdr.Rates, not {type(rates).__name__}")
        if delimiter is not None and (not isinstance(delimiter, str) or len(delimiter) != 1):
            raise ValueError("a delimiter is one character")
        options = new("sipward_cdr_options", format=unsigned(format, "format"), utc_offset_s=integer(utc_offset_s, "utc_offset_s", -86400, 86400),
                      delimiter=ord(delimiter) if delimiter else 0, rates=ffi.NULL if rates is None else rates._c())  # fmt: skip
        status, pointer = make(lib.sipward_cdr_reader_create, lib.sipward_cdr_reader_destroy, "sipward_cdr_reader", options)
        check(status, "make a reader of call records")
        super().__init__(pointer)
        self._room = Room("reader")
        for name, meaning in (columns or {}).items():
            self._map(name, as_bytes(meaning, "the meaning of a column"))

    def _map(self, name: str | int, meaning: bytes) -> None:
        if isinstance(name, int):
            status = lib.sipward_cdr_reader_map_place(self._c(), unsigned(name, "the place of a column"), meaning, len(meaning))
        else:
            data = as_bytes(name, "the name of a column")
            status = lib.sipward_cdr_reader_map(self._c(), data, len(data), meaning, len(meaning))
        check(status, f"map the column {name!r}")

    def feed(self, data: Buffer) -> list[CallRecord]:
        """Takes bytes in and gives the rows that are whole now, good and bad. ValueError after `finish`."""
        rest = ffi.from_buffer(data)
        at, taken = 0, ffi.new("size_t*")
        rows: list[CallRecord] = []
        with self._room:
            while at < len(rest):
                if check(lib.sipward_cdr_reader_push(self._c(), rest + at, len(rest) - at, taken), "push bytes") == lib.SIPWARD_END:
                    raise ValueError("this reader is finished")
                at += int(taken[0])
                self._take(rows)
            self._c()
        return rows

    def finish(self) -> list[CallRecord]:
        """Nothing follows: the rows that are left."""
        rows: list[CallRecord] = []
        with self._room:
            check(lib.sipward_cdr_reader_finish(self._c()), "finish")
            self._take(rows)
        return rows

    def again(self, row: Buffer, layout: int) -> CallRecord:
        """Reads a row once more, by its bytes and the layout that it had; `line` and `offset` are 0."""
        data, out = ffi.from_buffer(row), new("sipward_cdr")
        with self._room:
            check(lib.sipward_cdr_reader_again(self._c(), data, len(data), unsigned(layout, "layout"), out), "read a row again")
            return _record(out)

    def _take(self, rows: list[CallRecord]) -> None:
        out = new("sipward_cdr")
        while True:
            status = lib.sipward_cdr_reader_next(self._c(), out)
            if status < 0:
                raise refuse(status, "read a row")
            if status != lib.SIPWARD_OK:
                return
            rows.append(_record(out))
