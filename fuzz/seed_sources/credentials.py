"""Digest credentials, realms and one-time codes, for auth_fuzz: a byte for the policy, the Request-URI, the text; "@" is a good nonce."""

URI = b"sip:r"
DIGEST = b'Digest username="alice", realm="r", nonce="@", uri="sip:r", response="%s", algorithm=%s, qop=%s, nc=00000001, cnonce="c"'
TEXTS = {
    "md5": DIGEST % (b"0" * 32, b"MD5", b"auth"),
    "sha256": DIGEST % (b"0" * 64, b"SHA-256", b"auth"),
    "sha512_256_session": DIGEST % (b"a" * 64, b"SHA-512-256-sess", b"auth"),
    "integrity": DIGEST % (b"F" * 64, b"sha-256-sess", b"auth-int"),
    "old": b'Digest username="alice", realm="r", nonce="@", uri="sip:r", response="00000000000000000000000000000000"',
    "encoded_name": DIGEST.replace(b'username="alice"', b"username*=UTF-8''J%%C3%%A4ger") % (b"0" * 64, b"SHA-256", b"auth"),
    "hashed_name": DIGEST.replace(b'"alice"', b'"%s", userhash=true' % (b"1" * 64)) % (b"0" * 64, b"SHA-256", b"auth"),
    "other_uri": DIGEST.replace(b"sip:r", b"sip:R;transport=tcp") % (b"0" * 32, b"MD5", b"auth"),
    "forged_nonce": DIGEST.replace(b"@", b"A" * 48) % (b"0" * 32, b"MD5", b"auth"),
    "twice": DIGEST % (b"0" * 32, b"MD5", b"auth") + b', nonce="x"',
    "other_realm": DIGEST.replace(b'realm="r"', b'realm="x"') % (b"0" * 32, b"MD5", b"auth"),
    "bearer": b"Bearer abc.def",
    "realm": b"example.org, the office",
    "secret": b"GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ",
    "dialled": b"+493012345*123456",
}


def seeds():
    for name, text in TEXTS.items():
        for bits in (0, 7) if text.startswith(b"Digest") else (0,):
            yield f"{name}_{bits}", bytes([bits, len(URI), 0]) + URI + text
