"""Identity headers made (RFC 8224 section 6.1, RFC 8588, RFC 8946), and tokens taken apart for people."""
from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ._core import Handle, Text, Texts, as_bytes, decode, make, new, text, unsigned
from ._native import ffi, lib
from .enums import PassportFlag, SignerFlag
from .errors import SignError, check, refuse
from .trust import check_credential, seconds

if TYPE_CHECKING:
    from .enums import IdentityFlag

# Signs a SHA-256 digest of 32 bytes with ECDSA on P-256: r and s, 32 bytes each.
SignDigest = Callable[[bytes], bytes]


@dataclasses.dataclass(frozen=True, slots=True)
class Passport:
    """Who calls whom. Parties are numbers ("12155550101": no plus sign) or URIs.

    `now_s`: seconds since 1970, becomes iat. `ppt`: "shaken", "div", "div-o", "rph", "rcd", "msg"; none: the plain token. `attest` and
    `origid` (none: a random UUID): of shaken. `div`, `received`, `history`: of a diversion. `claims`: further ones, a JSON object.
    """

    now_s: int
    orig: Text
    dest: Sequence[Text]
    ppt: Text | None = None
    attest: Text | None = None
    origid: Text | None = None
    div: Text | None = None
    received: Text | None = None
    history: Text | None = None
    claims: Text | None = None
    flags: PassportFlag | int = 0

    def struct(self) -> tuple[Any, Texts]:
        """The sipward_passport, and what it points to."""
        out, texts = new("sipward_passport", flags=unsigned(self.flags, "flags"), now_s=seconds(self.now_s, "now_s")), Texts()
        for name in ("ppt", "orig", "attest", "origid", "div", "received", "history", "claims"):
            texts.put(getattr(out, name), getattr(self, name), name)
        out.dest, out.dest_count = texts.row(self.dest, "dest")
        return out, texts


class Signer(Handle):
    """Signs for one key and certificate; any number of threads may use one.

    `key`: PEM without a passphrase; it is copied into memory that is locked and wiped, and the caller's bytes stay his to wipe. Or
    `callback`: signs a digest where the key is. `certificates`: what stands behind `x5u`, in PEM, the leaf first. `anchors`: with them
    the chain is verified too. CredentialError if certificate, URL or key would be refused.
    """

    __slots__ = ("_context",)

    def __init__(
        self,
        *,
        certificates: Text,
        x5u: Text,
        now_s: int,
        key: Text | None = None,
        callback: SignDigest | None = None,
        anchors: Text | None = None,
        flags: SignerFlag | int = 0,
    ) -> None:
        if (key is None) == (callback is None):
            raise TypeError("a signer needs either a key or a callback")
        options, texts, reason = new("sipward_signer_options", flags=unsigned(flags, "flags"), now_s=seconds(now_s, "now_s")), Texts(), ffi.new("sipward_text*")
        for name, value in (("key", key), ("certificates", certificates), ("x5u", x5u), ("anchors", anchors)):
            texts.put(getattr(options, name), value, name)
        context: Any = None
        if callback is not None:
            if not callable(callback):
                raise TypeError(f"the callback must be callable, not {type(callback).__name__}")
            context = ffi.new_handle(callback)
            options.callback, options.callback_context = lib.sipward_py_sign, context
        status, pointer = make(_create, lib.sipward_signer_destroy, "sipward_signer", options, reason)
        check_credential(status, "make a signer", reason)
        super().__init__(pointer)
        self._context = context

    def sign(self, passport: Passport) -> str:
        """The value of an Identity header. SignError: verifiers would refuse it, and nothing is signed. Costs a signature and, unless
        UNCHECKED, a verification."""
        if not isinstance(passport, Passport):
            raise TypeError(f"sign takes a sipward.identity.Passport, not {type(passport).__name__}")
        struct, _kept = passport.struct()
        out, size, reason = ffi.new("char[]", lib.SIPWARD_IDENTITY_BYTES), ffi.new("size_t*"), ffi.new("sipward_text*")
        context = self._context if not self.closed else None  # lives through the call
        status = lib.sipward_signer_sign(self._c(), struct, out, len(out), size, reason)
        if status == lib.SIPWARD_ERR_SIGN:
            name = text(reason)
            raise SignError(f"sign a call: {name}", name)
        if status < 0:
            raise refuse(status, "sign a call")
        del context
        return decode(ffi.unpack(out, size[0]))


def _create(options: Any, reason: Any, out: Any) -> int:
    return int(lib.sipward_signer_create(options, out, reason))


@ffi.def_extern(name="sipward_py_sign", error=-1)  # type: ignore[misc]
def _sign(context: Any, digest: Any, signature: Any) -> int:
    """Called by the library from the thread that signs. An exception is printed, and fails the signature."""
    made = ffi.from_handle(context)(bytes(ffi.buffer(digest, 32)))
    if not isinstance(made, bytes) or len(made) != 64:
        return -1
    ffi.memmove(signature, made, 64)
    return 0


@dataclasses.dataclass(frozen=True, slots=True)
class TokenPart:
    """Header or payload of a token. `reason`: "OK" if base64url and JSON are right; `json`: as it was encoded, as far as can be told."""

    reason: str
    json: str
    canonical: bool


class Token(Handle):
    """The value of an Identity header, or a token alone, taken apart for people. Nothing is verified, and what is wrong in one part
    hides no other. Not for the path of a call."""

    __slots__ = (
        "reason", "flags", "info", "ppt", "header", "payload", "signature", "compact", "iat", "orig", "dest", "div", "attest", "origid", "nam", "crn", "opt",
    )  # fmt: skip

    reason: str
    flags: tuple[IdentityFlag, ...]
    signature: bytes
    dest: tuple[str, ...]

    def __init__(self, value: Text) -> None:
        from .verifier import flags_of

        data = as_bytes(value, "a token")
        status, pointer = make(lib.sipward_token_create, lib.sipward_token_destroy, "sipward_token", data, len(data))
        check(status, "take a token apart")
        super().__init__(pointer)
        out, dest = new("sipward_token_parts"), ffi.new("sipward_text*")
        check(lib.sipward_token_read(pointer, out), "read a token")
        self.flags = flags_of(out.flags)
        for name in ("reason", "info", "ppt", "orig", "div", "attest", "origid", "nam", "crn", "opt"):
            setattr(self, name, text(getattr(out, name)))
        self.header, self.payload = (TokenPart(text(each.reason), text(each.json), bool(each.canonical)) for each in (out.header, out.payload))
        self.signature = bytes(ffi.buffer(out.signature.data, out.signature.size)) if out.signature.size else b""
        self.compact, self.iat = bool(out.compact), int(out.iat)
        found = []
        for index in range(out.dest_count):
            check(lib.sipward_token_dest(pointer, index, dest), "read a token")
            found.append(text(dest))
        self.dest = tuple(found)
