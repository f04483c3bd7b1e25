"""Streams: bytes in, messages out."""
from __future__ import annotations

from ._core import Buffer, Handle, Room, make, unsigned
from ._native import ffi, lib
from .anomaly import Anomaly, at_place
from .enums import AnomalyClass
from .errors import LimitError, MalformedError, check, refuse


class Framer(Handle):
    """Cuts the bytes of one TCP or TLS connection into messages (RFC 3261 section 18.3). One for each connection, one thread at a time.

    `limit`: most bytes of one message, 0 is 1 MiB; a buffer of that size is reserved.
    """

    __slots__ = ("_room", "_error")

    def __init__(self, limit: int = 0) -> None:
        status, pointer = make(lib.sipward_framer_create, lib.sipward_framer_destroy, "sipward_framer", unsigned(limit, "limit"))
        check(status, "make a framer")
        super().__init__(pointer)
        self._room = Room("framer")
        self._error: Anomaly | None = None

    def feed(self, data: Buffer) -> list[bytes]:
        """Takes bytes in and gives the messages that are whole now. They are copies.

        Where the stream cannot be cut any more, for good, MalformedError or LimitError says so, once the messages before that place
        were given: if there are some in the same bytes, it is the next call that raises, and `error` tells at once. Close the
        connection then."""
        rest = ffi.from_buffer(data)
        at, taken = 0, ffi.new("size_t*")
        messages: list[bytes] = []
        with self._room:
            while self._error is None:
                check(lib.sipward_framer_push(self._c(), rest + at, len(rest) - at, taken), "push bytes")
                at += int(taken[0])
                self._take(messages)
                if at == len(rest):
                    break
            self._c()
        if self._error is not None and not messages:
            limit = self._error.info.anomaly_class == AnomalyClass.LIMIT
            raise (LimitError if limit else MalformedError)(f"the stream cannot be cut any more: {self._error}", self._error)
        return messages

    def _take(self, messages: list[bytes]) -> None:
        where, size, error = ffi.new("char**"), ffi.new("size_t*"), ffi.new("sipward_anomaly*")
        while True:
            status = lib.sipward_framer_next(self._c(), where, size, error)
            if status in (lib.SIPWARD_ERR_MALFORMED, lib.SIPWARD_ERR_LIMIT):
                self._error = at_place(error)
                return
            if status < 0:
                raise refuse(status, "cut a stream")
            if status != lib.SIPWARD_OK:
                return
            messages.append(bytes(ffi.buffer(where[0], size[0])))

    @property
    def error(self) -> Anomaly | None:
        """Why the stream cannot be cut any more; None while it can."""
        return self._error

    @property
    def pending(self) -> int:
        """Bytes of an unfinished message; at the end of the connection, more than 0: it was cut off."""
        with self._room:
            return int(lib.sipward_framer_pending(self._c()))
