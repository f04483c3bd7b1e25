"""Records of bodies and session descriptions. Members have the names of `sipward/c/body.h`."""
from __future__ import annotations

from .enums import AttributeId, BodyKind, Charset, HostKind, MediaDirection, Setup
from .records import ABSENT, CountOf, EnumOf, FlagOf, NumberOf, Record, SliceOf, WithParams


class BodyInfo(WithParams):
    """What the body is, by Content-Type and Content-Encoding."""

    KIND = "sipward_body_info"
    kind = EnumOf(BodyKind, "How it is read.")
    content_type = SliceOf("The value of Content-Type.")
    type = SliceOf('"application".')
    subtype = SliceOf('"sdp".')
    part_count = CountOf("Parts of all levels together.")


class Part(Record):
    """A part of a multipart body (RFC 2046 section 5.1, RFC 5621); headers by their values, the first of each."""

    KIND = "sipward_part"
    kind = EnumOf(BodyKind, "What it is; the parts of a multipart part follow it.")
    depth = CountOf("1: in the body of the message.")
    parent = NumberOf("Index of the part that it stands in; None: the body.", none=ABSENT)
    headers = SliceOf("All its header lines.")
    content_type = SliceOf("Value of the header.")
    content_disposition = SliceOf("Value of the header.")
    content_id = SliceOf("Value of the header.")
    content_transfer_encoding = SliceOf("Value of the header.")
    content_length = SliceOf("Value of the header.")
    body = SliceOf("Without the line end that belongs to the boundary behind it; `body.view` copies nothing.")


class BodyText(Record):
    """The text of a message."""

    KIND = "sipward_body_text"
    charset = EnumOf(Charset, "As far as it is known here.")
    charset_name = SliceOf("As written.")
    text = SliceOf("As written.")


class SdpSession(Record):
    """A session description (RFC 8866 section 5). Of lines that may stand once, the first."""

    KIND = "sipward_sdp_session"
    text = SliceOf("The whole description.", shown=False)
    direction = EnumOf(MediaDirection, "Which way media flow; NONE: none was written.")
    version = SliceOf("v=")
    username = SliceOf("Of o=.")
    session_id = SliceOf("Of o=.")
    session_version = SliceOf("Of o=.")
    origin_nettype = SliceOf("Of o=.")
    origin_addrtype = SliceOf("Of o=.")
    origin_address = SliceOf("Of o=.")
    name = SliceOf("s=")
    nettype = SliceOf("Of c=.")
    addrtype = SliceOf("Of c=.")
    address = SliceOf("Of c=, without what follows its slash.")
    ttl = SliceOf("Of c=.")
    address_count = SliceOf("Of c=.")
    address_kind = EnumOf(HostKind, "What the address is; NONE also for networks other than IN.")
    start_time = SliceOf("Of t=.")
    stop_time = SliceOf("Of t=.")
    media_count = CountOf("See Message.sdp_media.")
    attribute_count = CountOf("Of session and media together.")
    session_attribute_count = CountOf("These come first.")
    bandwidth_count = CountOf("Of session and media together.")


class SdpMedia(Record):
    """A medium (RFC 8866 section 5.14)."""

    KIND = "sipward_sdp_media"
    text = SliceOf('What stands behind "m=".')
    direction = EnumOf(MediaDirection, "Its own attribute; NONE: that of the session holds.")
    type = SliceOf('"audio".')
    port = SliceOf("As written.")
    port_number = NumberOf("As a number.")
    port_count = SliceOf("Behind the port's slash.")
    proto = SliceOf('"RTP/AVP".')
    formats = SliceOf("All of them, with single spaces between.")
    nettype = SliceOf("Of its own first c=; absent: the session's holds.")
    addrtype = SliceOf("Of c=.")
    address = SliceOf("Of c=.")
    ttl = SliceOf("Of c=.")
    address_count = SliceOf("Of c=.")
    address_kind = EnumOf(HostKind, "What the address is.")
    first_attribute = CountOf("Index of its first attribute; they stand together.")
    attribute_count = CountOf("How many it has.")
    first_bandwidth = CountOf("Index of its first bandwidth.")
    bandwidth_count = CountOf("How many it has.")


class SdpBandwidth(Record):
    """RFC 8866 section 5.8."""

    KIND = "sipward_sdp_bandwidth"
    media = NumberOf("Index of its medium; None: the session.", none=ABSENT)
    type = SliceOf('"AS".')
    value = SliceOf("As written.")


class SdpAttribute(Record):
    """RFC 8866 section 5.13."""

    KIND = "sipward_sdp_attribute"
    id = EnumOf(AttributeId, "If it has a meaning here.")
    media = NumberOf("Index of its medium; None: the session.", none=ABSENT)
    well_formed = FlagOf("Whether it follows the grammar of its name.")
    name = SliceOf("Before the colon.")
    value = SliceOf("Behind it. Of ice-pwd and crypto it is a secret: keep it out of logs.", shown=False)


class SdpRtpmap(Record):
    """RFC 8866 section 6.6."""

    KIND = "sipward_sdp_rtpmap"
    well_formed = FlagOf("Whether it follows its grammar.")
    payload_type = SliceOf("As written.")
    encoding = SliceOf('"PCMA".')
    clock_rate = SliceOf("As written.")
    parameters = SliceOf("Of audio: channels.")


class SdpFmtp(Record):
    """RFC 8866 section 6.15."""

    KIND = "sipward_sdp_fmtp"
    well_formed = FlagOf("Whether it follows its grammar.")
    format = SliceOf("Which format.")
    parameters = SliceOf("What is said of it.")


class SdpCrypto(Record):
    """RFC 4568 section 9.1. Of several keys, method and info of the first."""

    KIND = "sipward_sdp_crypto"
    well_formed = FlagOf("Whether it follows its grammar.")
    tag = SliceOf("Its number.")
    suite = SliceOf("Which cipher.")
    key_params = SliceOf("All keys: keep them out of logs.", shown=False)
    key_method = SliceOf('"inline".')
    key_info = SliceOf("The key: keep it out of logs.", shown=False)
    session_params = SliceOf("What follows.")


class SdpFingerprint(Record):
    """RFC 8122 section 5."""

    KIND = "sipward_sdp_fingerprint"
    well_formed = FlagOf("Whether it follows its grammar.")
    hash = SliceOf('"sha-256".')
    value = SliceOf("Hexadecimal, with colons between.")


class SdpSetup(Record):
    """RFC 4145 section 4."""

    KIND = "sipward_sdp_setup"
    well_formed = FlagOf("Whether it follows its grammar.")
    role = EnumOf(Setup, "Who opens the connection.")


class SdpCandidate(Record):
    """RFC 8839 section 5.1."""

    KIND = "sipward_sdp_candidate"
    well_formed = FlagOf("Whether it follows its grammar.")
    foundation = SliceOf("As written.")
    component = SliceOf("As written.")
    transport = SliceOf('"UDP".')
    priority = SliceOf("As written.")
    address = SliceOf("Where.")
    port = SliceOf("Where.")
    type = SliceOf('"host", "srflx", "prflx", "relay".')
    related_address = SliceOf("What it was seen from.")
    related_port = SliceOf("What it was seen from.")
    extensions = SliceOf("Names and values.")
