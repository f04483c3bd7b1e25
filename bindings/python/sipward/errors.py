"""What can go wrong, an exception for each status of the library.

All are `Error`. Each is also the exception of Python that fits, so that `except ValueError` does what it says. A message that
is not SIP is no error where it is inspected: it is a verdict.
"""
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._native import ffi, lib

if TYPE_CHECKING:
    from .anomaly import Anomaly
    from .batch import Verdicts
    from .engine import Misfit
    from .message import Message
    from .rules import Diagnostic


class Error(Exception):
    """Anything that the library or this package refuses. `status` is the number that `sipward.h` gives it, 0 if it is ours."""

    status: int = 0


class ClosedError(Error, ValueError):
    """The object was closed, or is only valid until something that has happened since."""


class BusyError(Error, RuntimeError):
    """Another thread is inside this object, which belongs to one thread at a time. Nothing was done."""


class ArgumentError(Error, ValueError):
    """A value out of range, or something that the function does not know."""

    status = lib.SIPWARD_ERR_ARGUMENT


class BatchError(ArgumentError):
    """A packet of a batch cannot be: `index` says which, `verdicts` are those of the packets before it, which count."""

    def __init__(self, text: str, index: int, verdicts: Verdicts | None = None) -> None:
        super().__init__(text)
        self.index = index
        self.verdicts = verdicts


class NoMemoryError(Error, MemoryError):
    """The library found no memory. What it was asked for was not done."""

    status = lib.SIPWARD_ERR_NO_MEMORY


class MessageError(Error, ValueError):
    """The bytes are no SIP message: `anomaly` says what and where, `message` has what could be read."""

    def __init__(self, text: str, anomaly: Anomaly | None = None, message: Message | None = None) -> None:
        super().__init__(text)
        self.anomaly = anomaly
        self.message = message


class MalformedError(MessageError):
    """Refused by its grammar, under the profile that was chosen."""

    status = lib.SIPWARD_ERR_MALFORMED


class LimitError(MessageError):
    """More than a limit allows."""

    status = lib.SIPWARD_ERR_LIMIT


class RulesError(Error, ValueError):
    """The rules have errors. `diagnostics` has them all; `file`, `line`, `column`, `code` and `hint` are those of the first error."""

    status = lib.SIPWARD_ERR_RULES

    def __init__(self, text: str, diagnostics: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(text)
        self.diagnostics = diagnostics
        first = next((each for each in diagnostics if each.is_error), None)
        self.file = first.file if first else ""
        self.line = first.line if first else 0
        self.column = first.column if first else 0
        self.code = first.code if first else ""
        self.hint = first.hint if first else ""


class StateFullError(Error):
    """The state is too small for the rules. After a reload `misfit` says which table had no room; else it is None."""

    status = lib.SIPWARD_ERR_STATE_FULL

    def __init__(self, text: str, misfit: Misfit | None = None) -> None:
        super().__init__(text)
        self.misfit = misfit


class SpaceError(Error, ValueError):
    """A buffer is too small."""

    status = lib.SIPWARD_ERR_SPACE


class EditError(Error, ValueError):
    """A message cannot be written so. `problem` says why, `edit` is the index of the edit concerned or None."""

    status = lib.SIPWARD_ERR_EDIT

    def __init__(self, text: str, problem: int = 0, edit: int | None = None) -> None:
        super().__init__(text)
        self.problem = problem
        self.edit = edit


class FieldError(Error, ValueError):
    """An event has no such field, or its value is of another type."""

    status = lib.SIPWARD_ERR_FIELD


class SnapshotError(Error, ValueError):
    """Not a snapshot for this state; the text says why."""

    status = lib.SIPWARD_ERR_SNAPSHOT


class ListError(Error, KeyError):
    """The rules that run have no dynamic list of this name."""

    status = lib.SIPWARD_ERR_LIST

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class TicketError(Error, ValueError):
    """The ticket is not that of the packet."""

    status = lib.SIPWARD_ERR_TICKET


class CredentialError(Error, ValueError):
    """A certificate, key, URL or list cannot be used; `reason` is the name of why, as rules have it: "CERT_MALFORMED"."""

    status = lib.SIPWARD_ERR_CREDENTIAL

    def __init__(self, text: str, reason: str = "") -> None:
        super().__init__(text)
        self.reason = reason


class UnsupportedError(Error, NotImplementedError):
    """The library was built without it."""

    status = lib.SIPWARD_ERR_UNSUPPORTED


class SignError(Error, ValueError):
    """A verifier would refuse what was to be signed; `reason` is the name of why."""

    status = lib.SIPWARD_ERR_SIGN

    def __init__(self, text: str, reason: str = "") -> None:
        super().__init__(text)
        self.reason = reason


class FeedError(Error, ValueError):
    """An update of a feed is refused; `fault` says why, as "shrunk"."""

    status = lib.SIPWARD_ERR_FEED

    def __init__(self, text: str, fault: str = "") -> None:
        super().__init__(text)
        self.fault = fault


class ProcessError(Error, RuntimeError):
    """This process is a child of the one that made the object, which does not outlive a fork."""

    status = lib.SIPWARD_ERR_PROCESS


class RatesError(Error, ValueError):
    """A rate list cannot be used: `line` and `column` say where."""

    status = lib.SIPWARD_ERR_RATES

    def __init__(self, text: str, line: int = 0, column: int = 0) -> None:
        super().__init__(text)
        self.line = line
        self.column = column


_ALL: tuple[type[Error], ...] = (
    ArgumentError, NoMemoryError, MalformedError, LimitError, RulesError, StateFullError, SpaceError, EditError, FieldError,
    SnapshotError, ListError, TicketError, CredentialError, UnsupportedError, SignError, ProcessError, RatesError, FeedError,
)  # fmt: skip
BY_STATUS: dict[int, type[Error]] = {each.status: each for each in _ALL}


def status_text(status: int) -> str:
    """One sentence in English for a status of the library."""
    return str(ffi.string(lib.sipward_status_text(status)).decode())


def refuse(status: int, what: str, **more: Any) -> Error:
    """The exception for a negative status: what was asked for, then the library's sentence."""
    return BY_STATUS.get(status, Error)(f"{what}: {status_text(status)}", **more)


def check(status: int, what: str) -> int:
    """The status, unless it is an error: then its exception."""
    if status < 0:
        raise refuse(status, what)
    return status
