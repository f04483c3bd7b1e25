"""Digest credentials checked, and asked for (RFC 7616, RFC 8760), for hosts that check them themselves.

    with sipward.auth.Authenticator("example.org", key, state=state) as authenticator:
        request = sipward.auth.Request(source=("192.0.2.7", 5060), wall_ns=wall, monotonic_ns=monotonic)
        result = authenticator.check_message(message, request)
        if result.pending:
            result = authenticator.check_message(message, request, sipward.auth.Account(password=find(result.user)))
        if (event := authenticator.event()) is not None:
            inspector.event(sipward.EventKind.AUTH, event.facts, wall_ns=wall, monotonic_ns=monotonic, proven=event.proven)
        if not result.success and result.sip_code:
            answer(result.sip_code, authenticator.challenge(request, stale=result.stale))
"""
from __future__ import annotations

import dataclasses
import ipaddress
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ._core import Handle, Room, Text, Texts, as_bytes, decode, integer, make, new, text, unsigned, I64, U64
from ._native import ffi, lib
from .auth_enums import AuthFlag, AuthOption, AuthOutcome, DigestAlgorithm, NonceBinding
from .enums import FactKind
from .errors import ArgumentError, check
from .events import Value, fields
from .packet import pack_endpoint

if TYPE_CHECKING:
    from .message import Message
    from .state import State


@dataclasses.dataclass(frozen=True, slots=True)
class Request:
    """What a request says of its sender; of check_message and challenge only source and times count.

    `credentials`: values of Authorization, or of Proxy-Authorization. `body`: None if nobody has it, which is not the same as none.
    `call_id`, `cseq` (the number) and `branch` (of the topmost Via) tell a retransmission from a replay. `client`: User-Agent.
    """

    source: tuple[str, int] = ("0.0.0.0", 0)
    wall_ns: int = 0
    monotonic_ns: int = 0
    credentials: Sequence[Text] = ()
    method: Text | None = None
    request_uri: Text | None = None
    body: Text | None = b""
    call_id: Text | None = None
    cseq: Text | None = None
    branch: Text | None = None
    client: Text | None = None

    def struct(self) -> tuple[Any, Texts]:
        """The sipward_auth_request, and what it points to."""
        out, texts = new("sipward_auth_request"), Texts()
        out.wall_ns = integer(self.wall_ns, "wall_ns", 0, I64)
        out.monotonic_ns = integer(self.monotonic_ns, "monotonic_ns", -I64 - 1, I64)
        ffi.buffer(ffi.addressof(out, "source"))[:] = pack_endpoint(self.source)
        row, count = texts.row(self.credentials, "credentials")
        out.credentials, out.credential_count = row, count
        for name in ("method", "request_uri", "body", "call_id", "cseq", "branch", "client"):
            texts.put(getattr(out, name), getattr(self, name), name)
        if self.body is None:
            out.flags = lib.SIPWARD_AUTH_BODY_UNSEEN
        return out, texts


@dataclasses.dataclass(frozen=True, slots=True)
class Account:
    """What the host knows of a user: a password, or HA1 in hexadecimal digits for the algorithms that it offers.

    `unknown`: there is no such user; that takes as long as a wrong password. `user`: needed where the request has a hash of the name.
    """

    unknown: bool = False
    user: Text | None = None
    password: Text | None = None
    ha1_md5: Text | None = None
    ha1_sha_256: Text | None = None
    ha1_sha_512_256: Text | None = None

    def struct(self) -> tuple[Any, Texts]:
        """The sipward_auth_account, and what it points to."""
        out, texts = new("sipward_auth_account", unknown=int(bool(self.unknown))), Texts()
        for name in ("user", "password", "ha1_md5", "ha1_sha_256", "ha1_sha_512_256"):
            texts.put(getattr(out, name), getattr(self, name), name)
        return out, texts


