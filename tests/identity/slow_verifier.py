"""A second verifier of Identity headers, slow and plain, written from the text of the rules and not from the library.

What is wrong first, in the order of the steps, is the reason. It knows the keys of some URLs and takes their certificates for
good ones of a service provider; the library's own tests judge certificates.
"""

import base64
import binascii
import hashlib
import itertools
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from slow_json import Null, Number, Object, Reader, Refused, write

WINDOW, SPAN, MOST_DEST, MOST_HEADERS, MOST_OPT = 60, 300, 32, 8, 5
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
PPTS = (b"", b"shaken", b"div", b"div-o", b"rph", b"rcd", b"msg")
STAGES = {name: number for number, names in enumerate((
    "IDENTITY_COUNT NO_IDENTITY",
    "HEADER_SYNTAX HEADER_TOO_LARGE HEADER_PARAM_DUP INFO_MISSING COMPACT_FORM_REFUSED JWS_MALFORMED PPT_UNSUPPORTED",
    "INFO_X5U_MISMATCH B64_INVALID B64_NONCANONICAL JSON_SYNTAX JSON_UTF8 JSON_CONTROL JSON_DUP_KEY JSON_DEPTH JSON_LIMIT "
    "ALG_UNSUPPORTED TYP_INVALID X5U_MISSING PPT_MISMATCH CRIT_UNSUPPORTED",
    "IAT_MISSING IAT_TYPE ORIG_MISSING ORIG_TYPE DEST_MISSING DEST_TYPE DEST_LIMIT TN_NOT_CANONICAL ATTEST_INVALID ORIGID_INVALID "
    "DIV_MISSING DIV_TYPE OPT_INVALID RPH_INVALID RCD_INVALID RCDI_INVALID RCDI_MISMATCH CRN_INVALID SPH_INVALID MSGI_INVALID MKY_INVALID",
    "IAT_STALE IAT_FUTURE",
    "ORIG_MISMATCH DEST_MISMATCH",
    "URL_UNKNOWN CERT_NOT_YET_VALID CERT_EXPIRED",
    "SIG_LENGTH SIG_RANGE SIG_INVALID",
    "DIV_NO_BASE DIV_ORIG_MISMATCH DIV_CHAIN_BROKEN EXT_UNBOUND DIV_CHAIN_TIME")) for name in names.split()}
LWS = rb"[ \t\r\n]*"
URI = rb"[!#-;=?-~]"


def header_value(value):
    """info, ppt, the three parts."""
    if len(value) > 8192:
        raise Refused("HEADER_TOO_LARGE")
    token = re.match(LWS + rb"([^;, \t\r\n]+)", value)
    if not token:
        raise Refused("HEADER_SYNTAX")
    at = token.end()
    found = {}
    for count in itertools.count():
        at = re.compile(LWS).match(value, at).end()
        if at == len(value) or (value[at:at + 1] == b"," and count):
            break
        param = re.compile(
            rb";" + LWS + rb"([A-Za-z0-9.!%*_+`'~-]+)" + LWS + rb'(?:(=)' + LWS +
            rb'("(?:\\.|[^"\\])*"|<' + URI + rb'*>|(?!["<])(?:(?![;,])' + URI + rb")+))?", re.DOTALL).match(value, at)
        # The name alone may match where a value is broken.
        if not param or (not param[2] and value[param.end():param.end() + 1] == b"="):
            raise Refused("HEADER_SYNTAX")
        if count == 16:
            raise Refused("HEADER_TOO_LARGE")
        name = param[1].lower()
        if name in (b"info", b"alg", b"ppt") and name in found:
            raise Refused("HEADER_PARAM_DUP")
        found[name] = param[3] or b""
        at = param.end()
    ppt = found.get(b"ppt")
    if ppt is not None:
        ppt = ppt[1:-1] if ppt.startswith(b'"') else ppt
        if not ppt:
            raise Refused("HEADER_SYNTAX")
        if ppt not in PPTS:
            raise Refused("PPT_UNSUPPORTED")
    info = found.get(b"info", b"")
    if not info.startswith(b"<") or len(info) < 3:
        raise Refused("INFO_MISSING")
    if found.get(b"alg", b"ES256") != b"ES256":
        raise Refused("ALG_UNSUPPORTED")
    parts = token[1].split(b".")
    if len(parts) != 3 or not parts[2] or bool(parts[0]) != bool(parts[1]):
        raise Refused("JWS_MALFORMED")
    if not parts[0]:
        raise Refused("COMPACT_FORM_REFUSED")
    return info[1:-1], ppt or b"", parts


