"""Batches: many packets of one buffer in one call."""
from __future__ import annotations

import array
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Union, overload

from ._core import Buffer, Text, Texts, nanoseconds, unsigned
from ._native import ffi, lib
from .enums import Action
from .errors import BatchError, NoMemoryError, refuse, status_text
from .packet import UNKNOWN, Endpoint, endpoint_struct
from .verdict import Verdict

# A column: array('Q') and the like, which is not copied, or any sequence of integers, which is.
Numbers = Union["array.array[int]", memoryview, bytes, bytearray, Sequence[int]]


class Verdicts(Sequence[Verdict]):
    """The verdicts of a batch. They are copies, in memory of their own; each becomes a Verdict when it is asked for.

    `actions` has one byte for each, so that what is not allowed is found without making any: `actions.count(Action.DROP)`.
    """

    __slots__ = ("_verdicts", "_count")

    def __init__(self, pointer: Any) -> None:
        self._verdicts = pointer
        self._count = int(pointer.count)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Verdict: ...
    @overload
    def __getitem__(self, index: slice) -> list[Verdict]: ...
    def __getitem__(self, index: int | slice) -> Verdict | list[Verdict]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(self._count))]
        at = index + self._count if index < 0 else index
        if not 0 <= at < self._count:
            raise IndexError(f"there are {self._count} verdicts, and none has the index {index}")
        begin = self._verdicts.ends[at - 1] if at else 0
        return Verdict(ffi.unpack(self._verdicts.records + begin, self._verdicts.ends[at] - begin))

    def __iter__(self) -> Iterator[Verdict]:
        return (self[index] for index in range(self._count))

    @property
    def actions(self) -> bytes:
        """The action of each, as one byte."""
        return bytes(ffi.buffer(self._verdicts.actions, self._count))

    def above(self, action: Action = Action.FLAG) -> list[int]:
        """The indexes of verdicts with a worse action than this."""
        return [index for index, each in enumerate(self.actions) if each > action]

    def __repr__(self) -> str:
        return f"<sipward.Verdicts of {self._count} messages>"


class _Columns:
    """Makes the columns of a call, and keeps what they point to."""

    __slots__ = ("struct", "count", "kept")

    def __init__(self, count: int) -> None:
        self.struct = ffi.new("sipward_py_columns*")
        self.struct.common.struct_size = ffi.sizeof("sipward_packet")
        self.count = count
        self.kept: list[Any] = []

    def put(self, member: str, kind: str, column: Any, what: str) -> None:
        """One value for each packet."""
        size = ffi.sizeof(kind)
        if not isinstance(column, (array.array, memoryview, bytes, bytearray)):
            code = {"uint64_t": "Q", "int64_t": "q", "uint32_t": "I"}[kind]
            try:
                column = array.array(code, column)
            except OverflowError as error:
                raise ValueError(f"{what} holds a number that is out of range: {error}") from None
            except TypeError:
                raise TypeError(f"{what} must be integers, or array('{code}')") from None
        data = ffi.from_buffer(column)
        if len(data) != self.count * size:
            raise ValueError(f"{what} must hold {self.count} values of {size} bytes each, not {len(data)} bytes")
        self.kept.append(data)
        setattr(self.struct, member, ffi.cast(f"{kind}*", data))

    def one_or_column(self, member: str, column: str, kind: str, value: Any, most: int | None) -> None:
        """One value for all packets, or one for each."""
        if isinstance(value, int):
            setattr(self.struct.common, member, nanoseconds(value, member) if most is None else unsigned(value, member, most))
        else:
            self.put(column, kind, value, member)

    def endpoint(self, member: str, column: str, value: Endpoint | Buffer) -> None:
        """A pair for all, or packed endpoints."""
        if isinstance(value, tuple):
            setattr(self.struct.common, member, endpoint_struct(value, member)[0])
        else:
            if not isinstance(value, (bytes, bytearray, memoryview)):
                raise TypeError(f"{member} must be a pair of address and port, or bytes of pack_endpoint, 20 for each packet, not {type(value).__name__}")
            self.put(column, "sipward_endpoint", value, member)

    def texts(self, member: str, column: str, value: Any) -> None:
        """One text for all, or one for each."""
        if value is None:
            return
        texts = Texts()
        if isinstance(value, (str, bytes)):
            row, _ = texts.row([value], member)
            setattr(self.struct.common, member, row[0].data)
            setattr(self.struct.common, f"{member}_size", row[0].size)
        else:
            row, count = texts.row(value, member)
            if count != self.count:
                raise ValueError(f"{member} must hold {self.count} texts, not {count}")
            setattr(self.struct, column, row)
        self.kept.append(texts)


