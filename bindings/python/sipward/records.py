"""What a message gives out: places in its bytes, and records of them. Nothing is copied until it is asked for."""
from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from ._core import Bytes, decode
from ._native import ffi, lib
from .errors import ClosedError

if TYPE_CHECKING:
    from .message import Message

ABSENT = lib.SIPWARD_ABSENT
_E = TypeVar("_E", bound=enum.IntEnum)


class Slice(Bytes):
    """A place in the bytes of a message, which it keeps alive: `offset` and `len`.

    `str(x)` and `bytes(x)` copy what stands there, as written, nothing unescaped; `x.view` is a memoryview of it, without a copy.
    In `str(x)` a byte that is not UTF-8 becomes a lone surrogate (PEP 383), so that nothing is lost. Compares with str, bytes and
    other slices by what stands there, letter by letter; it has no hash: use `str(x)` as a key. Empty is False.
    """

    __slots__ = ("_bytes", "offset", "_length")

    def __init__(self, data: memoryview, offset: int, length: int) -> None:
        self._bytes = data
        self.offset = offset
        self._length = length

    @property
    def view(self) -> memoryview:
        """What stands there, without a copy."""
        return self._bytes[self.offset : self.offset + self._length]

    def __bytes__(self) -> bytes:
        return bytes(self.view)

    def __str__(self) -> str:
        return decode(bytes(self.view))

    def __len__(self) -> int:
        return self._length

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            return str(self) == other
        if isinstance(other, (Slice, bytes, bytearray, memoryview)):
            return bytes(self) == bytes(other)
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Slice({bytes(self)!r} at {self.offset})"


def slice_or_none(data: memoryview, struct: Any) -> Slice | None:
    """A sipward_slice: None where nothing was written."""
    return None if struct.offset == ABSENT else Slice(data, struct.offset, struct.length)


class Record:
    """A struct of the library and the bytes that its slices are places in. Stays valid when the message parses other bytes."""

    __slots__ = ("_struct", "_bytes", "_message", "_parse")
    KIND = ""

    def __init__(self, struct: Any, data: memoryview, message: Message, parse: int) -> None:
        self._struct = struct
        self._bytes = data
        self._message = message
        self._parse = parse

    @classmethod
    def members(cls) -> list[str]:
        """The names of what it holds."""
        return [name for kind in reversed(cls.__mro__) for name, value in vars(kind).items() if isinstance(value, Member)]

    def __repr__(self) -> str:
        values = ((name, getattr(self, name)) for name in self.members() if getattr(getattr(type(self), name), "shown", True))
        shown = ", ".join(f"{name}={str(value) if isinstance(value, Slice) else value!r}" for name, value in values if value is not None)
        return f"<sipward.{type(self).__name__} {shown}>"


class Member:
    """A member of a record, of the name that the struct has in C."""

    name: str

    def __init__(self, doc: str) -> None:
        self.__doc__ = doc

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name


class SliceOf(Member):
    """A place; None where nothing was written. `shown`: in the record's repr, where secrets have no place."""

    def __init__(self, doc: str, shown: bool = True) -> None:
        super().__init__(doc)
        self.shown = shown

    @overload
    def __get__(self, record: None, owner: type) -> SliceOf: ...
    @overload
    def __get__(self, record: Record, owner: type) -> Slice | None: ...
    def __get__(self, record: Record | None, owner: type) -> SliceOf | Slice | None:
        return self if record is None else slice_or_none(record._bytes, getattr(record._struct, self.name))


class NumberOf(Member):
    """A number; None where there is none."""

    def __init__(self, doc: str, none: int = -1) -> None:
        super().__init__(doc)
        self._none = none

    @overload
    def __get__(self, record: None, owner: type) -> NumberOf: ...
    @overload
    def __get__(self, record: Record, owner: type) -> int | None: ...
    def __get__(self, record: Record | None, owner: type) -> NumberOf | int | None:
        if record is None:
            return self
        value = int(getattr(record._struct, self.name))
        return None if value == self._none else value


class CountOf(Member):
    """A number that is always there."""

    @overload
    def __get__(self, record: None, owner: type) -> CountOf: ...
    @overload
    def __get__(self, record: Record, owner: type) -> int: ...
    def __get__(self, record: Record | None, owner: type) -> CountOf | int:
        return self if record is None else int(getattr(record._struct, self.name))


class FlagOf(Member):
    """Yes or no."""

    @overload
    def __get__(self, record: None, owner: type) -> FlagOf: ...
    @overload
    def __get__(self, record: Record, owner: type) -> bool: ...
    def __get__(self, record: Record | None, owner: type) -> FlagOf | bool:
        return self if record is None else bool(getattr(record._struct, self.name))


class EnumOf(Member, Generic[_E]):
    """One of a few."""

    def __init__(self, kind: type[_E], doc: str) -> None:
        super().__init__(doc)
        self._kind = kind

    @overload
    def __get__(self, record: None, owner: type) -> EnumOf[_E]: ...
    @overload
    def __get__(self, record: Record, owner: type) -> _E: ...
    def __get__(self, record: Record | None, owner: type) -> EnumOf[_E] | _E:
        return self if record is None else self._kind(getattr(record._struct, self.name))


class Param:
    """A parameter: `value` is None where there is no equals sign; quoted strings have their quotes."""

    __slots__ = ("name", "value")

    def __init__(self, name: Slice, value: Slice | None) -> None:
        self.name = name
        self.value = value

    def __repr__(self) -> str:
        return f"<sipward.Param {self.name}{'' if self.value is None else f'={self.value}'}>"


class WithParams(Record):
    """A record whose value has parameters behind it."""

    __slots__ = ()
    params = SliceOf("All parameters, as written; `parameters` takes them apart.")

    def parameters(self) -> Iterator[Param]:
        """One parameter after the other, as long as the message holds the same bytes; then ClosedError."""
        rest, out = ffi.new("sipward_slice*", self._struct.params), ffi.new("sipward_param*")
        while self._message._next_param(self._parse, rest, out):
            yield Param(Slice(self._bytes, out.name.offset, out.name.length), slice_or_none(self._bytes, out.value))

    def parameter(self, name: str) -> Slice | None:
        """The value of the first parameter of this name, letters in any case; empty if it has no equals sign, None if there is none."""
        wanted = name.lower()
        for each in self.parameters():
            if str(each.name).lower() == wanted:
                return each.value if each.value is not None else Slice(self._bytes, each.name.offset + len(each.name), 0)
        return None


def stale(what: str) -> ClosedError:
    """For what is asked of bytes that a message does not hold any more."""
    return ClosedError(f"the message holds other bytes now; {what} before it parses again")
