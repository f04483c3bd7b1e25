"""A caller's identity (STIR/SHAKEN, RFC 8224): checked, signed, taken apart.

    with sipward.TrustStore(anchors, now_s=now) as trust:
        trust.provide(url, chain, fetched_s=now)
        result = sipward.identity.verify(message, trust, now_s=now)
    if result.verified: ...

`verify` and `sign` make what they need each time; a host that does many keeps a Verifier for each thread and a Signer for each key.
"""
from __future__ import annotations

from ._core import Text
from .signer import Passport, Signer, Token, TokenPart
from .enums import CertificateState
from .trust import CallerPolicy, TrustStore
from .verifier import (
    Check, Fingerprint, HeaderResult, ReasonInfo, Request, Result, Verifier, flag_info, flags_of, reason_info,
)  # fmt: skip
from .message import Message
from .state import State

__all__ = [
    "CallerPolicy", "CertificateState", "Check", "Fingerprint", "HeaderResult", "Passport", "ReasonInfo", "Request", "Result", "Signer", "Token",
    "TokenPart", "TrustStore", "Verifier", "flag_info", "flags_of", "reason_info", "sign", "verify",
]  # fmt: skip


def verify(
    what: Message | Request,
    trust: TrustStore,
    *,
    now_s: int,
    monotonic_ns: int = 0,
    policy: CallerPolicy | None = None,
    state: State | None = None,
) -> Result:
    """What the Identity headers of a request are worth, by the certificates that the store has.

    `what`: a message, or the parts of a request where there is none. `now_s`: seconds since 1970. `state`: where tokens are remembered,
    so that one which comes again with another call is found. Makes a Verifier of 300 KiB for it; keep one where there are many.
    ArgumentError if the message is no request."""
    with Verifier(trust, policy=policy, state=state) as verifier:
        if isinstance(what, Message):
            return verifier.check_message(what, Request(now_s=now_s, monotonic_ns=monotonic_ns))
        return verifier.check(what.at(now_s, monotonic_ns))


def sign(
    passport: Passport,
    *,
    key: Text,
    certificates: Text,
    x5u: Text,
    anchors: Text = b"",
) -> str:
    """The value of an Identity header for a call. Keeps nothing of the key, but the caller's own bytes: see Signer. CredentialError for
    a certificate, URL or key, SignError for a passport that verifiers would refuse."""
    with Signer(key=key, certificates=certificates, x5u=x5u, anchors=anchors, now_s=passport.now_s) as signer:
        return signer.sign(passport)
