"""Batches: many packets of one buffer in one call."""
from __future__ import annotations

import array
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Union, overload

from ._core import Buffer, Text, Texts
from ._native import ffi, lib
from .enums import Action
from .errors import BatchError, NoMemoryError, refuse, status_text
from .packet import UNKNOWN, Endpoint, _known, _remember, check_numbers
from .verdict import Verdict

# A column: array('Q') and the like, which is not copied, or any sequence of integers, which is.
Numbers = Union["array.array[int]", memoryview, bytes, bytearray, Sequence[int]]


_new, _from_buffer, _gc, _NULL = ffi.new, ffi.from_buffer, ffi.gc, ffi.NULL
_fill, _inspect = lib.sipward_py_fill, lib.sipward_py_inspect_batch
_PACKET, _OUT = ffi.typeof("sipward_packet*"), ffi.typeof("sipward_py_verdicts**")
_SIZES = {"Q": 8, "q": 8, "I": 4}
_NOWHERE = bytes(ffi.sizeof("sipward_endpoint"))


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


def _column(column: Any, code: str, count: int, what: str) -> Any:
    """One number for each packet, as C reads them; an array or another buffer is not copied."""
    if not isinstance(column, (array.array, memoryview, bytes, bytearray)):
        try:
            column = array.array(code, column)
        except OverflowError as error:
            raise ValueError(f"{what} holds a number that is out of range: {error}") from None
        except TypeError:
            raise TypeError(f"{what} must be integers, or array('{code}')") from None
    return _sized(column, _SIZES[code], count, what)


def _sized(column: Any, size: int, count: int, what: str) -> Any:
    data = _from_buffer(column)
    if len(data) != count * size:
        raise ValueError(f"{what} must hold {count} values of {size} bytes each, not {len(data)} bytes")
    return data


def _endpoints(endpoint: Endpoint | Buffer, count: int, what: str) -> tuple[bytes, Any]:
    """One endpoint for all packets and no column, or none and a column."""
    if isinstance(endpoint, tuple):
        return _known.get(endpoint) or _remember(endpoint, what), _NULL
    if not isinstance(endpoint, (bytes, bytearray, memoryview)):
        raise TypeError(f"{what} must be a pair of address and port, or bytes of pack_endpoint, 20 for each packet, not {type(endpoint).__name__}")
    return _NOWHERE, _sized(endpoint, len(_NOWHERE), count, what)


def _texts(value: Any, common: Any, member: str, count: int, kept: list[Any]) -> Any:
    """One text for all packets, which goes into `common`, or a column of texts."""
    texts = Texts()
    kept.append(texts)
    if isinstance(value, (str, bytes)):
        row, _ = texts.row([value], member)
        setattr(common, member, row[0].data)
        setattr(common, f"{member}_size", row[0].size)
        return _NULL
    row, found = texts.row(value, member)
    if found != count:
        raise ValueError(f"{member} must hold {count} texts, not {found}")
    return row


class BatchCalls:
    """The part of Inspector that takes batches."""

    __slots__ = ()
    if TYPE_CHECKING:
        _room: Any
        _last: Any
        def _c(self) -> Any: ...
        def _expire(self) -> None: ...
        def _lose(self) -> None: ...

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
        try:
            count = len(offsets)
        except TypeError:
            raise TypeError("offsets must be integers, or array('Q')") from None
        base, common = _from_buffer(buffer), _new(_PACKET)
        kept: list[Any] = []
        from_, sources = _endpoints(source, count, "source")
        to, destinations = _endpoints(destination, count, "destination")
        one = [value if isinstance(value, int) else 0 for value in (transport, direction, flags, wall_ns, monotonic_ns)]
        try:
            status = _fill(common, 0, *one, from_, to)
        except OverflowError:
            status = -1
        if status != 0:
            raise _out_of_range(*one)
        columns = [
            _column(offsets, "Q", count, "offsets"), _column(sizes, "Q", count, "sizes"),
            _NULL if isinstance(wall_ns, int) else _column(wall_ns, "q", count, "wall_ns"),
            _NULL if isinstance(monotonic_ns, int) else _column(monotonic_ns, "q", count, "monotonic_ns"), sources, destinations,
            _NULL if isinstance(transport, int) else _column(transport, "I", count, "transport"),
            _NULL if isinstance(direction, int) else _column(direction, "I", count, "direction"),
            _NULL if isinstance(flags, int) else _column(flags, "I", count, "flags"),
            _NULL if account is None else _texts(account, common, "account", count, kept),
            _NULL if trunk is None else _texts(trunk, common, "trunk", count, kept),
        ]  # fmt: skip
        out = _new(_OUT)
        with self._room:
            self._expire()
            status = _inspect(self._c(), base, len(base), common, *columns, count, out)
            self._last = base
            if status != 0:
                self._lose()
        verdicts = Verdicts(_gc(out[0], lib.sipward_py_verdicts_destroy)) if out[0] else None
        if status == 0 and verdicts is not None:
            return verdicts
        raise _refused(status, columns, count, len(base), verdicts)


def _out_of_range(transport: int, direction: int, flags: int, wall_ns: int, monotonic_ns: int) -> Exception:
    try:
        check_numbers(transport, direction, flags, wall_ns, monotonic_ns)
    except (TypeError, ValueError) as error:
        return error
    return ValueError("the packets cannot be")


def _refused(status: int, columns: list[Any], count: int, size: int, verdicts: Verdicts | None) -> Exception:
    """Why a batch was not inspected to its end."""
    if status == lib.SIPWARD_ERR_SPACE:
        offsets, sizes = (ffi.unpack(ffi.cast("uint64_t*", column), count) for column in columns[:2])
        index = next(at for at in range(count) if offsets[at] + sizes[at] > size)
        return BatchError(f"message {index} lies outside the buffer of {size} bytes; nothing was inspected", index)
    if status == lib.SIPWARD_ERR_ARGUMENT and verdicts is not None:
        index = len(verdicts)
        return BatchError(f"packet {index} cannot be (transport, direction or flags are out of range); {index} were inspected", index, verdicts)
    if status == lib.SIPWARD_ERR_NO_MEMORY:
        return NoMemoryError(f"inspect a batch: {status_text(status)}")
    return refuse(status, "inspect a batch")
