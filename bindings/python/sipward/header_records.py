"""Records of the start line and of header values. Members have the names of `sipward/c/message.h` and `sipward/c/values.h`."""
from __future__ import annotations

from typing import overload

from ._core import text
from ._native import ffi
from .enums import HostKind, Kind, Refresher, Scheme
from .records import CountOf, EnumOf, FlagOf, Member, NumberOf, Record, SliceOf, WithParams


class StartLine(Record):
    """RFC 3261 sections 7.1 and 7.2."""

    KIND = "sipward_start_line"
    kind = EnumOf(Kind, "Request, response, or neither.")
    method = SliceOf("Of a request.")
    request_uri = SliceOf("Of a request, as written.")
    version = SliceOf('"SIP/2.0".')
    reason = SliceOf("Reason phrase of a response.")
    status_code = NumberOf("Of a response.", none=0)
    status_text = SliceOf("The status code as written.")


class Header(Record):
    """A header line (RFC 3261 section 7.3)."""

    KIND = "sipward_header"
    folded = FlagOf("Whether it goes on over several lines.")
    name = SliceOf("As written.")
    value = SliceOf("As written, folds included, without the white space around it.")

    @property
    def known(self) -> str | None:
        """The long name of a header that the library knows: "From" of "f"."""
        return text(self._struct.known) if self._struct.known.data != ffi.NULL else None


class Uri(WithParams):
    """RFC 3261 section 19.1, RFC 3966. As written, nothing unescaped."""

    KIND = "sipward_uri"
    text = SliceOf("All of it.")
    scheme_id = EnumOf(Scheme, "The scheme, if it is one of these.")
    scheme = SliceOf("The scheme as written.")
    user = SliceOf("Of a tel URI: the number.")
    password = SliceOf("Behind the user's colon.")
    host = SliceOf("IPv6 with its brackets.")
    host_kind = EnumOf(HostKind, "What stands there.")
    port = SliceOf("As written.")
    port_number = NumberOf("As a number.")
    headers = SliceOf("Behind the question mark.")


class _UriOf(Member):

    @overload
    def __get__(self, record: None, owner: type) -> _UriOf: ...
    @overload
    def __get__(self, record: Record, owner: type) -> Uri: ...
    def __get__(self, record: Record | None, owner: type) -> _UriOf | Uri:
        if record is None:
            return self
        # A copy: a struct within another does not keep that one alive.
        struct = ffi.new("sipward_uri*", getattr(record._struct, self.name))
        return Uri(struct, record._bytes, record._message, record._parse)


class Address(WithParams):
    """RFC 3261 section 20.10: From, To, Contact and the like."""

    KIND = "sipward_address"
    text = SliceOf("All of it.")
    is_star = FlagOf("Contact: *")
    display = SliceOf("Display name, with its quotes, if it has them.")
    in_brackets = FlagOf("Whether the URI stands in angle brackets.")
    uri = _UriOf("The URI, taken apart.")
    tag = SliceOf("Value of the tag.")


class Via(WithParams):
    """RFC 3261 section 20.42."""

    KIND = "sipward_via"
    text = SliceOf("All of it.")
    protocol = SliceOf('"SIP".')
    version = SliceOf('"2.0".')
    transport = SliceOf('"UDP".')
    host = SliceOf("Who sent it, as he says.")
    host_kind = EnumOf(HostKind, "What stands there.")
    port = SliceOf("As written.")
    port_number = NumberOf("As a number.")
    branch = SliceOf("Names the transaction.")
    received = SliceOf("Where it really came from.")
    rport = SliceOf("From which port; empty where it is only asked for (RFC 3581).")
    maddr = SliceOf("Where the answer is to go.")
    ttl = SliceOf("Of multicast.")


class CSeq(Record):
    """RFC 3261 section 20.16."""

    KIND = "sipward_cseq"
    number = CountOf("The number; 0 if it is not valid.")
    number_valid = FlagOf("Whether it is a number below 2^32.")
    number_text = SliceOf("As written.")
    method = SliceOf("The method.")


