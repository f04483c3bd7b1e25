"""A second implementation of the check of Digest credentials, written for reading and not for speed: RFC 7616, RFC 8760, RFC 3261 section 22."""

import hashlib
import re
import urllib.parse

HASHES = {"MD5": "md5", "SHA-256": "sha256", "SHA-512-256": "sha512_256"}
NAMES = ["MD5", "MD5-sess", "SHA-256", "SHA-256-sess", "SHA-512-256", "SHA-512-256-sess"]
RETRANSMISSION, REPLAY_UNKNOWN, DOWNGRADED, WITHOUT_QOP, URI_DIFFERS, SEVERAL = (1 << i for i in range(6))
PARAMETER = re.compile(r'\s*([^\s=,]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s,]*)\s*(?:,|$)')


def parse(value):
    """Parameters by name (small letters), and whether one stands there twice; None: another scheme."""
    scheme, _, rest = value.partition(" ")
    if scheme.lower() != "digest":
        return None, False
    found, twice, at = {}, False, 0
    while at < len(rest):
        match = PARAMETER.match(rest, at)
        if not match:
            break
        name, text = match.group(1).lower(), match.group(2)
        if name in found:
            twice = True
        else:
            found[name] = text[1:-1] if text.startswith('"') else text
        at = match.end()
    return found, twice


def strength(name):
    return NAMES.index(name) // 2


def digest(name, *pieces):
    text = ":".join(pieces)
    return hashlib.new(HASHES[name.replace("-sess", "")], text.encode("utf-8")).hexdigest()


def ha1_of(name, user, realm, password, nonce, cnonce):
    first = digest(name, user, realm, password)
    return digest(name, first, nonce, cnonce) if name.endswith("-sess") else first


def response_of(name, ha1, method, uri, body, nonce, nc, cnonce, qop):
    ha2 = digest(name, method, uri, digest(name, body)) if qop.lower() == "auth-int" else digest(name, method, uri)
    return digest(name, ha1, nonce, nc, cnonce, qop, ha2) if qop else digest(name, ha1, nonce, ha2)


def uri_parts(uri):
    match = re.fullmatch(r"(sips?):(?:([^@:]*)(?::[^@]*)?@)?([^:;?]+)(?::(\d+))?([;?].*)?", uri)
    return match and (match.group(1), match.group(2) or "", match.group(3).lower(), match.group(4))


