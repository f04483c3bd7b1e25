"""The numbers of sipward.auth and sipward.factor, as those of sipward.enums."""
from __future__ import annotations

import enum

from ._native import lib
from .enums import _Named


class AuthOutcome(_Named):
    """What came of credentials. Only SUCCESS proves anything."""

    PENDING = lib.SIPWARD_AUTH_PENDING
    SUCCESS = lib.SIPWARD_AUTH_SUCCESS
    FAIL = lib.SIPWARD_AUTH_FAIL
    CHALLENGED = lib.SIPWARD_AUTH_CHALLENGED
    EXEMPT = lib.SIPWARD_AUTH_EXEMPT


class AuthOption(enum.IntFlag):
    """What an Authenticator offers and demands."""

    PROXY = lib.SIPWARD_AUTH_PROXY
    INTEGRITY = lib.SIPWARD_AUTH_INTEGRITY
    USERHASH = lib.SIPWARD_AUTH_USERHASH
    WITHOUT_QOP = lib.SIPWARD_AUTH_WITHOUT_QOP
    ANY_URI = lib.SIPWARD_AUTH_ANY_URI
    REFUSE_DOWNGRADE = lib.SIPWARD_AUTH_REFUSE_DOWNGRADE


class AuthFlag(_Named):
    """What a check of credentials noticed without refusing for it: bits of `flags`, counted from the lowest."""

    RETRANSMISSION = lib.SIPWARD_AUTH_FLAG_RETRANSMISSION
    REPLAY_UNKNOWN = lib.SIPWARD_AUTH_FLAG_REPLAY_UNKNOWN
    DOWNGRADED = lib.SIPWARD_AUTH_FLAG_DOWNGRADED
    WITHOUT_QOP = lib.SIPWARD_AUTH_FLAG_WITHOUT_QOP
    URI_DIFFERS = lib.SIPWARD_AUTH_FLAG_URI_DIFFERS
    SEVERAL = lib.SIPWARD_AUTH_FLAG_SEVERAL


class DigestAlgorithm(enum.IntFlag):
    """Algorithms of Digest credentials (RFC 8760)."""

    MD5 = lib.SIPWARD_DIGEST_MD5
    MD5_SESS = lib.SIPWARD_DIGEST_MD5_SESS
    SHA_256 = lib.SIPWARD_DIGEST_SHA_256
    SHA_256_SESS = lib.SIPWARD_DIGEST_SHA_256_SESS
    SHA_512_256 = lib.SIPWARD_DIGEST_SHA_512_256
    SHA_512_256_SESS = lib.SIPWARD_DIGEST_SHA_512_256_SESS


class NonceBinding(_Named):
    """What of the source a nonce is good for."""

    NETWORK = lib.SIPWARD_NONCE_OF_NETWORK
    HOST = lib.SIPWARD_NONCE_OF_HOST
    ANYBODY = lib.SIPWARD_NONCE_OF_ANYBODY


class CodeHash(_Named):
    """The hash of one-time codes."""

    SHA_1 = lib.SIPWARD_CODE_SHA_1
    SHA_256 = lib.SIPWARD_CODE_SHA_256
    SHA_512 = lib.SIPWARD_CODE_SHA_512


class CodeResult(_Named):
    """What a one-time code is worth."""

    WRONG = lib.SIPWARD_CODE_WRONG
    RIGHT = lib.SIPWARD_CODE_RIGHT
    USED = lib.SIPWARD_CODE_USED
    LOCKED = lib.SIPWARD_CODE_LOCKED
