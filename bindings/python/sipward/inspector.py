"""Inspectors: one thread's door to an engine."""
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ._core import Handle, Room, make, nanoseconds, unsigned, U64
from ._native import ffi, lib
from .batch import BatchCalls
from .enums import EventKind
from .errors import ClosedError, TicketError, check, refuse
from .events import Value, event_struct, misfit
from .message import Message
from .packet import Packet
from .verdict import Verdict

if TYPE_CHECKING:
    from .engine import Engine
    from .identity import Check

_CAPACITY = 4096
_inspect, _unpack = lib.sipward_py_inspect, ffi.unpack


class Inspector(BatchCalls, Handle):
    """One thread's working memory (about half a MiB). Make one for each thread; a second thread that comes in gets BusyError.

    Holds the engine and the rules that it took up last. After a fork, a child may go on with an inspector that it inherited, over
    its own copy of the memory, or over a shared State.
    """

    __slots__ = ("_room", "_out", "_borrowed", "_last", "_told")

    def __init__(self, engine: Engine) -> None:
        from .engine import Engine

        if not isinstance(engine, Engine):
            raise TypeError(f"an inspector needs a sipward.Engine, not {type(engine).__name__}")
        status, pointer = make(lib.sipward_py_inspector_create, lib.sipward_py_inspector_destroy, "sipward_py_inspector", engine._c())
        check(status, "make an inspector")
        super().__init__(pointer)
        self._room = Room("inspector")
        self._out = ffi.new("char[]", _CAPACITY)
        self._borrowed: Message | None = None
        self._last: Any = None  # the bytes of the message that was inspected last
        self._told = False  # of an event, since then or before

    def inspect(self, packet: Packet) -> Verdict:
        """What is to be done with a message. Whatever its bytes are, the verdict says so; it is never an error. Some microseconds."""
        if not self._room.lock.acquire(False):
            raise self._room.busy()
        try:
            if self._borrowed is not None:
                self._expire()
            size = _inspect(self._pointer, packet._base, packet._packet, self._out, _CAPACITY)
            self._last = packet._base
            if 0 <= size <= _CAPACITY:
                return Verdict(_unpack(self._out, size))
            return self._verdict(size, "inspect")
        except (AttributeError, TypeError):
            self._c()
            raise TypeError(f"inspect takes a sipward.Packet, not {type(packet).__name__}") from None
        finally:
            self._room.lock.release()

    def resume(self, packet: Packet, ticket: int, identity: Check | None = None) -> Verdict:
        """The verdict of the rules that waited for the caller's identity, once it is known or its certificate was provided.

        `packet`: the same as then, its times too; `ticket`: that of the pending verdict. `identity`: what the host found, None if
        the library itself checks or the host gives up. Has the hits, tags and points of these rules alone, and the worse action of
        both verdicts. TicketError if the ticket is not that of the packet."""
        if not isinstance(packet, Packet):
            raise TypeError(f"resume takes a sipward.Packet, not {type(packet).__name__}")
        with self._room:
            self._expire()
            struct = ffi.new("sipward_packet*", packet._packet[0])
            struct.identity = ffi.NULL if identity is None else identity.struct
            size = lib.sipward_py_resume(self._c(), packet._base, struct, unsigned(ticket, "ticket", U64), self._out, _CAPACITY)
            self._last = packet._base
            return self._verdict(size, "resume")

    def event(
        self,
        kind: EventKind,
        facts: Mapping[str, Value],
        *,
        wall_ns: int,
        monotonic_ns: int,
        proven: bool = False,
    ) -> Verdict:
        """What is to be done with something that is no packet, told by fields: `facts` are their names and values.

        `proven`: the source has shown that it receives what is sent to it, so that it is no forged address. FieldError if an event
        of this kind has no such field, or a value does not fit it (see sipward.fields)."""
        struct = event_struct(kind, facts, nanoseconds(wall_ns, "wall_ns"), nanoseconds(monotonic_ns, "monotonic_ns"), proven)
        with self._room:
            self._expire()
            size = lib.sipward_py_event(self._c(), struct.event, self._out, _CAPACITY)
            if size == lib.SIPWARD_ERR_FIELD:
                raise misfit(facts)
            verdict = self._verdict(size, f"tell of a {EventKind(kind).label}")
            self._told = True
            return verdict

    def record(self, bodies: bool = False) -> None:
        """From now on what is judged is recorded, for take_record. `bodies`: with the bodies of messages, which are personal."""
        with self._room:
            flags = lib.SIPWARD_RECORD_ON | (lib.SIPWARD_RECORD_BODIES if bodies else 0)
            check(lib.sipward_py_record_on(self._c(), flags), "record")

    def stop_recording(self) -> None:
        """What is judged is recorded no longer."""
        with self._room:
            check(lib.sipward_py_record_on(self._c(), 0), "stop recording")

    def take_record(self) -> bytes | None:
        """What was recorded of the last call, of a batch of its last packet: a Replayer judges it again. None: nothing was recorded,
        or more than there is room for."""
        with self._room:
            if self._last is None and not self._told:
                self._c()
                return None
            size = ffi.new("size_t*")
            status = lib.sipward_py_take_record(self._c(), self._out, _CAPACITY, size)
            if status == lib.SIPWARD_OK:
                return bytes(_unpack(self._out, size[0]))
            room = ffi.new("char[]", size[0]) if status == lib.SIPWARD_ERR_SPACE else ffi.NULL
            if status == lib.SIPWARD_ERR_SPACE:
                status = lib.sipward_py_take_record(self._c(), room, size[0], size)
            check(status, "take a record")
            return None if status == lib.SIPWARD_END else bytes(_unpack(room, size[0]))

    @property
    def message(self) -> Message:
        """The message that was inspected last, with everything read. Valid until the next call of this inspector; then ClosedError."""
        with self._room:
            if self._last is None:
                self._c()
                raise ClosedError("this inspector has inspected nothing yet")
            if self._borrowed is None or self._borrowed.closed:
                self._borrowed = Message._of_inspector(self._c(), lib.sipward_py_inspector_message(self._c()), self._last, self._room)
            return self._borrowed

    def close(self) -> None:
        """Gives the memory back. The last message is gone with it."""
        self._expire()
        super().close()

    def _expire(self) -> None:
        if self._borrowed is not None:
            self._borrowed._forget()
            self._borrowed = None

    def _lose(self) -> None:
        """A call failed: which bytes the message holds is not known."""
        self._last = None
        self._told = False

    def _verdict(self, size: int, what: str) -> Verdict:
        if size == lib.SIPWARD_ERR_TICKET:
            raise TicketError("the ticket is not that of the packet, or is too old")
        if size < 0:
            self._lose()
            raise refuse(size, what)
        if size <= _CAPACITY:
            return Verdict(ffi.unpack(self._out, size))
        out = ffi.new("char[]", size)
        lib.sipward_py_last(self._c(), out, size)
        return Verdict(ffi.unpack(out, size))
