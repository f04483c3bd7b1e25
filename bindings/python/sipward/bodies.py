"""Bodies of a message: session descriptions, the parts of a multipart body, text."""
from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from . import sdp_records as r
from ._core import unsigned
from ._native import lib
from .records import Record

_R = TypeVar("_R", bound=Record)


class Bodies:
    """The part of Message that reads bodies. Nothing of a body is read before the first of these is asked; then it is read once.
    What is wrong with it is an anomaly of the message. None or an empty list: there is no such body."""

    __slots__ = ()

    if TYPE_CHECKING:
        def _record(self, record: type[_R], function: Callable[..., int], *arguments: Any) -> _R | None: ...
        def _records(self, record: type[_R], function: Callable[..., int], *arguments: Any) -> list[_R]: ...

    @property
    def body_info(self) -> r.BodyInfo | None:
        """What the body is."""
        return self._record(r.BodyInfo, lib.sipward_message_body_info)

    @property
    def parts(self) -> list[r.Part]:
        """The parts of a multipart body, of all levels, in the order of their boundaries."""
        return self._records(r.Part, lib.sipward_message_part)

    @property
    def text(self) -> r.BodyText | None:
        """The text: the body if it is text/..., else the first part that is."""
        return self._record(r.BodyText, lib.sipward_message_text)

    @property
    def sdp(self) -> r.SdpSession | None:
        """The session description: the body, or the part that describes the session."""
        return self._record(r.SdpSession, lib.sipward_sdp_read_session)

    @property
    def sdp_media(self) -> list[r.SdpMedia]:
        """Its media."""
        return self._records(r.SdpMedia, lib.sipward_sdp_read_media)

    @property
    def sdp_bandwidths(self) -> list[r.SdpBandwidth]:
        """Bandwidths of session and media together."""
        return self._records(r.SdpBandwidth, lib.sipward_sdp_read_bandwidth)

    @property
    def sdp_attributes(self) -> list[r.SdpAttribute]:
        """Attributes of session and media together, by the index that the next functions take."""
        return self._records(r.SdpAttribute, lib.sipward_sdp_read_attribute)

    def _attribute(self, record: type[_R], function: Callable[..., int], index: int) -> _R | None:
        return self._record(record, function, unsigned(index, "the index of an attribute"))

    # What follows takes attribute `index` apart. ArgumentError if it is another attribute; None behind the last.

    def sdp_rtpmap(self, index: int) -> r.SdpRtpmap | None:
        """Attribute `index`, a=rtpmap."""
        return self._attribute(r.SdpRtpmap, lib.sipward_sdp_read_rtpmap, index)

    def sdp_fmtp(self, index: int) -> r.SdpFmtp | None:
        """Attribute `index`, a=fmtp."""
        return self._attribute(r.SdpFmtp, lib.sipward_sdp_read_fmtp, index)

    def sdp_crypto(self, index: int) -> r.SdpCrypto | None:
        """Attribute `index`, a=crypto."""
        return self._attribute(r.SdpCrypto, lib.sipward_sdp_read_crypto, index)

    def sdp_fingerprint(self, index: int) -> r.SdpFingerprint | None:
        """Attribute `index`, a=fingerprint."""
        return self._attribute(r.SdpFingerprint, lib.sipward_sdp_read_fingerprint, index)

    def sdp_setup(self, index: int) -> r.SdpSetup | None:
        """Attribute `index`, a=setup."""
        return self._attribute(r.SdpSetup, lib.sipward_sdp_read_setup, index)

    def sdp_candidate(self, index: int) -> r.SdpCandidate | None:
        """Attribute `index`, a=candidate."""
        return self._attribute(r.SdpCandidate, lib.sipward_sdp_read_candidate, index)