class Digest(Record):
    """Digest credentials or a challenge (RFC 3261 sections 20.7 and 20.44, RFC 8760); quoted values without their quotes."""

    KIND = "sipward_digest"
    text = SliceOf("All of it.")
    scheme = SliceOf('"Digest"; of another scheme nothing else is read.')
    username = SliceOf("Who.")
    realm = SliceOf("Where.")
    nonce = SliceOf("The server's.")
    uri = SliceOf("What for.")
    response = SliceOf("The proof.")
    algorithm = SliceOf('"MD5", "SHA-256".')
    cnonce = SliceOf("The client's nonce.")
    opaque = SliceOf("Comes back as it went.")
    qop = SliceOf("Quality of protection.")
    nc = SliceOf("How often the nonce was used.")
    stale = SliceOf("Whether only the nonce was too old.")
    domain = SliceOf("URIs that it holds for.")


class Item(WithParams):
    """A header value that is a head and parameters."""

    KIND = "sipward_item"
    text = SliceOf("All of it.")
    value = SliceOf("Before the parameters.")


class MediaType(WithParams):
    """RFC 3261 section 20.15."""

    KIND = "sipward_media_type"
    type = SliceOf('"application".')
    subtype = SliceOf('"sdp".')


class IdentityHeader(WithParams):
    """An Identity header as it stands there (RFC 8224 section 4); nothing is verified. See sipward.identity."""

    KIND = "sipward_identity"
    digest = SliceOf("All before the parameters.")
    header = SliceOf("Of the token, base64url; empty in the compact form.")
    payload = SliceOf("Likewise.")
    signature = SliceOf("Likewise; these three are absent if the digest is no token.")
    info = SliceOf("The URI of the certificate, without its angle brackets.")
    alg = SliceOf("Without quotes.")
    ppt = SliceOf("Without quotes.")


class Reason(WithParams):
    """RFC 3326 section 2."""

    KIND = "sipward_reason"
    protocol = SliceOf('"SIP", "Q.850".')
    cause = NumberOf("Of the protocol.")
    text = SliceOf("Without its quotes, nothing unescaped.")


class Dialog(WithParams):
    """The dialog that a request is to replace or join (RFC 3891 section 6.1, RFC 3911 section 7.1)."""

    KIND = "sipward_dialog"
    call_id = SliceOf("Of the dialog.")
    to_tag = SliceOf("Of the dialog.")
    from_tag = SliceOf("Of the dialog.")
    early_only = FlagOf("Only a dialog that was not answered yet.")


class Product(Record):
    """A product or a comment (RFC 3261 sections 20.35 and 20.41)."""

    KIND = "sipward_product"
    name = SliceOf("Of a product.")
    version = SliceOf("Of a product.")
    comment = SliceOf("Without its outermost brackets; then there is no name and no version.")


class RAck(Record):
    """RFC 3262 section 7.2."""

    KIND = "sipward_rack"
    rseq = NumberOf("Number of the response.")
    cseq = NumberOf("Number of the request.")
    method = SliceOf("Of the request.")


class SessionTimer(Record):
    """RFC 4028 sections 4 and 5."""

    KIND = "sipward_session_timer"
    seconds = NumberOf("How long.")
    refresher = EnumOf(Refresher, "Who refreshes.")


class EventPackage(WithParams):
    """RFC 6665 section 8.4."""

    KIND = "sipward_event"
    package = SliceOf('"presence".')
    event_template = SliceOf('"winfo"; all templates, if there are more.')
    id = SliceOf("Of the subscription.")


class Subscription(WithParams):
    """RFC 6665 section 4.1.3."""

    KIND = "sipward_subscription"
    state = SliceOf('"active", "pending", "terminated".')
    reason = SliceOf("Why it ended.")
    expires = NumberOf("Seconds.")
    retry_after = NumberOf("Seconds.")


class ResourcePriority(Record):
    """RFC 4412 section 3.1."""

    KIND = "sipward_resource_priority"
    name_space = SliceOf('"ets".')
    priority = SliceOf('"0".')


class WarningHeader(Record):
    """RFC 3261 section 20.43."""

    KIND = "sipward_warning"
    code = NumberOf("Three digits.")
    agent = SliceOf("Who warns.")
    text = SliceOf("Without its quotes, nothing unescaped.")


class RetryAfter(WithParams):
    """RFC 3261 section 20.33."""

    KIND = "sipward_retry_after"
    seconds = NumberOf("When to try again.")
    duration = NumberOf("Seconds that the callee can be reached then.")
    comment = SliceOf("Without its outermost brackets.")
