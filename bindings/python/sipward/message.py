"""Messages: parsed in place, values read when they are asked for."""
from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, TypeVar

from ._core import Buffer, Handle, Room, Text, as_bytes, decode, make, new, unsigned
from ._native import ffi, lib
from .anomaly import Anomaly, Policy, at_place
from .bodies import Bodies
from .edit import Editing
from .enums import AnomalyClass, Kind, Profile
from .errors import ArgumentError, ClosedError, LimitError, MalformedError, check, refuse
from .header_records import Header, StartLine
from .header_values import HeaderValues
from .records import Record, Slice, slice_or_none, stale

_R = TypeVar("_R", bound=Record)
_parse, _validate, _from_buffer, _NULL = lib.sipward_message_parse, lib.sipward_message_validate, ffi.from_buffer, ffi.NULL
_NOTHING = memoryview(b"")
_PARSED = (lib.SIPWARD_OK, lib.SIPWARD_ERR_MALFORMED, lib.SIPWARD_ERR_LIMIT)
_PARSED_OR_NOT = (*_PARSED, lib.SIPWARD_END)


@dataclasses.dataclass(frozen=True, slots=True)
class ParseOptions:
    """How a message is read, and limits beyond which it is refused; 0 is the default in brackets.

    `stream`: it was cut from a stream, Content-Length is mandatory. message_bytes [65535], headers [256], header_value_bytes
    [16384], values_per_header [128], params_per_value [64], vias [70], uri_bytes [2048], sdp_media [32], sdp_attributes [512],
    body_parts [32], body_depth [3], comment_depth [8].
    """

    profile: int = Profile.TOLERANT
    stream: bool = False
    policy: Policy | None = None
    message_bytes: int = 0
    headers: int = 0
    header_value_bytes: int = 0
    values_per_header: int = 0
    params_per_value: int = 0
    vias: int = 0
    uri_bytes: int = 0
    sdp_media: int = 0
    sdp_attributes: int = 0
    body_parts: int = 0
    body_depth: int = 0
    comment_depth: int = 0

    def struct(self) -> Any:
        """The sipward_parse_options."""
        out = new("sipward_parse_options")
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if field.name == "policy":
                if value is not None:
                    out.policy = value._struct[0]
            else:
                setattr(out, field.name, unsigned(int(value) if isinstance(value, bool) else value, field.name))
        return out