@dataclasses.dataclass(frozen=True, slots=True)
class Result:
    """What came of a check; a copy. `reason`: "OK", or of the first step that failed. `fact`: what rules know as `reason` on auth.
    `user`: of the credentials, with `user_hashed` a hash of it. `stale`: of the challenge that goes with it."""

    outcome: AuthOutcome
    reason: str
    sip_code: int
    stale: bool
    flags: tuple[AuthFlag, ...]
    user_hashed: bool
    fact: str
    user: str
    realm: str
    nonce: str
    uri: str
    response: str
    algorithm: str
    qop: str
    nc: str

    @property
    def success(self) -> bool:
        """Whether the credentials are right: the only outcome that proves anything."""
        return self.outcome == AuthOutcome.SUCCESS

    @property
    def pending(self) -> bool:
        """Whether the account is needed: check again with it."""
        return self.outcome == AuthOutcome.PENDING


@dataclasses.dataclass(frozen=True, slots=True)
class AuthEvent:
    """What a check came to, for Inspector.event with EventKind.AUTH; more facts may be added."""

    facts: dict[str, Value]
    proven: bool


@dataclasses.dataclass(frozen=True, slots=True)
class ReasonInfo:
    """What a reason means; `sip_code` is 407 for 401 at a proxy."""

    name: str
    outcome: AuthOutcome
    sip_code: int
    stale: bool
    fact: str
    text: str


class Authenticator(Handle):
    """Checks Digest credentials and makes challenges. One thread's; a second thread gets BusyError. Workers make theirs after a fork.

    `key`: the secret of nonces, 16 octets or more; workers with the same one take each other's. `state`: where nonces and clients are
    remembered, so that replays and downgrades are found. StateFullError if it has no room; UnsupportedError without identity in the
    library. 0 is the default of a number.
    """

    __slots__ = ("_room", "_checked")

    def __init__(
        self,
        realm: Text,
        key: Text,
        *,
        state: State | None = None,
        options: AuthOption | int = 0,
        algorithms: DigestAlgorithm | int = 0,
        binding: NonceBinding = NonceBinding.NETWORK,
        lifetime_s: int = 0,
        late: int = 0,
        nonces: int = 0,
        clients: int = 0,
    ) -> None:
        given, texts = new("sipward_auth_options"), Texts()
        given.flags, given.algorithms = unsigned(options, "options"), unsigned(algorithms, "algorithms")
        given.binding, given.lifetime_s = unsigned(binding, "binding"), unsigned(lifetime_s, "lifetime_s", U64)
        given.late, given.nonces, given.clients = unsigned(late, "late"), unsigned(nonces, "nonces"), unsigned(clients, "clients")
        texts.put(given.realm, realm, "realm")
        texts.put(given.key, key, "key")
        memory = None if state is None else state._c()
        if memory is not None:
            given.state = memory
        status, pointer = make(lib.sipward_authenticator_create, lib.sipward_authenticator_destroy, "sipward_authenticator", given)
        check(status, "make an authenticator")
        super().__init__(pointer)
        self._room = Room("authenticator")
        self._checked: Any = None  # what the event of the last check points to

    def set_key(self, key: Text) -> None:
        """The key of nonces that are made from now on; those of the key before stay good."""
        data = as_bytes(key, "key")
        with self._room:
            check(lib.sipward_authenticator_set_key(self._c(), data, len(data)), "set a key")

    def check(self, request: Request, account: Account | None = None) -> Result:
        """What the credentials of a request are worth; without an account up to where it is needed."""
        (struct, kept), (known, known_kept) = request.struct(), _known(account)
        out = new("sipward_auth_result")
        with self._room:
            status = lib.sipward_authenticator_check(self._c(), struct, known, out)
            self._checked = (kept, known_kept) if status == lib.SIPWARD_OK else None
            check(status, "check credentials")
            return _result(out)

    def check_message(self, message: Message, request: Request, account: Account | None = None) -> Result:
        """The same of a message that was parsed; of `request` source and times count. ArgumentError: it is no request."""
        (struct, texts), (known, known_kept) = request.struct(), _known(account)
        out = new("sipward_auth_result")
        with self._room, message._room:
            kept = texts, known_kept, message._c(), message._owner, message._base
            status = lib.sipward_authenticator_check_message(self._c(), message._c(), struct, known, out)
            self._checked = None
            if check(status, "check credentials") != lib.SIPWARD_OK:
                raise ArgumentError("check credentials: the message is no request")
            result, self._checked = _result(out), self._event()
            del kept
            return result

    def event(self) -> AuthEvent | None:
        """What the last check came to, as facts for Inspector.event; None if it came to nothing."""
        with self._room:
            self._c()
            return self._checked if self._checked is None or isinstance(self._checked, AuthEvent) else self._event()

    def challenge(self, request: Request, *, stale: bool = False) -> str:
        """Header lines with a new nonce for the source of a request, with their line ends: one for each algorithm, the strongest first."""
        struct, _ = request.struct()
        out, size = ffi.new("char[]", 4096), ffi.new("size_t*")
        with self._room:
            check(lib.sipward_authenticator_challenge(self._c(), struct, int(bool(stale)), out, len(out), size), "write a challenge")
        return decode(ffi.unpack(out, size[0]))

    def _event(self) -> AuthEvent | None:
        out = new("sipward_host_event")
        if lib.sipward_authenticator_event(self._c(), out) != lib.SIPWARD_OK:
            return None
        names = fields()
        facts = {names[out.facts[i].field].name: _value(out.facts[i]) for i in range(out.fact_count)}
        return AuthEvent(facts, bool(out.flags & lib.SIPWARD_EVENT_PROVEN))


