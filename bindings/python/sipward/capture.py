"""Reads SIP messages out of capture files. Needs libsipward-capture: `import sipward.capture` fails without it.

    for item in sipward.capture.read("calls.pcap"):
        print(item.frame, inspector.inspect(item.packet))
"""
from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from typing import Any

from ._capture import ffi, lib
from ._core import Buffer, Handle, Room, text
from .errors import Error, check, refuse
from .packet import Packet, endpoint_of


class CaptureError(Error, ValueError):
    """The file cannot be read, is no capture, or is damaged or cut off: the text names the file. Messages before that were whole."""

    status = lib.SIPWARD_ERR_CAPTURE


@dataclasses.dataclass(frozen=True, slots=True)
class Item:
    """A message of a capture: a packet of its own bytes, to be kept at will.

    `frame`: number of the frame that completed it, from 1. `truncated`: the capture holds only the beginning. `unframed`: a TCP
    stream that could not be cut here: all bytes since the last whole message. The packet's times are both that of the frame.
    """

    packet: Packet
    frame: int
    truncated: bool
    unframed: bool


@dataclasses.dataclass(frozen=True, slots=True)
class CaptureStatistics:
    """What went by; `sipward/c/capture.h` says which is which. Frames that hold no message are counted, never silently skipped."""

    position: int
    bytes: int
    frames: int
    truncated_frames: int
    not_ip: int
    ip_packets: int
    fragments: int
    reassembled_datagrams: int
    udp_datagrams: int
    tcp_segments: int
    other_transports: int
    messages: int
    not_sip: int
    tcp_gaps: int
    unfinished_bytes: int
    dropped_malformed: int
    dropped_nesting: int
    dropped_fragments: int
    dropped_tcp_segments: int


class Capture(Handle):
    """A capture file, pcap or pcapng: iterate it for its messages. One thread at a time. Memory is bounded whatever is in the file.

    `path`: a file, "-" is the standard input; or `data`: a capture in memory, which `name` is for in errors. CaptureError if it cannot
    be opened.
    """

    __slots__ = ("_room", "_data")

    def __init__(self, path: str | os.PathLike[str] | None = None, *, data: Buffer | None = None, name: str = "capture") -> None:
        if (path is None) == (data is None):
            raise TypeError("a capture needs either a path or data")
        out = ffi.new("sipward_capture**")
        check(lib.sipward_capture_create(out), "make a reader of captures")
        super().__init__(ffi.gc(out[0], lib.sipward_capture_destroy))
        self._room = Room("capture")
        self._data: Any = None
        if path is not None:
            where = os.fsencode(path)
            self._check(lib.sipward_capture_open(self._c(), where, len(where)))
        else:
            self._data, title = ffi.from_buffer(data), name.encode("utf-8", "surrogateescape")
            self._check(lib.sipward_capture_open_bytes(self._c(), self._data, len(self._data), title, len(title)))

    def _check(self, status: int) -> int:
        if status == lib.SIPWARD_ERR_CAPTURE:
            out = ffi.new("sipward_text*")
            check(lib.sipward_capture_error(self._c(), out), "read a capture")
            raise CaptureError(text(out))
        if status < 0:
            raise refuse(status, "read a capture")
        return status

    def __iter__(self) -> Iterator[Item]:
        return self

    def __next__(self) -> Item:
        out = ffi.new("sipward_capture_item*")
        out.struct_size = ffi.sizeof("sipward_capture_item")
        with self._room:
            pointer, _kept = self._c(), self._data
            if self._check(lib.sipward_capture_next(pointer, out)) != lib.SIPWARD_OK:
                raise StopIteration
            found = out.packet
            packet = Packet(
                bytes(ffi.buffer(out.data, out.size)),
                source=endpoint_of(found.source), destination=endpoint_of(found.destination), transport=found.transport,
                direction=found.direction, flags=found.flags, wall_ns=found.wall_ns, monotonic_ns=found.monotonic_ns,
            )  # fmt: skip
        flags = out.flags
        return Item(packet, out.frame, bool(flags & lib.SIPWARD_CAPTURE_TRUNCATED), bool(flags & lib.SIPWARD_CAPTURE_UNFRAMED))

    def statistics(self) -> CaptureStatistics:
        """What went by so far; after the last message, of the whole capture."""
        out = ffi.new("sipward_capture_statistics*")
        out.struct_size = ffi.sizeof("sipward_capture_statistics")
        with self._room:
            check(lib.sipward_capture_read_statistics(self._c(), out), "read statistics")
        return CaptureStatistics(*(int(getattr(out, field.name)) for field in dataclasses.fields(CaptureStatistics)))


def read(path: str | os.PathLike[str]) -> Iterator[Item]:
    """The messages of a capture file, one after the other; CaptureError, also in the midst of them. The file is closed behind the last."""
    with Capture(path) as capture:
        yield from capture
