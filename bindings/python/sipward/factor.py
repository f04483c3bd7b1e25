"""A second factor: one-time codes (RFC 6238 over RFC 4226), each of which counts once.

    with sipward.factor.SecondFactor(state) as factor:
        dialled = sipward.factor.split_code("0049301234*492039")
        came = factor.check(account, secret, dialled.code, use=call_id, wall_ns=wall, monotonic_ns=monotonic)
        if came == sipward.factor.CodeResult.RIGHT:
            dial(dialled.number)
"""
from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from ._core import Handle, Room, Text, Texts, as_bytes, decode, integer, make, new, text, unsigned, I64, U64
from ._native import ffi, lib
from .auth_enums import CodeHash, CodeResult
from .errors import check

if TYPE_CHECKING:
    from .state import State


class SecondFactor(Handle):
    """Checks codes. One thread's; a second thread gets BusyError. Those over one state share what was used.

    `window`: how many steps before and behind the present one are good, up to 10. `attempts`: of an account at once; one more every
    `recovers_s`. StateFullError if the state has no room; UnsupportedError without identity in the library.
    """

    __slots__ = ("_room",)

    def __init__(
        self,
        state: State,
        *,
        hash: CodeHash = CodeHash.SHA_1,
        digits: int = 6,
        step_s: int = 30,
        window: int = 1,
        attempts: int = 5,
        recovers_s: int = 60,
        accounts: int = 0,
    ) -> None:
        memory = state._c()
        given = new("sipward_second_factor_options", hash=unsigned(hash, "hash"), digits=unsigned(digits, "digits"), state=memory)
        given.window, given.present_only = unsigned(window, "window"), int(window == 0)
        given.step_s, given.recovers_s = unsigned(step_s, "step_s", U64), unsigned(recovers_s, "recovers_s", U64)
        given.attempts, given.accounts = unsigned(attempts, "attempts"), unsigned(accounts, "accounts")
        status, pointer = make(lib.sipward_second_factor_create, lib.sipward_second_factor_destroy, "sipward_second_factor", given)
        check(status, "make a second factor")
        super().__init__(pointer)
        self._room = Room("second factor")

    def check(self, account: Text, secret: Text, code: Text, *, wall_ns: int, monotonic_ns: int, use: Text | None = None) -> CodeResult:
        """What a code is worth. `secret`: base32, as the account's app has it. `use`: a Call-ID, for which the code may come again.
        CredentialError: the secret is none."""
        attempt, texts = new("sipward_code_attempt"), Texts()
        attempt.wall_ns = integer(wall_ns, "wall_ns", 0, I64)
        attempt.monotonic_ns = integer(monotonic_ns, "monotonic_ns", -I64 - 1, I64)
        for name, value in (("account", account), ("secret", secret), ("code", code), ("use", use)):
            texts.put(getattr(attempt, name), value, name)
        out = ffi.new("uint32_t*")
        with self._room:
            check(lib.sipward_second_factor_check(self._c(), attempt, out), "check a code")
        return CodeResult(out[0])


def make_code(secret: Text, counter: int, *, digits: int = 6, hash: CodeHash = CodeHash.SHA_1) -> str:
    """The code of a counter (RFC 4226); of RFC 6238 it is the seconds since 1970 divided by the step. CredentialError: the secret, in
    base32, is none."""
    data, out, size = as_bytes(secret, "secret"), ffi.new("char[]", 8), ffi.new("size_t*")
    status = lib.sipward_code_make(unsigned(hash, "hash"), data, len(data), unsigned(counter, "counter", U64), unsigned(digits, "digits"), out, 8, size)
    check(status, "make a code")
    return decode(ffi.unpack(out, size[0]))


@dataclasses.dataclass(frozen=True, slots=True)
class Dialled:
    """A number, and the code that was dialled behind it."""

    number: str
    code: str


def split_code(dialled: Text, *, digits: int = 6) -> Dialled | None:
    """Takes "0049301234*492039" apart; None if there are not exactly so many digits behind the last '*', or nothing before it."""
    data, number, code = ffi.from_buffer(as_bytes(dialled, "dialled")), ffi.new("sipward_text*"), ffi.new("sipward_text*")
    status = check(lib.sipward_code_split(data, len(data), unsigned(digits, "digits"), number, code), "take a number apart")
    return Dialled(text(number), text(code)) if status == lib.SIPWARD_OK else None