class BatchCalls:
    """The part of Inspector that takes batches."""

    __slots__ = ()
    if TYPE_CHECKING:
        _room: Any
        _last: Any
        def _c(self) -> Any: ...
        def _expire(self) -> None: ...

    def inspect_batch(
        self,
        buffer: Buffer,
        offsets: Numbers,
        sizes: Numbers,
        *,
        source: Endpoint | Buffer,
        wall_ns: int | Numbers,
        monotonic_ns: int | Numbers,
        destination: Endpoint | Buffer = UNKNOWN,
        transport: int | Numbers = 0,
        direction: int | Numbers = 0,
        flags: int | Numbers = 0,
        account: Text | Sequence[Text] | None = None,
        trunk: Text | Sequence[Text] | None = None,
    ) -> Verdicts:
        """The verdicts on many messages of one buffer, in order: the same as one by one, in one call.

        `offsets` and `sizes` say where each message lies: array('Q'), which costs nothing more, or sequences of integers. All else
        is one value for all messages, or one for each: array('q') of nanoseconds, array('I') of transports, directions and flags,
        endpoints as bytes of `pack_endpoint` one behind the other, a list of accounts. See Packet for what each means. Arrays and
        buffer must not be changed meanwhile.

        ValueError, with nothing inspected, if a message lies outside the buffer or a column has another length. BatchError if a
        packet cannot be (a transport that is none): the packets before it count, and the exception has their verdicts.
        """
        base = ffi.from_buffer(buffer)
        columns = _columns(offsets, sizes, source, destination, wall_ns, monotonic_ns, transport, direction, flags, account, trunk)
        out = ffi.new("sipward_py_verdicts**")
        with self._room:
            self._expire()
            status = lib.sipward_py_inspect_batch(self._c(), base, len(base), columns.struct, columns.count, out)
            self._last = base
        verdicts = None if out[0] == ffi.NULL else Verdicts(ffi.gc(out[0], lib.sipward_py_verdicts_destroy))
        if status == lib.SIPWARD_OK and verdicts is not None:
            return verdicts
        if status == lib.SIPWARD_ERR_SPACE:
            ends = zip(columns.struct.offsets[0 : columns.count], columns.struct.sizes[0 : columns.count])
            index = next(at for at, (offset, size) in enumerate(ends) if offset + size > len(base))
            raise BatchError(f"message {index} lies outside the buffer of {len(base)} bytes; nothing was inspected", index)
        if status == lib.SIPWARD_ERR_ARGUMENT and verdicts is not None:
            index = len(verdicts)
            raise BatchError(f"packet {index} cannot be (transport, direction or flags are out of range); {index} were inspected", index, verdicts)
        if status == lib.SIPWARD_ERR_NO_MEMORY:
            raise NoMemoryError(f"inspect a batch: {status_text(status)}")
        raise refuse(status, "inspect a batch")


def _columns(offsets: Any, sizes: Any, source: Any, destination: Any, wall_ns: Any, monotonic_ns: Any, transport: Any, direction: Any,
             flags: Any, account: Any, trunk: Any) -> _Columns:  # fmt: skip
    made = _Columns(len(offsets))
    made.put("offsets", "uint64_t", offsets, "offsets")
    made.put("sizes", "uint64_t", sizes, "sizes")
    made.endpoint("source", "sources", source)
    made.endpoint("destination", "destinations", destination)
    made.one_or_column("wall_ns", "wall_ns", "int64_t", wall_ns, None)
    made.one_or_column("monotonic_ns", "monotonic_ns", "int64_t", monotonic_ns, None)
    made.one_or_column("transport", "transports", "uint32_t", transport, 2**32 - 1)
    made.one_or_column("direction", "directions", "uint32_t", direction, 2**32 - 1)
    made.one_or_column("flags", "flags", "uint32_t", flags, 2**32 - 1)
    made.texts("account", "accounts", account)
    made.texts("trunk", "trunks", trunk)
    return made