def base64url(text):
    if len(text) % 4 == 1 or re.search(rb"[^A-Za-z0-9_-]", text):
        raise Refused("B64_INVALID")
    octets = base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4))
    if base64.urlsafe_b64encode(octets).rstrip(b"=") != text:
        raise Refused("B64_NONCANONICAL")
    return octets


def number(text):
    if not re.fullmatch(rb"[0-9#*]{1,15}", text):
        raise Refused("TN_NOT_CANONICAL")
    return "tn", text


def is_text(value):
    return isinstance(value, bytes) and not isinstance(value, Number)


def one(value, wrong):
    if not isinstance(value, Object):
        raise Refused(wrong)
    tn, uri = value.get(b"tn"), value.get(b"uri")
    if (tn is None) == (uri is None):
        raise Refused(wrong)
    text = tn if tn is not None else uri
    if not is_text(text) or not text:
        raise Refused(wrong)
    return number(text) if tn is not None else ("uri", text)


def destinations(value):
    if value is None:
        raise Refused("DEST_MISSING")
    lists = [] if not isinstance(value, Object) else [(k, value.get(k)) for k in (b"tn", b"uri") if value.get(k) is not None]
    if not lists:
        raise Refused("DEST_TYPE")
    out = []
    for kind, entries in lists:
        if type(entries) is not list or not entries:
            raise Refused("DEST_TYPE")
        for entry in entries:
            if not is_text(entry) or not entry:
                raise Refused("DEST_TYPE")
            if len(out) == MOST_DEST:
                raise Refused("DEST_LIMIT")
            out.append(number(entry) if kind == b"tn" else ("uri", entry))
    return out


def digest(text):
    """The hash and its value, or None."""
    match = re.fullmatch(rb"(sha256|sha384|sha512)-([A-Za-z0-9+/]+={0,2})", text) if is_text(text) else None
    if not match:
        return None
    make = getattr(hashlib, match[1].decode())
    try:
        value = base64.b64decode(match[2], validate=True)
    except binascii.Error:
        return None
    if len(value) != make().digest_size or base64.b64encode(value) != match[2]:
        return None
    return make, value


def follow(value, pointer):
    for step in pointer.split(b"/")[1:]:
        if isinstance(value, Object):
            if re.search(rb"~(?![01])", step):
                return None
            value = value.get(step.replace(b"~1", b"/").replace(b"~0", b"~"))
        elif isinstance(value, list):
            if not re.fullmatch(rb"0|[1-9][0-9]{0,4}", step) or int(step) >= len(value):
                return None
            value = value[int(step)]
        else:
            return None
        if value is None:
            return None
    return value


def rich_call_data(payload, ppt):
    rcd = payload.get(b"rcd")
    if rcd is not None or ppt == b"rcd":
        if not isinstance(rcd, Object) or not is_text(rcd.get(b"nam")):
            raise Refused("RCD_INVALID")
        jcd, jcl = rcd.get(b"jcd"), rcd.get(b"jcl")
        if jcd is not None and (jcl is not None or not isinstance(jcd, list)):
            raise Refused("RCD_INVALID")
        if any(v is not None and not is_text(v) for v in (jcl, rcd.get(b"apn"), rcd.get(b"icn"))):
            raise Refused("RCD_INVALID")
    rcdi = payload.get(b"rcdi")
    if rcdi is not None:
        if not isinstance(rcdi, Object) or not rcdi or rcd is None:
            raise Refused("RCDI_INVALID")
        for pointer, wanted in rcdi:
            found = digest(wanted)
            if not pointer.startswith(b"/") or not found:
                raise Refused("RCDI_INVALID")
            target = follow(rcd, pointer)
            if target is None:
                raise Refused("RCDI_MISMATCH")
            if is_text(target) and re.match(rb"https?://", target, re.IGNORECASE):
                continue
            texts = [write(target)] + ([target] if is_text(target) else [])
            if not any(found[0](text).digest() == found[1] for text in texts):
                raise Refused("RCDI_MISMATCH")
    crn = payload.get(b"crn")
    if crn is not None and not is_text(crn):
        raise Refused("CRN_INVALID")


def extensions(payload, ppt):
    rph = payload.get(b"rph")
    if rph is not None or ppt == b"rph":
        good = isinstance(rph, Object) and rph and all(
            type(entries) is list and entries and all(is_text(e) and e for e in entries) for _, entries in rph)
        if not good:
            raise Refused("RPH_INVALID")
    sph = payload.get(b"sph")
    if sph is not None and not (is_text(sph) and sph):
        raise Refused("SPH_INVALID")
    rich_call_data(payload, ppt)
    msgi = payload.get(b"msgi")
    if (msgi is not None or ppt == b"msg") and not digest(msgi):
        raise Refused("MSGI_INVALID")
    mky = payload.get(b"mky")
    if mky is not None:
        good = type(mky) is list and mky and all(
            isinstance(k, Object) and all(is_text(k.get(n)) and k.get(n) for n in (b"alg", b"dig")) for k in mky)
        if not good:
            raise Refused("MKY_INVALID")


