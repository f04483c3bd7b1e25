"""Whom to trust for a caller's identity: anchors, lists of revoked certificates, and certificates that were fetched."""
from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Mapping
from typing import Any

from ._core import Handle, Text, Texts, as_bytes, integer, make, new, text, unsigned, I64, U64
from ._native import ffi, lib
from .enums import CallerFlag, CertificateState, TrustFlag, UrlFlag
from .errors import CredentialError, check, refuse
from .packet import Endpoint, endpoint_struct


def seconds(value: Any, what: str) -> int:
    """A time or duration in seconds."""
    return integer(value, what, -I64 - 1, I64)


def check_credential(status: int, what: str, reason: Any) -> None:
    """CredentialError with the reason, or another exception."""
    if status == lib.SIPWARD_ERR_CREDENTIAL:
        name = text(reason)
        raise CredentialError(f"{what}: {name}{_sentence(name)}", name)
    if status < 0:
        raise refuse(status, what)


def _sentence(name: str) -> str:
    from .identity import reason_info

    info = reason_info(name)
    return f" ({info.text})" if info else ""


@dataclasses.dataclass(frozen=True, slots=True)
class TrustStatistics:
    """What a store holds. `table_disagreements` other than 0: tables of keys are off for good."""

    key_tables: int
    certificates: int
    failures: int
    bytes: int
    evictions: int
    table_comparisons: int
    table_disagreements: int


@dataclasses.dataclass(frozen=True, slots=True)
class Known:
    """What is known of a URL, and why it failed, if it did."""

    state: CertificateState
    reason: str


class TrustStore(Handle):
    """Whom to trust. May be shared by any number of engines, verifiers and threads, and used while others verify.

    `flags`: a TrustFlag. `max_bytes` [64 MiB] and `max_certificates` [4096]: of fetched certificates. `key_tables`: for so many keys
    tables that more than halve the time of a signature [0]. `seed`: 16 random bytes, made unless given. All times are seconds since
    1970. UnsupportedError if the library was built without identity.
    """

    __slots__ = ()

    def __init__(
        self,
        anchors: Text | None = None,
        *,
        now_s: int | None = None,
        flags: TrustFlag | int = 0,
        max_bytes: int = 0,
        max_certificates: int = 0,
        key_tables: int = 0,
        seed: bytes | None = None,
    ) -> None:
        options = new("sipward_trust_options", flags=unsigned(flags, "flags"), max_bytes=unsigned(max_bytes, "max_bytes", U64),
                      max_certificates=unsigned(max_certificates, "max_certificates"), key_tables=unsigned(key_tables, "key_tables"))  # fmt: skip
        seed = os.urandom(16) if seed is None else as_bytes(seed, "the seed")
        if len(seed) != 16:
            raise ValueError(f"the seed must be 16 bytes, not {len(seed)}")
        ffi.memmove(options.seed, seed, 16)
        status, pointer = make(lib.sipward_trust_create, lib.sipward_trust_destroy, "sipward_trust", options)
        check(status, "make a trust store")
        super().__init__(pointer)
        if anchors is not None:
            if now_s is None:
                raise TypeError("anchors are judged at a time: give now_s, seconds since 1970")
            self.set_anchors(anchors, now_s=now_s)

    def set_anchors(self, certificates: Text, *, now_s: int) -> None:
        """Takes the place of all anchors: certificates in PEM, one after the other, or one in DER. CredentialError changes nothing."""
        data, reason = as_bytes(certificates, "certificates"), ffi.new("sipward_text*")
        check_credential(lib.sipward_trust_set_anchors(self._c(), data, len(data), seconds(now_s, "now_s"), reason), "set anchors", reason)

    def set_crls(self, lists: Iterable[Text]) -> None:
        """Takes the place of all lists of revoked certificates, each in PEM or DER. CredentialError: of the first that cannot be used."""
        texts, reason = Texts(), ffi.new("sipward_text*")
        row, count = texts.row(lists, "lists of revoked certificates")
        check_credential(lib.sipward_trust_set_crls(self._c(), row, count, reason), "set lists of revoked certificates", reason)

    def provide(self, url: Text, document: Text, *, fetched_s: int, max_age_s: int = -1) -> None:
        """What the host got from the URL of a pending verdict: a chain in PEM, the leaf first, or one certificate in DER. `max_age_s`:
        what the server said, negative: nothing. CredentialError is remembered: callers who use the URL fail for it. A millisecond."""
        where, data, reason = as_bytes(url, "the URL"), as_bytes(document, "the document"), ffi.new("sipward_text*")
        status = lib.sipward_trust_provide(self._c(), where, len(where), data, len(data), seconds(fetched_s, "fetched_s"),
                                           seconds(max_age_s, "max_age_s"), reason)  # fmt: skip
        check_credential(status, "provide a certificate", reason)

    def provide_failure(self, url: Text, reason: Text, *, now_s: int) -> None:
        """That it got nothing, and why: "CERT_UNAVAILABLE", "X5U_TIMEOUT". It is not asked for again for a minute."""
        where, why = as_bytes(url, "the URL"), as_bytes(reason, "the reason")
        status = lib.sipward_trust_provide_failure(self._c(), where, len(where), why, len(why), seconds(now_s, "now_s"))
        check(status, f"tell of a failure as {reason!r}")

    def find(self, url: Text, *, now_s: int) -> Known:
        """What is known of a URL."""
        where, state, reason = as_bytes(url, "the URL"), ffi.new("uint32_t*"), ffi.new("sipward_text*")
        check(lib.sipward_trust_find(self._c(), where, len(where), seconds(now_s, "now_s"), state, reason), "find a certificate")
        failed = state[0] == CertificateState.FAILED
        return Known(CertificateState(state[0]), text(reason) if failed else "")

    def statistics(self) -> TrustStatistics:
        """What it holds."""
        out = new("sipward_trust_statistics")
        check(lib.sipward_trust_read_statistics(self._c(), out), "read statistics")
        return TrustStatistics(*(int(getattr(out, field.name)) for field in dataclasses.fields(TrustStatistics)))


