"""Messages written back: as they were, edited, or in a normal form."""
from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ._core import Text, as_bytes, name_of, new, unsigned
from ._native import ffi, lib
from .enums import EditKind, EditProblem, Place, Strip, Which
from .errors import EditError, refuse


@dataclasses.dataclass(frozen=True, slots=True)
class Edit:
    """One edit; made by the functions below. `sipward/c/edit.h` says what each does with unusual spellings of a header."""

    kind: EditKind
    name: Text = b""
    value: Text = b""
    body: Text = b""
    place: Place = Place.END
    which: Which = Which.ALL
    number: int = 0


def add(name: Text, value: Text, place: Place = Place.END) -> Edit:
    """A header line."""
    return Edit(EditKind.ADD, name, value, place=place)


def set(name: Text, value: Text) -> Edit:  # noqa: A001 (the library's word)
    """A value for the first header of this name; the others go; added at the end if there is none."""
    return Edit(EditKind.SET, name, value)


def replace(name: Text, value: Text, which: Which = Which.ALL, line: int = 0) -> Edit:
    """The value of the lines chosen; of Which.LINE header `line` of the message."""
    return Edit(EditKind.REPLACE, name, value, which=which, number=line)


def remove(name: Text, which: Which = Which.ALL, line: int = 0) -> Edit:
    """Takes the lines chosen away."""
    return Edit(EditKind.REMOVE, name, which=which, number=line)


def request_uri(uri: Text) -> Edit:
    """Another Request-URI."""
    return Edit(EditKind.REQUEST_URI, value=uri)


def status(code: int, reason: Text) -> Edit:
    """Another status code, 0: as it is, and reason phrase."""
    return Edit(EditKind.STATUS, value=reason, number=code)


def body(content: Text, content_type: Text) -> Edit:
    """Another body; both empty: no body any more."""
    return Edit(EditKind.BODY, value=content_type, body=content)


def strip(headers: Strip = Strip.UNTRUSTED) -> Edit:
    """The headers that an edge takes away from parties that it does not trust."""
    return Edit(EditKind.STRIP, number=int(headers))


def problem_text(problem: int) -> str | None:
    """One sentence in English; None for a number that is none of EditProblem."""
    return name_of(lib.sipward_edit_problem_text(unsigned(problem, "problem")))


class Editing:
    """The part of Message that writes it back."""

    __slots__ = ()
    if TYPE_CHECKING:
        _room: Any
        def _c(self) -> Any: ...
        def _ask(self, function: Callable[..., int], *arguments: Any) -> bool: ...

    def write(self, edits: Sequence[Edit] = (), *, normal: bool = False) -> bytes:
        """The message with these edits, all of them or EditError, which says which one cannot be done and why.

        What is not edited is copied byte for byte; without edits the copy is exact. Content-Length is made right. `normal`: in one
        form, without folds and double spaces. At most 64 edits. What was written parses. Linear in bytes and edits."""
        if not isinstance(edits, Sequence):
            raise TypeError(f"write takes a list of edits, not {type(edits).__name__}")
        row = ffi.new("sipward_edit[]", max(1, len(edits)))
        kept: list[Any] = []
        for struct, each in zip(row, edits):
            if not isinstance(each, Edit):
                raise TypeError(f"an edit must be made by a function of sipward.edit, not {type(each).__name__}")
            struct.struct_size = ffi.sizeof("sipward_edit")
            struct.kind, struct.place, struct.which = (unsigned(n, "a member of an edit") for n in (each.kind, each.place, each.which))
            struct.number = unsigned(each.number, "the number of an edit")
            for member in ("name", "value", "body"):
                data = ffi.from_buffer(as_bytes(getattr(each, member), f"the {member} of an edit"))
                kept.append(data)
                setattr(struct, member, data)
                setattr(struct, f"{member}_size", len(data))
        flags = lib.SIPWARD_WRITE_NORMAL if normal else 0
        result = new("sipward_edit_result")
        size = 0
        while True:
            out = ffi.new("char[]", size) if size else ffi.NULL
            outcome = self._write(row, len(edits), flags, out, size, result)
            if outcome != lib.SIPWARD_ERR_SPACE:
                break
            size = result.size
        if outcome == lib.SIPWARD_ERR_EDIT:
            index = None if result.edit == lib.SIPWARD_ABSENT else result.edit
            where = "write the message" if index is None else f"edit {index}"
            raise EditError(f"{where}: {problem_text(result.problem)}", EditProblem(result.problem), index)
        if outcome != lib.SIPWARD_OK:
            raise refuse(outcome, "write the message") if outcome < 0 else EditError("write the message: nothing was parsed")
        return bytes(ffi.buffer(out, result.size)) if size else b""

    def _write(self, *arguments: Any) -> int:
        with self._room:
            return int(lib.sipward_message_write(self._c(), *arguments))
