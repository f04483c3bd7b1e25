"""State: the one region of memory that changes."""
from __future__ import annotations

import os
from typing import Any

from ._core import Buffer, Handle, make, nanoseconds, new, text, unsigned, U64
from ._native import ffi, lib
from .errors import NoMemoryError, SnapshotError, check, refuse


def moment(wall_ns: int, monotonic_ns: int) -> Any:
    """Both clocks of the host at one moment."""
    return new("sipward_moment", wall_ns=nanoseconds(wall_ns, "wall_ns"), monotonic_ns=nanoseconds(monotonic_ns, "monotonic_ns"))


class State(Handle):
    """What engines count, ban and list. Its size is fixed; it never grows.

    `size`: bytes of the region, 0 is 64 MiB. `seed`: 16 bytes, the secret of its hashes, which strangers must not guess; random
    unless given, which only replays and snapshots need. `shared`: processes that are forked later count in the same memory.
    May be used by any number of engines and threads. NoMemoryError if the region cannot be had or is below 64 KiB.

    Fork while no other thread is inside a call of this package. Each process reloads rules for itself.
    """

    __slots__ = ("seed", "shared")

    def __init__(self, size: int = 0, *, seed: bytes | None = None, shared: bool = False) -> None:
        if seed is None:
            seed = os.urandom(16)
        if not isinstance(seed, bytes):
            raise TypeError(f"the seed must be bytes, not {type(seed).__name__}")
        if len(seed) != 16:
            raise ValueError(f"the seed must be 16 bytes, not {len(seed)}")
        options = new("sipward_state_options", shared=int(bool(shared)), bytes=unsigned(size, "size", U64))
        ffi.memmove(options.seed, seed, 16)
        status, pointer = make(lib.sipward_state_create, lib.sipward_state_destroy, "sipward_state", options)
        if status == lib.SIPWARD_ERR_NO_MEMORY:
            raise NoMemoryError(f"make a state of {size:,} bytes: they cannot be had, or are fewer than 65,536")
        check(status, "make a state")
        super().__init__(pointer)
        self.seed = seed
        self.shared = bool(shared)

    def snapshot(self, *, wall_ns: int, monotonic_ns: int) -> bytes:
        """A copy of all that is counted, banned and listed, so that it outlives a restart. Keep the seed with it.

        The times are those of the packets' clocks now. May be called while others inspect; reads the whole region.
        """
        now, size = moment(wall_ns, monotonic_ns), ffi.new("size_t*")
        status = lib.sipward_state_snapshot(self._c(), now, ffi.NULL, 0, size)
        while status == lib.SIPWARD_ERR_SPACE:
            room = bytearray(size[0])
            status = lib.sipward_state_snapshot(self._c(), now, ffi.from_buffer(room), len(room), size)
        check(status, "take a snapshot")
        del room[size[0] :]
        return bytes(room)

    def restore(self, snapshot: Buffer, *, wall_ns: int, monotonic_ns: int) -> None:
        """Takes over a snapshot: for the time before the first engine. The state must have the same size and seed.

        Any bytes may be given: SnapshotError, with the reason, leaves the state as it was.
        """
        why = ffi.new("sipward_text*")
        data = ffi.from_buffer(snapshot)
        status = lib.sipward_state_restore(self._c(), data, len(data), moment(wall_ns, monotonic_ns), why)
        if status == lib.SIPWARD_ERR_SNAPSHOT:
            raise SnapshotError(f"restore a snapshot: {text(why)}")
        if status < 0:
            raise refuse(status, "restore a snapshot")