class CallerPolicy:
    """What an engine or a verifier demands of Identity headers.

    `flags`: a CallerFlag. `window_s` [60]: that a token is good for; `skew_s` [60]: that it may be ahead; `div_span_s` [300]: from the
    first to the last token of a diversion; `cached_tokens` [1024]: verified once while they come again, 2.3 KiB each. `codes`: the
    SIP code that answers a reason, where it is not the usual one: {"IAT_STALE": 403}.
    """

    __slots__ = ("_struct", "_kept")

    def __init__(
        self,
        *,
        flags: CallerFlag | int = 0,
        window_s: int = 0,
        skew_s: int = 0,
        div_span_s: int = 0,
        cached_tokens: int = 0,
        codes: Mapping[str, int] | None = None,
    ) -> None:
        self._struct = new("sipward_caller_policy", flags=unsigned(flags, "flags"), window_s=unsigned(window_s, "window_s"), skew_s=unsigned(skew_s, "skew_s"),
                           div_span_s=unsigned(div_span_s, "div_span_s"), cached_tokens=unsigned(cached_tokens, "cached_tokens"))  # fmt: skip
        texts = Texts()
        if codes:
            row = ffi.new("sipward_reason_code[]", len(codes))
            for struct, (reason, code) in zip(row, codes.items()):
                texts.put(struct.reason, reason, "a reason")
                struct.sip_code = unsigned(code, "a SIP code")
            texts.kept.append(row)
            self._struct.codes, self._struct.code_count = row, len(codes)
        self._kept = texts


def certificate_url_check(url: Text, flags: UrlFlag | int = 0) -> None:
    """For who fetches certificates: CredentialError, with the reason, if this URL must not be asked."""
    data, reason = as_bytes(url, "the URL"), ffi.new("sipward_text*")
    check_credential(lib.sipward_certificate_url_check(data, len(data), unsigned(flags, "flags"), reason), "check a URL", reason)


def certificate_endpoint_check(endpoint: Endpoint) -> None:
    """CredentialError if this address must not be connected to. Ask it of every address that the host has, and connect to one that was
    asked about."""
    reason = ffi.new("sipward_text*")
    check_credential(lib.sipward_certificate_endpoint_check(endpoint_struct(endpoint), reason), "check an address", reason)