def _value(fact: Any) -> Value:
    if fact.kind == FactKind.TEXT:
        return decode(ffi.unpack(fact.text, fact.text_size))
    if fact.kind == FactKind.INTEGER:
        return bool(fact.integer)
    address = ipaddress.IPv6Address(bytes(fact.address))
    return address.ipv4_mapped or address


def _known(account: Account | None) -> tuple[Any, Any]:
    return (ffi.NULL, None) if account is None else account.struct()


def _result(out: Any) -> Result:
    return Result(AuthOutcome(out.outcome), text(out.reason), out.sip_code, bool(out.stale), flags_of(out.flags), bool(out.user_hashed),
                  text(out.fact), text(out.user), text(out.realm), text(out.nonce), text(out.uri), text(out.response), text(out.algorithm),
                  text(out.qop), text(out.nc))  # fmt: skip


def reason_info(name: Text) -> ReasonInfo | None:
    """What a reason means; None if there is none of this name."""
    data, out = as_bytes(name, "the name of a reason"), new("sipward_auth_reason_info")
    if check(lib.sipward_auth_reason(data, len(data), out), "look up a reason") != lib.SIPWARD_OK:
        return None
    return ReasonInfo(decode(data), AuthOutcome(out.outcome), out.sip_code, bool(out.stale), text(out.fact), text(out.text))


def flag_info(flag: int) -> tuple[str, str] | None:
    """Name and sentence of an AuthFlag; None if there is none of this number."""
    name, sentence = ffi.new("sipward_text*"), ffi.new("sipward_text*")
    status = check(lib.sipward_auth_flag(unsigned(flag, "flag"), name, sentence), "look up a flag")
    return (text(name), text(sentence)) if status == lib.SIPWARD_OK else None


def flags_of(bits: int) -> tuple[AuthFlag, ...]:
    """The flags of a number, of which each is a bit."""
    return tuple(flag for flag in AuthFlag if bits >> flag & 1)


def hash_of(algorithm: DigestAlgorithm, user: Text, realm: Text, password: Text = b"") -> str:
    """HA1 of an algorithm in hexadecimal digits, which a host may keep in place of a password; without a password the hash by which a
    request may name its user. UnsupportedError: this libcrypto has no such hash."""
    texts, row = Texts(), ffi.new("sipward_text[]", 3)
    for at, (what, value) in enumerate((("user", user), ("realm", realm), ("password", password))):
        texts.put(row[at], value, what)
    out, size = ffi.new("char[]", 64), ffi.new("size_t*")
    status = lib.sipward_auth_hash(unsigned(algorithm, "algorithm"), row, row + 1, row + 2, out, len(out), size)
    check(status, "hash an account")
    return decode(ffi.unpack(out, size[0]))
