"""What every file of the package needs: objects that hold memory of the library, and texts from and to it."""
from __future__ import annotations

import threading
from types import TracebackType
from typing import Any, Self, Union

from ._native import ffi, lib
from .errors import BusyError, ClosedError

# What may stand for a text of SIP: `str` is written as UTF-8, in which lone bytes may be escaped as `decode` escapes them.
Text = Union[str, bytes, bytearray, memoryview, "Bytes"]
# What holds the bytes of a message: anything with a buffer, bytes first of all.
Buffer = Union[bytes, bytearray, memoryview]


class Bytes:
    """What a place in a message has in common with bytes: `bytes(x)`. See message.Slice."""

    __slots__ = ()

    def __bytes__(self) -> bytes:
        raise NotImplementedError


class Handle:
    """Holds an object of the library until `close`, the end of a `with`, or the end of the last name for it.

    Closing twice is allowed; using it afterwards raises ClosedError. A call that another thread is inside of ends undisturbed: the
    object is given back behind it.
    """

    __slots__ = ("_pointer", "__weakref__")

    def __init__(self, pointer: Any) -> None:
        self._pointer = pointer

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return getattr(self, "_pointer", None) is None

    def close(self) -> None:
        """Gives the memory back."""
        self._pointer = None

    def __enter__(self) -> Self:
        self._c()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _c(self) -> Any:
        """The pointer. Whoever calls with it keeps the object alive for the call, as it holds the reference."""
        pointer = getattr(self, "_pointer", None)
        if pointer is None:
            raise ClosedError(f"this {type(self).__name__} was closed")
        return pointer

    def __repr__(self) -> str:
        return f"<sipward.{type(self).__name__}{' closed' if self.closed else ''}>"

    def __reduce__(self) -> Any:
        raise TypeError(f"a {type(self).__name__} cannot be copied or pickled: it holds memory of the library")


class Room:
    """Lets one thread in at a time; a second one gets BusyError instead of harm."""

    __slots__ = ("lock", "_name")

    def __init__(self, name: str) -> None:
        self.lock = threading.Lock()
        self._name = name

    def busy(self) -> BusyError:
        """For the thread that came second."""
        return BusyError(f"another thread uses this {self._name}; make one for each thread")

    def __enter__(self) -> None:
        if not self.lock.acquire(False):
            raise self.busy()

    def __exit__(self, *_: object) -> None:
        self.lock.release()


def make(create: Any, destroy: Any, kind: str, *arguments: Any) -> tuple[int, Any]:
    """Calls a _create function whose last argument is where it writes: its status, and the object that destroys itself."""
    out = ffi.new(f"{kind}**")
    status = create(*arguments, out)
    return status, ffi.gc(out[0], destroy) if status == lib.SIPWARD_OK else None


def new(struct_name: str, /, **members: Any) -> Any:
    """A struct of the library with its struct_size."""
    struct = ffi.new(f"{struct_name}*")
    struct.struct_size = ffi.sizeof(struct[0])
    for name, value in members.items():
        setattr(struct, name, value)
    return struct


def as_bytes(text: Text, what: str = "text") -> bytes:
    """The bytes of a text. TypeError if it is none."""
    if isinstance(text, bytes):
        return text
    if isinstance(text, str):
        return text.encode("utf-8", "surrogateescape")
    if isinstance(text, (bytearray, memoryview, Bytes)):
        return bytes(text)
    raise TypeError(f"{what} must be str or bytes, not {type(text).__name__}")


def decode(data: bytes) -> str:
    """Bytes as a string; what is not UTF-8 becomes lone surrogates (PEP 383), so that nothing is lost on the way back."""
    return data.decode("utf-8", "surrogateescape")


def text(struct: Any) -> str:
    """A sipward_text, copied."""
    return decode(ffi.unpack(struct.data, struct.size)) if struct.size else ""


def fixed(data: Any, size: int) -> str:
    """The first bytes of an array of characters in a struct, copied."""
    return decode(ffi.buffer(data, size)[:])


def name_of(pointer: Any) -> str | None:
    """A constant C string of the library; None for NULL."""
    return None if pointer == ffi.NULL else str(ffi.string(pointer).decode())


class Texts:
    """Keeps the bytes alive that structs of one call point to."""

    __slots__ = ("kept",)

    def __init__(self) -> None:
        self.kept: list[Any] = []

    def put(self, target: Any, value: Text | None, what: str = "text") -> None:
        """Makes a sipward_text point to a text; None: to nothing."""
        if value is None:
            return
        data = ffi.from_buffer(as_bytes(value, what))
        self.kept.append(data)
        target.data = data
        target.size = len(data)

    def row(self, values: Any, what: str = "text") -> tuple[Any, int]:
        """An array of sipward_text, and how many there are."""
        if isinstance(values, (str, bytes, bytearray, memoryview)):
            raise TypeError(f"{what} must be several texts, not one")
        values = list(values)
        row = ffi.new("sipward_text[]", max(1, len(values)))
        self.kept.append(row)
        for at, value in enumerate(values):
            self.put(row[at], value, what)
        return row, len(values)


def integer(value: Any, what: str, least: int, most: int) -> int:
    """The integer, if it is one and within its range: TypeError and ValueError."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{what} must be an integer, not {type(value).__name__}")
    if not least <= value <= most:
        raise ValueError(f"{what} must be between {least} and {most}, not {value}")
    return int(value)


U32, U64, I64 = 2**32 - 1, 2**64 - 1, 2**63 - 1


def unsigned(value: Any, what: str, most: int = U32) -> int:
    """An integer from 0."""
    return integer(value, what, 0, most)


def nanoseconds(value: Any, what: str) -> int:
    """A time or duration that the library takes: 64 bits with a sign."""
    return integer(value, what, -I64 - 1, I64)
