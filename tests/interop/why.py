"""Why we refuse what secsipidx accepts, by our reason; and why it refuses what we accept, by the name of the case."""

_ADDRESS = "a verifier that asks this address can be sent into its own network by anybody who places a call"
_CONSTRAINT = "the certificate of the authority forbids it"
_NUMBERS = "RFC 8226: the certificate says which numbers its holder speaks for"
_PROFILE = "RFC 8588 knows A, B and C alone; anything else would be read as whatever a policy's default is"
_TEXT = "two programs would read two texts in it"

WHY = {
    "ALG_UNSUPPORTED": "RFC 8225: alg says how the signature was made; names of JSON differ by case",
    "ATTEST_INVALID": _PROFILE,
    "B64_INVALID": "RFC 7515: base64url without padding; with it there are two spellings of one token",
    "B64_NONCANONICAL": "bits that mean nothing make many spellings of one token, each new to a memory of tokens",
    "CERT_CRITICAL_EXT": "RFC 5280: who does not understand a critical extension must refuse the certificate",
    "CERT_EKU": "the certificate was issued for another purpose",
    "CERT_EXPIRED": "the certificate was over at the time",
    "CERT_KEY_USAGE": "the certificate does not permit its key to sign",
    "CERT_NOT_YET_VALID": "the certificate was not valid yet at the time",
    "CERT_POLICY": "ATIS-1000080: a certificate for SHAKEN names its policy; an authority may issue others as well",
    "CERT_REVOKED": "the certificate is on the list of the policy administrator",
    "CHAIN_CA_FALSE": "the certificate above it may issue none",
    "CHAIN_NAME_CONSTRAINT": _CONSTRAINT,
    "CHAIN_PATHLEN": _CONSTRAINT,
    "CHAIN_TOO_DEEP": "a long chain costs the verifier work that the caller does not pay for",
    "CHAIN_UNTRUSTED": "anybody can make a certificate; without an anchor it says nothing",
    "CLAIM_CONSTRAINT": "RFC 8226: the certificate says which claims its holder may sign",
    "CRIT_UNSUPPORTED": "RFC 7515: who does not understand what crit names must refuse the token",
    "CRL_SIGNATURE": "a list that somebody else signed says nothing, so nobody knows what is revoked",
    "DEST_LIMIT": "one token for a hundred calls, and work for whoever reads it",
    "DEST_MISMATCH": "the token was made for a call to somebody else",
    "DEST_MISSING": "a token that names nobody called fits every call",
    "DEST_TYPE": "a token that names nobody called fits every call",
    "HEADER_PARAM_DUP": _TEXT,
    "HEADER_SYNTAX": "RFC 8224: a token has no blanks; taken out, " + _TEXT,
    "HEADER_TOO_LARGE": "no token needs this size, and each octet costs the verifier",
    "IAT_FUTURE": "a token signed ahead can be used for as long as it was signed ahead",
    "INFO_MISSING": "RFC 8224: info is an absolute URI in angle brackets",
    "JSON_CONTROL": "a NUL ends the text for some programs",
    "JSON_DEPTH": "no PASSporT nests this deep, and each level costs the verifier",
    "JSON_DUP_KEY": "some programs read the first, some the last",
    "JSON_UTF8": "programs put different characters in place of what is no text",
    "ORIGID_INVALID": "RFC 8588: the call cannot be traced back without it",
    "ORIG_MISMATCH": "the token was made for another caller",
    "ORIG_MISSING": "a token that names no caller fits every caller",
    "ORIG_TYPE": "RFC 8225: a caller is one number or one URI; in SHAKEN a number",
    "PPT_MISMATCH": "RFC 8224: ppt stands in the token and in the header, and they are equal",
    "RCD_INVALID": "RFC 9795: rcd has a nam; what is shown to a person is complete or refused",
    "TNAUTH_MALFORMED": _NUMBERS + "; this list cannot be read",
    "TNAUTH_MISSING": _NUMBERS + "; this one says nothing",
    "TNAUTH_NOT_COVERED": _NUMBERS + "; this number is none of them",
    "TNAUTH_NOT_ENCOMPASSED": "RFC 9060: who delegates gives no more than it has",
    "TN_NOT_CANONICAL": "RFC 8224: numbers are compared as digits alone; every other spelling is a way around a comparison",
    "TYP_INVALID": "RFC 8225: typ keeps tokens of other protocols from passing as a PASSporT",
    "X5U_ADDRESS_DENIED": _ADDRESS,
    "X5U_COMPONENT": "ATIS-1000074: such a URL is not followed; it can carry secrets out or split caches",
    "X5U_MISSING": "RFC 8225: x5u is signed; info alone is not, so anybody can change it",
    "X5U_PORT": "ATIS-1000074: 443 and 8443 alone; any other port can be a service that was not meant to be asked",
    "X5U_SCHEME": "whoever stands on the way could give another certificate",
}

THEIRS = {
    "div-chain-2": "it knows the type shaken alone",
    "div-chain-ok": "it knows the type shaken alone",
    "parameters-in-capitals": "it compares the names of parameters by case, where RFC 3261 does not",
    "url-with-equals-sign": "it splits a parameter at every equals sign",
}
