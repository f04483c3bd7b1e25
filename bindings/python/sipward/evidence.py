"""Decisions that can be judged again, without the state that they were made with."""
from __future__ import annotations

import json
from typing import Any

from ._core import Buffer, Handle, Room, make
from ._native import ffi, lib
from .enums import Replayed
from .errors import ArgumentError, check
from .rules import Rules


class Replayer(Handle):
    """Judges the records of Inspector.take_record again, by the rules that made them. One thread at a time.

    Holds the rules. NoMemoryError if no state can be made for them; it is neither read nor changed.
    """

    __slots__ = ("_room",)

    def __init__(self, rules: Rules) -> None:
        if not isinstance(rules, Rules):
            raise TypeError(f"a replayer needs sipward.Rules, not {type(rules).__name__}")
        status, pointer = make(lib.sipward_replayer_create, lib.sipward_replayer_destroy, "sipward_replayer", rules._c())
        check(status, "make a replayer")
        super().__init__(pointer)
        self._room = Room("replayer")

    def run(self, record: Buffer) -> Replayed:
        """SAME: the same verdict, rule by rule and value by value. MalformedError if the bytes are no record. Any may be given."""
        data, outcome = ffi.from_buffer(record), ffi.new("uint32_t*")
        with self._room:
            check(lib.sipward_replayer_run(self._c(), data, len(data), outcome, ffi.NULL), "replay a record")
        return Replayed(outcome[0])

    def describe(self, record: Buffer) -> dict[str, Any]:
        """The record for people: the verdict, the packet, the fields with their offsets, the identity, the aggregates and entries of
        lists by name, and the events that followed. MalformedError if the bytes are no record, ArgumentError if other rules made it."""
        data, size = ffi.from_buffer(record), ffi.new("size_t*")
        with self._room:
            room = ffi.NULL
            status = lib.sipward_replayer_describe(self._c(), data, len(data), room, 0, size)
            if status == lib.SIPWARD_ERR_SPACE:
                room = ffi.new("char[]", size[0])
                status = lib.sipward_replayer_describe(self._c(), data, len(data), room, size[0], size)
        if status == lib.SIPWARD_ERR_ARGUMENT:
            raise ArgumentError("describe a record: it was made by other rules")
        check(status, "describe a record")
        told: dict[str, Any] = json.loads(ffi.unpack(room, size[0]))
        return told