class Host:
    """Policy as the batch has it; `nonces` says when and for which address a nonce was made."""

    LIFETIME_MS, AHEAD_MS, LATE = 300_000, 60_000, 16

    def __init__(self, nonces):
        self.nonces = nonces
        self.counts = {}   # nonce -> {count: request}
        self.clients = {}  # (user, client) -> strengths

    def judge_form(self, parameters, twice):
        """A reason, or the name of the algorithm."""
        if parameters.get("realm") != "example.org":
            return "OTHER_REALM", None
        if twice:
            return "DUPLICATE_PARAMETER", None
        star = parameters.get("username*")
        if star is not None and ("username" in parameters or parameters.get("userhash", "").lower() == "true"):
            return "MALFORMED", None
        if any(name not in parameters for name in ("nonce", "uri", "response")) or (star is None and "username" not in parameters):
            return "MALFORMED", None
        upper = {name.upper(): name for name in NAMES}
        name = upper.get(parameters.get("algorithm", "MD5").upper())
        if name is None:
            return "ALGORITHM_UNKNOWN", None
        if name.endswith("-sess") and "cnonce" not in parameters:
            return "MALFORMED", None
        if "qop" in parameters:
            if parameters["qop"].lower() not in ("auth", "auth-int"):
                return "QOP_NOT_OFFERED", None
            nc = parameters.get("nc", "")
            if "cnonce" not in parameters or not re.fullmatch("[0-9a-fA-F]{8}", nc) or int(nc, 16) == 0:
                return "MALFORMED", None
        return "OK", name

    def choose(self, values, offered):
        best, best_rank, ours = None, None, 0
        for value in values:
            parameters, twice = parse(value)
            if parameters is None:
                continue
            reason, name = self.judge_form(parameters, twice)
            ours += reason != "OTHER_REALM"
            if reason == "OTHER_REALM":
                rank = -1
            elif reason != "OK":
                rank = 0
            else:
                rank = 2 + strength(name) if offered >> NAMES.index(name) & 1 else 1
            if best is None or rank > best_rank:
                best, best_rank = (parameters, reason, name), rank
        return best, ours > 1

    def judge(self, request):
        if request["method"] in ("ACK", "CANCEL"):
            return "EXEMPT", 0
        best, several = self.choose(request["credentials"], request["offered"])
        flags = SEVERAL if several else 0
        if best is None:
            return "NO_CREDENTIALS", flags
        parameters, reason, name = best
        if reason != "OK":
            return reason, flags
        reason, more = self.judge_policy(request, parameters, name)
        flags |= more
        if reason == "OK":
            reason = self.judge_nonce(request, parameters["nonce"])
        if reason == "OK":
            reason = self.judge_response(request, parameters, name)
        if reason == "OK":
            reason, more = self.judge_past(request, parameters, name)
            flags |= more
        return reason, flags

    def judge_policy(self, request, parameters, name):
        flags, policy = 0, request["flags"]
        if not request["offered"] >> NAMES.index(name) & 1:
            return "ALGORITHM_NOT_OFFERED", 0
        if "qop" not in parameters:
            if not policy & 2:
                return "QOP_MISSING", 0
            flags |= WITHOUT_QOP
        elif parameters["qop"].lower() == "auth-int" and not policy & 1:
            return "QOP_NOT_OFFERED", 0
        if parameters["uri"] != request["uri"]:
            parts = uri_parts(parameters["uri"])
            if (parts is None or parts != uri_parts(request["uri"])) and not policy & 4:
                return "URI_MISMATCH", flags
            flags |= URI_DIFFERS
        return "OK", flags

    def judge_nonce(self, request, nonce):
        if nonce not in self.nonces:
            return "NONCE_FORGED"
        made, source = self.nonces[nonce]
        age = request["wall"] - made
        if age > self.LIFETIME_MS or age < -self.AHEAD_MS:
            return "NONCE_STALE"
        near = source.rpartition(".")[0] == request["source"].rpartition(".")[0]
        return "OK" if near else "NONCE_ELSEWHERE"

    def judge_response(self, request, parameters, name):
        known = request["user"] != ""
        user = parameters.get("username")
        if user is None:
            user = urllib.parse.unquote(parameters["username*"].split("'", 2)[2])
        hashed = parameters.get("userhash", "").lower() == "true"
        if not known:
            return "UNKNOWN_USER"
        if hashed and user.lower() != digest(name, request["user"], parameters["realm"]):
            return "USERHASH_MISMATCH"
        cnonce = parameters.get("cnonce", "")
        ha1 = ha1_of(name, request["user"], parameters["realm"], request["password"], parameters["nonce"], cnonce)
        right = response_of(name, ha1, request["method"], parameters["uri"], request["body"], parameters["nonce"],
                            parameters.get("nc", ""), cnonce, parameters.get("qop", ""))
        return "OK" if parameters["response"].lower() == right else "WRONG_PASSWORD"

    def judge_past(self, request, parameters, name):
        use = tuple(request[field] for field in ("call_id", "cseq", "branch", "method"))
        use += (parameters["response"], parameters.get("cnonce", ""))
        flags = 0
        if "qop" in parameters:
            key, count, late = parameters["nonce"], int(parameters["nc"], 16), self.LATE
        else:
            key, count, late = (parameters["nonce"], parameters["response"]), 1, 0
        taken = self.counts.setdefault(key, {})
        highest = max(taken, default=count)
        behind = highest - count
        if count in taken and behind < 64:
            if taken[count] != use or behind >= 16:
                return "REPLAYED", flags
            flags |= RETRANSMISSION
        elif behind > late:
            return "COUNT_LATE", flags
        else:
            taken[count] = use
        strengths = self.clients.setdefault((request["user"], request["client"]), set())
        strengths.add(strength(name))
        if any(better > strength(name) and request["offered"] >> 2 * better & 3 for better in strengths):
            flags |= DOWNGRADED
            if request["flags"] & 8:
                return "DOWNGRADED", flags
        return "OK", flags
