"""Identity headers checked without an engine (RFC 8224 section 6.2, SHAKEN: RFC 8588)."""
from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ._core import Handle, Room, Text, Texts, as_bytes, decode, make, new, text, unsigned, U64
from ._native import ffi, lib
from .enums import IdentityFlag, IdentityResult, Unseen
from .errors import ArgumentError, check
from .trust import CallerPolicy, TrustStore, seconds

if TYPE_CHECKING:
    from .message import Message
    from .state import State


class Check:
    """What a host found of a caller's identity, for Packet and Inspector.resume.

    `reason`: why it failed ("IAT_STALE"). `attest`, `origid`, `spc`: of the token and of the certificate that signed. `verstat`:
    follows from result and attest unless given. `iat`: seconds since 1970; `div_count`: how often the call was diverted.
    """

    __slots__ = ("struct", "result", "_texts")

    def __init__(
        self,
        result: IdentityResult,
        *,
        reason: Text | None = None,
        attest: Text | None = None,
        origid: Text | None = None,
        spc: Text | None = None,
        verstat: Text | None = None,
        iat: int = 0,
        div_count: int = 0,
    ) -> None:
        self.result = IdentityResult(result)
        self.struct = new("sipward_identity_check", result=int(self.result), iat=seconds(iat, "iat"), div_count=unsigned(div_count, "div_count"))
        self._texts: list[Any] = []
        for name, value in (("reason", reason), ("attest", attest), ("origid", origid), ("spc", spc), ("verstat", verstat)):
            if value is not None:
                data = ffi.from_buffer(as_bytes(value, name))
                self._texts.append(data)
                setattr(self.struct, name, data)
                setattr(self.struct, f"{name}_size", len(data))


@dataclasses.dataclass(frozen=True, slots=True)
class Fingerprint:
    """a=fingerprint of a session description (RFC 8122 section 5): "sha-256", "4A:AD:..."."""

    hash: Text
    value: Text


@dataclasses.dataclass(frozen=True, slots=True)
class Request:
    """The parts of a request that its Identity headers speak of. With a message, what is given here holds, whatever it says.

    `from_`, `to`, `request_uri`, `asserted`: URIs. `unseen`: what nobody looked for, so that it is not missed.
    """

    now_s: int = 0
    monotonic_ns: int = 0
    unseen: Unseen | int = 0
    identity: Sequence[Text] = ()
    asserted: Sequence[Text] = ()
    from_: Text | None = None
    to: Text | None = None
    request_uri: Text | None = None
    date: Text | None = None
    call_id: Text | None = None
    from_tag: Text | None = None
    resource_priority: Sequence[Text] = ()
    fingerprints: Sequence[Fingerprint] = ()
    body: Text | None = None
    attest: Text | None = None
    origid: Text | None = None
    diverted: Text | None = None

    def at(self, now_s: int, monotonic_ns: int) -> Request:
        """The same at another time."""
        return dataclasses.replace(self, now_s=now_s, monotonic_ns=monotonic_ns)

    def struct(self) -> tuple[Any, Texts]:
        """The sipward_identity_request, and what it points to."""
        out, texts = new("sipward_identity_request"), Texts()
        out.unseen, out.now_s = unsigned(self.unseen, "unseen"), seconds(self.now_s, "now_s")
        out.monotonic_ns = unsigned(self.monotonic_ns, "monotonic_ns", U64)
        for name in ("from_", "to", "request_uri", "date", "call_id", "from_tag", "body", "attest", "origid", "diverted"):
            texts.put(getattr(out, "from" if name == "from_" else name), getattr(self, name), name)
        for name in ("identity", "asserted", "resource_priority"):
            row, count = texts.row(getattr(self, name), name)
            setattr(out, name, row if count else ffi.NULL)
            setattr(out, f"{name}_count", count)
        if self.fingerprints:
            row = ffi.new("sipward_fingerprint[]", len(self.fingerprints))
            for struct, each in zip(row, self.fingerprints):
                texts.put(struct.hash, each.hash, "the hash of a fingerprint")
                texts.put(struct.value, each.value, "a fingerprint")
            texts.kept.append(row)
            out.fingerprints, out.fingerprint_count = row, len(self.fingerprints)
        return out, texts


@dataclasses.dataclass(frozen=True, slots=True)
class Result:
    """What came of a check; a copy. `reason`: "OK", or of the earliest step that failed. `missing`: the URL of the certificate that it
    waits for; fetch it and check again. `iat`: seconds since 1970, 0: not known."""

    result: IdentityResult
    reason: str
    sip_code: int
    flags: tuple[IdentityFlag, ...]
    attest: str
    origid: str
    spc: str
    issuer: str
    nam: str
    crn: str
    verstat: str
    iat: int
    div_count: int
    header_count: int
    missing: str

    @property
    def verified(self) -> bool:
        """Whether it holds."""
        return self.result == IdentityResult.VERIFIED

    @property
    def pending(self) -> bool:
        """Whether a certificate is missing."""
        return self.result == IdentityResult.PENDING

    def as_check(self) -> Check:
        """The same for an engine that leaves the check to the host: Packet and Inspector.resume take it."""
        reason = self.reason if self.result == IdentityResult.FAILED else None
        return Check(self.result, reason=reason, attest=self.attest or None, origid=self.origid or None, spc=self.spc or None,
                     verstat=self.verstat or None, iat=self.iat, div_count=self.div_count)  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class HeaderResult:
    """What came of one Identity header. `reason` "NOT_CHECKED": its certificate is missing. `counts`: False if it is of an unsupported
    type, or stands there twice."""

    reason: str
    stage: str
    sip_code: int
    flags: tuple[IdentityFlag, ...]
    counts: bool
    ppt: str
    token: str
    x5u: str