class Token:
    """A token whose form is right; `info` None: it stands in opt."""

    def __init__(self, info, ppt, parts, depth=0):
        reader = Reader(base64url(parts[0]))
        header = reader.document()
        self.canonical = reader.canonical
        if header.get(b"alg") != b"ES256" or not is_text(header.get(b"alg")):
            raise Refused("ALG_UNSUPPORTED")
        if header.get(b"typ") != b"passport":
            raise Refused("TYP_INVALID")
        self.url = header.get(b"x5u")
        if not is_text(self.url) or not self.url:
            raise Refused("X5U_MISSING")
        if info is not None and self.url != info:
            raise Refused("INFO_X5U_MISMATCH")
        said = header.get(b"ppt")
        if said is not None and not (is_text(said) and said):
            raise Refused("PPT_MISMATCH")
        if info is not None and (said or b"") != ppt:
            raise Refused("PPT_MISMATCH")
        self.ppt = said or b""
        if self.ppt not in PPTS:
            raise Refused("PPT_UNSUPPORTED")
        if header.get(b"crit") is not None or header.get(b"b64") is not None:
            raise Refused("CRIT_UNSUPPORTED")
        self.signature = base64url(parts[2])
        self.signed = parts[0] + b"." + parts[1]
        # What stands in opt is as long as it is.
        reader = Reader(base64url(parts[1]), *([8192] if self.ppt == b"div-o" else []))
        self.claims(reader.document(), depth)
        self.canonical = self.canonical and reader.canonical

    def claims(self, payload, depth):
        iat = payload.get(b"iat")
        if iat is None:
            raise Refused("IAT_MISSING")
        if not isinstance(iat, Number) or not re.fullmatch(rb"-?[0-9]+", iat) or not 0 < int(iat) < 2 ** 33:
            raise Refused("IAT_TYPE")
        self.iat = int(iat)
        if payload.get(b"orig") is None:
            raise Refused("ORIG_MISSING")
        self.orig = one(payload.get(b"orig"), "ORIG_TYPE")
        if self.ppt == b"shaken" and self.orig[0] != "tn":
            raise Refused("ORIG_TYPE")
        self.dest = destinations(payload.get(b"dest"))
        self.attest = None
        if self.ppt == b"shaken":
            self.attest = payload.get(b"attest")
            if self.attest not in (b"A", b"B", b"C"):
                raise Refused("ATTEST_INVALID")
            origid = payload.get(b"origid")
            if not is_text(origid) or not origid:
                raise Refused("ORIGID_INVALID")
        self.inner = None
        opt = None
        if self.ppt in (b"div", b"div-o"):
            div = payload.get(b"div")
            if div is None:
                raise Refused("DIV_MISSING")
            self.div = one(div, "DIV_TYPE")
            if div.get(b"hi") is not None and not is_text(div.get(b"hi")):
                raise Refused("DIV_TYPE")
            if self.ppt == b"div-o":
                opt = payload.get(b"opt")
                if not is_text(opt) or not opt:
                    raise Refused("OPT_INVALID")
        extensions(payload, self.ppt)
        if opt:
            parts = opt.split(b".")
            try:
                if len(parts) != 3 or not all(parts) or depth == MOST_OPT:
                    raise Refused("OPT_INVALID")
                self.inner = Token(None, None, parts, depth + 1)
            except Refused:
                raise Refused("OPT_INVALID") from None
            if self.inner.ppt not in (b"", b"shaken", b"div-o"):
                raise Refused("OPT_INVALID")

    def diverts(self):
        return self.ppt in (b"div", b"div-o")

    def base(self):
        return self.ppt in (b"", b"shaken")

    def all(self):
        return [self] + (self.inner.all() if self.inner else [])

    def check_signature(self, keys, validity):
        if self.url not in keys:
            raise Refused("URL_UNKNOWN")
        if self.iat < validity[0]:
            raise Refused("CERT_NOT_YET_VALID")
        if self.iat > validity[1]:
            raise Refused("CERT_EXPIRED")
        if len(self.signature) != 64:
            raise Refused("SIG_LENGTH")
        r, s = int.from_bytes(self.signature[:32], "big"), int.from_bytes(self.signature[32:], "big")
        if not (0 < r < ORDER and 0 < s < ORDER):
            raise Refused("SIG_RANGE")
        try:
            keys[self.url].verify(utils.encode_dss_signature(r, s), self.signed, ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            raise Refused("SIG_INVALID") from None


def check_alone(token, diverted, arrives, request):
    """The steps of one header between its claims and the set."""
    for part in token.all():
        top = part is token
        last = top and (not diverted or (token.diverts() and request["dest"] in token.dest))
        if last and request["now"] - part.iat > WINDOW:
            raise Refused("IAT_STALE")
        if part.iat - request["now"] > WINDOW:
            raise Refused("IAT_FUTURE")
    for part in token.all():
        if part.diverts():
            if part is token and not arrives:
                raise Refused("DEST_MISMATCH")
        elif part.orig != request["orig"]:
            raise Refused("ORIG_MISMATCH")
        elif not diverted and request["dest"] not in part.dest:
            raise Refused("DEST_MISMATCH")
    for part in token.all():
        part.check_signature(request["keys"], request["validity"])


def paths(base, links, goal):
    """Every way from the base to the called party."""
    def go(last, used):
        for link in links:
            if link in used:
                continue
            free = link.inner is not None and last is base
            if (last is None and link.inner is None) or (last is not None and not free and link.div not in last.dest):
                continue
            if goal in link.dest:
                yield used + [link]
            yield from go(link, used + [link])
    yield from go(base, [])


def check_set(tokens, request):
    """A set of reasons of which one is right."""
    bases = [t for t in tokens if t.base()]
    links = [t for t in tokens if t.diverts()]
    full = [t for t in links if t.inner]
    start = bases[0] if bases else None
    base = start or (full[0].all()[-1] if full else None)
    if base is None:
        base = start = next((t for t in tokens if t.ppt == b"msg"), None)
    found = set()
    if links:
        if base is None:
            return {"DIV_NO_BASE"}
        for link in links:
            chain = link.all()
            if link.orig != base.orig:
                found.add("DIV_ORIG_MISMATCH")
                continue
            for outer, inner in zip(chain, chain[1:]):
                wrong = ("DIV_ORIG_MISMATCH" if outer.orig != inner.orig else "DIV_CHAIN_BROKEN" if outer.div not in inner.dest
                         else "DIV_CHAIN_TIME" if inner.iat > outer.iat else None)
                if wrong:
                    found.add(wrong)
                    break
        if not found:
            ways = list(paths(start, links, request["dest"]))
            times = [[base.iat] + [link.iat for link in way] for way in ways]
            good = [t == sorted(t) and t[-1] - t[0] <= SPAN for t in times]
            if not ways:
                found.add("DIV_CHAIN_BROKEN")
            elif not all(good):
                found.add("DIV_CHAIN_TIME")
                if any(good):
                    found.add("OK")
    unbound = False
    for token in tokens:
        if token.base() or token.diverts() or token is base:
            continue
        unbound = unbound or (base is None or token.orig != base.orig or set(token.dest) != set(base.dest)
                              or abs(token.iat - base.iat) > WINDOW)
    if unbound:
        found = (found - {"OK"}) | {"EXT_UNBOUND"}
    return found or {"OK"}


def verify(values, request):
    """The reasons of which one is right, most often one alone."""
    if len(values) > MOST_HEADERS:
        return {"IDENTITY_COUNT"}
    tokens, wrong, ignored = [], [], False
    diverted = arrives = False
    for number_, value in enumerate(values):
        if value in values[:number_]:
            continue
        ppt = None
        try:
            info, ppt, parts = header_value(value)
            tokens.append(Token(info, ppt, parts))
        except Refused as refused:
            if refused.reason == "PPT_UNSUPPORTED":
                ignored = True
                continue
            wrong.append(refused.reason)
            # Its type is known as soon as the parameters are.
            diverted = diverted or ppt in (b"div", b"div-o") or type_of(value) in (b"div", b"div-o")
    if not tokens and not wrong:
        return {"PPT_UNSUPPORTED" if ignored else "NO_IDENTITY"}
    diverted = diverted or any(t.diverts() for t in tokens)
    fresh = [t for t in tokens if t.diverts() and request["dest"] in t.dest and
             not request["now"] - t.iat > WINDOW and not any(p.iat - request["now"] > WINDOW for p in t.all()[:1])]
    arrives = bool(fresh)
    for token in tokens:
        try:
            check_alone(token, diverted, arrives, request)
        except Refused as refused:
            wrong.append(refused.reason)
    if wrong:
        first = min(STAGES[reason] for reason in wrong)
        return {reason for reason in wrong if STAGES[reason] == first}
    return check_set(tokens, request)


def type_of(value):
    """Of a header that is wrong behind its parameters."""
    cut = re.sub(rb"^[ \t\r\n]*[^;, \t\r\n]+", b"a.b.c", value)
    try:
        return header_value(cut)[1]
    except Refused:
        return None