class Message(HeaderValues, Bodies, Editing, Handle):
    """One SIP message. Values are slices of the caller's bytes, which it keeps alive and which must stay as they are meanwhile.

    `Message(data)` parses whatever bytes are given; `ok` says whether they are a message, and what could be read is there in any
    case. An object takes about 115 KiB, so reuse it with `parse` where many are read; one thread at a time (else BusyError).
    `message["Via"]` is the value of the first header of a name, long or compact, letters in any case.
    """

    __slots__ = ("_room", "_base", "_data", "_view", "_owner", "_parse_count")

    def __init__(self, data: Buffer | None = None, options: ParseOptions | None = None) -> None:
        status, pointer = make(lib.sipward_message_create, lib.sipward_message_destroy, "sipward_message")
        check(status, "make a message")
        super().__init__(pointer)
        self._room = Room("message")
        self._base: Any = None
        self._data: Buffer = b""
        self._view: memoryview | None = None
        self._owner: Any = None
        self._parse_count = 0
        if data is not None:
            self.parse(data, options)

    @classmethod
    def _of_inspector(cls, owner: Any, pointer: Any, base: Any, room: Room) -> Message:
        """The message that an inspector holds: of bytes that lie in `base`, until the inspector forgets it."""
        made = cls.__new__(cls)
        Handle.__init__(made, pointer)
        made._room, made._base, made._owner, made._parse_count = room, base, owner, 0
        where = ffi.new("sipward_text*")
        made._data, made._view = b"", None
        if lib.sipward_message_bytes(pointer, where) == lib.SIPWARD_OK:
            at = int(ffi.cast("uintptr_t", where.data)) - int(ffi.cast("uintptr_t", base))
            made._view = memoryview(ffi.buffer(base)).cast("B").toreadonly()[at : at + where.size]
        return made

    def _forget(self) -> None:
        self._pointer = None

    def _c(self) -> Any:
        pointer = self._pointer
        if pointer is None:
            if self._owner is not None:
                raise ClosedError("this message is valid until the next call of its inspector, or until it is closed")
            super()._c()
        return pointer

    def close(self) -> None:
        """Gives the memory back, and lets go of the bytes."""
        super().close()
        self._base = None
        self._data, self._view = b"", None

    def parse(self, data: Buffer, options: ParseOptions | None = None) -> bool:
        """Parses other bytes; whether they are a message. Linear in their size; nothing is copied."""
        if self._owner is not None:
            raise ArgumentError("this message is an inspector's; make a Message of your own")
        struct = _NULL if options is None else options.struct()
        if not self._room.lock.acquire(False):
            raise self._room.busy()
        try:
            base = _from_buffer(data)
            self._parse_count += 1
            status = _parse(self._c(), base, len(base), struct)
            if status not in _PARSED:
                raise refuse(status, "parse")
            self._base, self._data = base, data
            self._view = None
            return bool(status == 0)
        except TypeError:
            raise TypeError(f"a message must be bytes or another object with a buffer, not {type(data).__name__}") from None
        except BufferError as error:
            raise ValueError(f"a message must be one piece of memory: {error}") from None
        finally:
            self._room.lock.release()

    def validate(self) -> bool:
        """Reads every value and body that is known, so that all anomalies show; whether the message is one. Linear in the bytes."""
        if not self._room.lock.acquire(False):
            raise self._room.busy()
        try:
            status = _validate(self._c())
            if status not in _PARSED_OR_NOT:
                raise refuse(status, "validate")
            return bool(status == 0)
        finally:
            self._room.lock.release()

    @property
    def _bytes(self) -> memoryview:
        """What slices are places in; made when the first of them is asked for."""
        if self._view is None:
            self._view = memoryview(self._data).cast("B").toreadonly() if len(self._data) else _NOTHING
        return self._view

    @property
    def data(self) -> memoryview:
        """The bytes that were parsed, without a copy: slices are places in them. Empty if none were."""
        with self._room:
            self._c()
            return self._bytes

    @property
    def ok(self) -> bool:
        """Whether a message was parsed and nothing refused it, as far as it was read: see validate."""
        return self.kind != Kind.NONE and self.error is None

    @property
    def error(self) -> Anomaly | None:
        """The anomaly that refused the message; None if none did."""
        out = ffi.new("sipward_anomaly*")
        return at_place(out) if self._ask(lib.sipward_message_error, out) else None

    @property
    def anomalies(self) -> list[Anomaly]:
        """All anomalies of what was read so far, in the order found. After validate: all."""
        found: list[Anomaly] = []
        out = ffi.new("sipward_anomaly*")
        while self._ask(lib.sipward_message_anomaly, len(found), out):
            found.append(at_place(out))
        return found

    @property
    def start_line(self) -> StartLine | None:
        """The start line, taken apart; None if nothing was parsed."""
        return self._record(StartLine, lib.sipward_message_start_line)

    @property
    def kind(self) -> Kind:
        """Request, response, or neither."""
        line = self.start_line
        return Kind.NONE if line is None else line.kind

    @property
    def method(self) -> Slice | None:
        """Of a request."""
        line = self.start_line
        return None if line is None else line.method

    @property
    def status_code(self) -> int | None:
        """Of a response."""
        line = self.start_line
        return None if line is None else line.status_code

    @property
    def headers(self) -> list[Header]:
        """The header lines, in the order of the message."""
        count = lib.sipward_message_header_count(self._c())
        return [each for each in (self._record(Header, lib.sipward_message_header, index) for index in range(count)) if each is not None]

    def get(self, name: Text) -> Slice | None:
        """The value of the first header of this name, as written; None if there is none."""
        data, out = as_bytes(name, "the name of a header"), ffi.new("sipward_slice*")
        return slice_or_none(self._bytes, out) if self._ask(lib.sipward_message_find, data, len(data), out) else None

    def __getitem__(self, name: Text) -> Slice:
        found = self.get(name)
        if found is None:
            raise KeyError(name)
        return found

    def __contains__(self, name: object) -> bool:
        return isinstance(name, (str, bytes)) and self.get(name) is not None

    @property
    def body(self) -> memoryview | None:
        """What stands behind the empty line, cut to Content-Length where that is shorter, without a copy; None if the head has no
        end. What it is made of: body_info, parts, text, sdp."""
        out = ffi.new("sipward_slice*")
        found = slice_or_none(self._bytes, out) if self._ask(lib.sipward_message_body, out) else None
        return None if found is None else found.view

    def __repr__(self) -> str:
        if self._pointer is None:
            return super().__repr__()
        what = str(self.method) if self.kind == Kind.REQUEST else str(self.status_code) if self.kind == Kind.RESPONSE else "no message"
        return f"<sipward.Message {what} of {len(self._bytes)} bytes>"

    # What the other files of the package ask with.

    def _ask(self, function: Callable[..., int], *arguments: Any) -> bool:
        """Whether there is such a thing. ArgumentError for a header that the function does not know."""
        with self._room:
            pointer, _kept = self._c(), (self._owner, self._base)
            status = function(pointer, *arguments)
        if status == lib.SIPWARD_ERR_ARGUMENT:
            name = next((decode(each) for each in arguments if isinstance(each, bytes)), None)
            raise ArgumentError("it is another attribute, which this does not read" if name is None else f"{name!r} is no header that this reads")
        if status < 0:
            raise refuse(status, "ask a message")
        return bool(status == lib.SIPWARD_OK)

    def _record(self, record: type[_R], function: Callable[..., int], *arguments: Any) -> _R | None:
        out = new(record.KIND)
        return record(out, self._bytes, self, self._parse_count) if self._ask(function, *arguments, out) else None

    def _records(self, record: type[_R], function: Callable[..., int], *arguments: Any) -> list[_R]:
        found: list[_R] = []
        while (each := self._record(record, function, *arguments, len(found))) is not None:
            found.append(each)
        return found

    def _next_param(self, parse: int, rest: Any, out: Any) -> bool:
        self._c()
        if parse != self._parse_count:
            raise stale("read parameters")
        return self._ask(lib.sipward_param_next, rest, out)


def parse(data: Buffer, options: ParseOptions | None = None) -> Message:
    """A new Message of these bytes, with everything read. MalformedError or LimitError (both are MessageError and ValueError) if
    they are none: the exception names the anomaly and its place, and has what could be read."""
    message = Message(data, options)
    if not message.validate():
        anomaly = message.error
        limit = anomaly is not None and anomaly.info.anomaly_class == AnomalyClass.LIMIT
        raise (LimitError if limit else MalformedError)(f"not a SIP message: {anomaly or 'there are no bytes'}", anomaly, message)
    return message