@dataclasses.dataclass(frozen=True, slots=True)
class ReasonInfo:
    """What a reason means: the answer's SIP code and phrase, the stage of the check, a sentence without its full stop."""

    name: str
    sip_code: int
    stage: str
    text: str
    phrase: str


class Verifier(Handle):
    """Checks Identity headers. One thread's, about 300 KiB; a second thread gets BusyError.

    `trusts`: a store, or several: the first for the first Identity header and so on, the last for all behind it; at most 8. `state`:
    where tokens are remembered (REPLAY). StateFullError if it has no room; UnsupportedError without identity in the library.
    """

    __slots__ = ("_room", "_checked")

    def __init__(self, *trusts: TrustStore, policy: CallerPolicy | None = None, state: State | None = None) -> None:
        if not trusts:
            raise TypeError("a verifier needs a TrustStore")
        for each in trusts:
            if not isinstance(each, TrustStore):
                raise TypeError(f"a verifier takes a sipward.TrustStore, not {type(each).__name__}")
        held = [each._c() for each in trusts]
        row = ffi.new("sipward_trust*[]", held)
        options = new("sipward_verifier_options", trusts=ffi.cast("sipward_trust const* const*", row), trust_count=len(trusts))
        if policy is not None:
            options.policy = policy._struct
        memory = None if state is None else state._c()
        if memory is not None:
            options.state = memory
        status, pointer = make(lib.sipward_verifier_create, lib.sipward_verifier_destroy, "sipward_verifier", options)
        check(status, "make a verifier")
        super().__init__(pointer)
        self._room = Room("verifier")
        self._checked: Any = None  # the bytes that the texts of the last check point to

    def check(self, request: Request) -> Result:
        """What the Identity headers of a request are worth. One ES256 for each that is right so far. MalformedError: `date` is none."""
        struct, kept = request.struct()
        out = new("sipward_identity_result")
        with self._room:
            status = lib.sipward_verifier_check(self._c(), struct, out)
            self._checked = kept if status == lib.SIPWARD_OK else None
            check(status, "check an identity")
            return _result(out)

    def check_message(self, message: Message, request: Request) -> Result:
        """The same of a message that was parsed; of `request` now_s and monotonic_ns are needed. ArgumentError: it is no request."""
        struct, texts = request.struct()
        out = new("sipward_identity_result")
        with self._room, message._room:
            kept = texts, message._c(), message._owner, message._base
            status = lib.sipward_verifier_check_message(self._c(), message._c(), struct, out)
            self._checked = kept if status == lib.SIPWARD_OK else None
            if check(status, "check an identity") != lib.SIPWARD_OK:
                raise ArgumentError("check an identity: the message is no request")
            return _result(out)

    def header(self, index: int) -> HeaderResult | None:
        """What came of one Identity header of the last check; None behind the last, and before a check."""
        out = new("sipward_identity_header")
        with self._room:
            if self._checked is None:
                self._c()
                return None
            if check(lib.sipward_verifier_header(self._c(), unsigned(index, "index"), out), "read a header") != lib.SIPWARD_OK:
                return None
            return HeaderResult(text(out.reason), text(out.stage), out.sip_code, flags_of(out.flags), bool(out.counts), text(out.ppt),
                                text(out.token), text(out.x5u))  # fmt: skip

    def reason_header(self, index: int) -> str | None:
        """The line `Reason: STIR;cause=436;...` for a header that failed (RFC 9410 section 3), with its line end; None if it did not
        fail, or has no signature that could name it."""
        out, size = ffi.new("char[]", lib.SIPWARD_IDENTITY_BYTES), ffi.new("size_t*")
        with self._room:
            if self._checked is None:
                self._c()
                return None
            status = lib.sipward_verifier_reason_header(self._c(), unsigned(index, "index"), out, len(out), size)
        return decode(ffi.unpack(out, size[0])) if check(status, "write a Reason header") == lib.SIPWARD_OK else None


def _result(out: Any) -> Result:
    return Result(IdentityResult(out.result), text(out.reason), out.sip_code, flags_of(out.flags), text(out.attest), text(out.origid), text(out.spc),
                  text(out.issuer), text(out.nam), text(out.crn), text(out.verstat), out.iat, out.div_count, out.header_count, text(out.missing))  # fmt: skip


def reason_info(name: Text) -> ReasonInfo | None:
    """What a reason means; None if there is none of this name."""
    data, out = as_bytes(name, "the name of a reason"), new("sipward_identity_reason_info")
    if check(lib.sipward_identity_reason(data, len(data), out), "look up a reason") != lib.SIPWARD_OK:
        return None
    return ReasonInfo(decode(data), out.sip_code, text(out.stage), text(out.text), text(out.phrase))


def flag_info(flag: int) -> tuple[str, str] | None:
    """Name and sentence of an IdentityFlag; None if there is none of this number."""
    name, sentence = ffi.new("sipward_text*"), ffi.new("sipward_text*")
    status = check(lib.sipward_identity_flag(unsigned(flag, "flag"), name, sentence), "look up a flag")
    return (text(name), text(sentence)) if status == lib.SIPWARD_OK else None


def flags_of(bits: int) -> tuple[IdentityFlag, ...]:
    """The flags of a number, of which each is a bit."""
    return tuple(flag for flag in IdentityFlag if bits >> flag & 1)
