"""Header values of a message, taken apart. None or an empty list: the message has none."""
from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from . import header_records as r
from ._core import Text, as_bytes
from ._native import ffi, lib
from .records import Record, Slice

_R = TypeVar("_R", bound=Record)


class HeaderValues:
    """The part of Message that reads header values. A header is read at the first question for it, once. ArgumentError for a header
    that the function does not know; `sipward/c/message.h` and `sipward/c/values.h` list those that it does."""

    __slots__ = ()

    if TYPE_CHECKING:
        def _ask(self, function: Callable[..., int], *arguments: Any) -> bool: ...
        def _record(self, record: type[_R], function: Callable[..., int], *arguments: Any) -> _R | None: ...
        def _records(self, record: type[_R], function: Callable[..., int], *arguments: Any) -> list[_R]: ...
        def get(self, name: Text) -> Slice | None: ...

    @property
    def request_uri(self) -> r.Uri | None:
        """The Request-URI, taken apart; None for a response."""
        return self._record(r.Uri, lib.sipward_message_request_uri)

    @property
    def from_(self) -> r.Address | None:
        """From."""
        return self._record(r.Address, lib.sipward_message_address, b"From", 4, 0)

    @property
    def to(self) -> r.Address | None:
        """To."""
        return self._record(r.Address, lib.sipward_message_address, b"To", 2, 0)

    @property
    def contacts(self) -> list[r.Address]:
        """Values of Contact."""
        return self.addresses("Contact")

    @property
    def call_id(self) -> Slice | None:
        """Call-ID, as written."""
        return self.get(b"Call-ID")

    @property
    def vias(self) -> list[r.Via]:
        """Via over all lines, the topmost first."""
        return self._records(r.Via, lib.sipward_message_via)

    @property
    def cseq(self) -> r.CSeq | None:
        """CSeq."""
        return self._record(r.CSeq, lib.sipward_message_cseq)

    @property
    def date(self) -> int | None:
        """Date, as seconds since 1970; None also if it is no date."""
        out = ffi.new("int64_t*")
        return int(out[0]) if self._ask(lib.sipward_message_date, out) else None

    def _of(self, record: type[_R], function: Callable[..., int], header: Text) -> list[_R]:
        name = as_bytes(header, "the name of a header")
        return self._records(record, function, name, len(name))

    def _one_of(self, record: type[_R], function: Callable[..., int], header: Text) -> _R | None:
        name = as_bytes(header, "the name of a header")
        return self._record(record, function, name, len(name))

    def addresses(self, header: Text) -> list[r.Address]:
        """Values of a header that holds addresses, over all its lines: Route, P-Asserted-Identity, Diversion and so on."""
        return self._of(r.Address, lib.sipward_message_address, header)

    def digests(self, header: Text) -> list[r.Digest]:
        """Authorization, Proxy-Authorization, WWW-Authenticate or Proxy-Authenticate, one for each line."""
        return self._of(r.Digest, lib.sipward_message_digest, header)

    def number(self, header: Text) -> int | None:
        """Content-Length, Max-Forwards, Expires, Min-Expires, Session-Expires, Min-SE, Retry-After or RSeq as a number; None if it is
        absent or not a number in range."""
        name, out = as_bytes(header, "the name of a header"), ffi.new("uint64_t*")
        return int(out[0]) if self._ask(lib.sipward_message_number, name, len(name), out) else None

    def items(self, header: Text) -> list[r.Item]:
        """Values of a header that are a head and parameters: Allow, Supported, Event, Accept, User-Agent and many more."""
        return self._of(r.Item, lib.sipward_message_item, header)

    def media_types(self, header: Text = "Content-Type") -> list[r.MediaType]:
        """Of Content-Type or Accept."""
        return self._of(r.MediaType, lib.sipward_message_media_type, header)

    @property
    def identities(self) -> list[r.IdentityHeader]:
        """Identity headers as they stand there. To verify them: sipward.identity."""
        return self._records(r.IdentityHeader, lib.sipward_message_identity)

    @property
    def reasons(self) -> list[r.Reason]:
        """Values of Reason."""
        return self._records(r.Reason, lib.sipward_message_reason)

    def dialog(self, header: Text) -> r.Dialog | None:
        """Of Replaces or Join."""
        return self._one_of(r.Dialog, lib.sipward_message_dialog, header)

    def products(self, header: Text = "User-Agent") -> list[r.Product]:
        """Of User-Agent or Server."""
        return self._of(r.Product, lib.sipward_message_product, header)

    @property
    def rack(self) -> r.RAck | None:
        """RAck."""
        return self._record(r.RAck, lib.sipward_message_rack)

    def session_timer(self, header: Text = "Session-Expires") -> r.SessionTimer | None:
        """Of Session-Expires or Min-SE."""
        return self._one_of(r.SessionTimer, lib.sipward_message_session_timer, header)

    def events(self, header: Text = "Event") -> list[r.EventPackage]:
        """Of Event or Allow-Events."""
        return self._of(r.EventPackage, lib.sipward_message_event, header)

    @property
    def subscription(self) -> r.Subscription | None:
        """Subscription-State."""
        return self._record(r.Subscription, lib.sipward_message_subscription)

    @property
    def resource_priorities(self) -> list[r.ResourcePriority]:
        """Values of Resource-Priority."""
        return self._records(r.ResourcePriority, lib.sipward_message_resource_priority)

    @property
    def warnings(self) -> list[r.WarningHeader]:
        """Values of Warning."""
        return self._records(r.WarningHeader, lib.sipward_message_warning)

    @property
    def retry_after(self) -> r.RetryAfter | None:
        """Retry-After."""
        return self._record(r.RetryAfter, lib.sipward_message_retry_after)
