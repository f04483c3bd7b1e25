"""The library against a second implementation (slow_digest.py) over random requests: both give the same reason and flags.

SIPWARD_AUTH_REQUESTS says how many (default 20,000). The seed is fixed unless SIPWARD_SEED says another.
"""

import collections
import os
import pathlib
import random
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import slow_digest

BATCH = os.environ["SIPWARD_AUTH_BATCH"]
REQUESTS = int(os.environ.get("SIPWARD_AUTH_REQUESTS", "20000"))
SEED = int(os.environ.get("SIPWARD_SEED", "1"))
NOW_MS = 1_800_000_000_000
SOURCES = ("192.0.2.7", "192.0.2.8", "198.51.100.7")
URIS = ("sip:example.org", "sip:bob@example.org;transport=tcp", "sip:bob@EXAMPLE.org", "sips:bob@example.org:5061", "sip:example.net")


class Batch:
    def __init__(self):
        self.process = subprocess.Popen([BATCH], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, line):
        self.process.stdin.write(line.encode("ascii") + b"\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().decode("ascii").rstrip("\n")

    def nonce(self, wall, source):
        return self.ask(f"nonce {wall} {source}")

    def judge(self, request):
        fields = [str(request["flags"]), str(request["offered"]), str(request["wall"])]
        fields += [request[name] for name in ("source", "method", "uri", "body", "call_id", "cseq", "branch", "client", "user", "password")]
        fields += request["credentials"]
        reason, flags = self.ask("\t".join(field.encode("utf-8").hex() for field in fields)).split(" ")
        return reason, int(flags)

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        return self.process.wait()


class Writer:
    """Requests that are right, and that differ from it in a place or two."""

    def __init__(self, rng, nonces):
        self.rng, self.nonces = rng, nonces
        self.counts = collections.Counter()

    def rarely(self, often=12):
        return self.rng.randrange(often) == 0

    def nonce(self):
        # The latest, so that counts and replays meet.
        nonce = self.rng.choice(list(self.nonces)[-30:])
        if self.rarely(40):
            at = self.rng.randrange(len(nonce))
            nonce = nonce[:at] + self.rng.choice("AZaz09-_") + nonce[at + 1:]
        return nonce

    def credentials(self, request):
        rng = self.rng
        offered = [name for i, name in enumerate(slow_digest.NAMES) if request["offered"] >> i & 1]
        name = rng.choice(slow_digest.NAMES if self.rarely() else offered)
        nonce = self.nonce()
        self.counts[nonce] += rng.choice((1, 1, 1, 1, 0, 2, 20))
        count = max(0 if self.rarely(60) else 1, self.counts[nonce] - (rng.randrange(30) if self.rarely(6) else 0))
        nc, cnonce = f"{count:08x}", rng.choice(("c1", "c2", ""))
        qop = rng.choice(("auth", "auth", "auth", "auth-int", "", "AUTH")) if self.rarely(3) else "auth"
        uri = rng.choice(URIS) if self.rarely() else request["uri"]
        user = "Jäger" if request["user"] == "" else request["user"]
        password = "guess" if self.rarely() else request["password"]
        realm = "example.net" if self.rarely(30) else "example.org"
        method = "OPTIONS" if self.rarely(40) else request["method"]
        ha1 = slow_digest.ha1_of(name, user, realm, password, nonce, cnonce)
        response = slow_digest.response_of(name, ha1, method, uri, request["body"], nonce, nc, cnonce, qop)
        parameters = [self.user(name, user, realm), f'realm="{realm}"', f'nonce="{nonce}"', f'uri="{uri}"',
                      f'response="{response.upper() if self.rarely(30) else response}"', f'cnonce="{cnonce}"']
        if name != "MD5" or rng.random() < 0.5:
            parameters.append("algorithm=" + (name.lower() if self.rarely() else "SHA-1" if self.rarely(40) else name))
        if qop:
            parameters += [rng.choice(('qop="%s"', "qop=%s")) % qop, "nc=" + nc]
        if self.rarely(40):
            del parameters[rng.randrange(len(parameters))]
        if self.rarely(40):
            parameters.append(rng.choice(parameters))
        rng.shuffle(parameters)
        return ("Bearer " if self.rarely(80) else "Digest ") + ", ".join(parameters)

    def user(self, name, user, realm):
        if self.rarely(8):
            hashed = slow_digest.digest(name, user if not self.rarely(4) else "bob", realm)
            return f'username="{hashed}", userhash=true'
        if self.rarely(8):
            return "username*=UTF-8''" + slow_digest.urllib.parse.quote(user)
        return f'username="{user}"'

    def request(self, before):
        rng = self.rng
        if before and self.rarely(6):
            again = dict(rng.choice(before[-20:]))
            if rng.random() < 0.5:
                again[rng.choice(("call_id", "cseq", "branch"))] = str(rng.random())
            return again
        request = {
            "flags": rng.randrange(16), "offered": rng.choice((0x05, 0x15, 0x3F, 0x10, 0x2A)),
            "wall": NOW_MS + rng.randrange(0, 200_000) + (rng.choice((-500_000, 500_000)) if self.rarely(20) else 0),
            "source": rng.choice(SOURCES[:2]) if not self.rarely() else SOURCES[2], "method": rng.choice(("INVITE", "REGISTER")),
            "uri": rng.choice(URIS), "body": rng.choice(("", "v=0\r\n", "ä")), "call_id": str(rng.random()), "cseq": str(rng.randrange(100)),
            "branch": "z9hG4bK" + str(rng.random()), "client": rng.choice(("Old/1", "New/2")),
            "user": rng.choice(("alice", "Jäger", "alice", "")), "password": "öffne dich",
        }
        if self.rarely(80):
            request["method"] = rng.choice(("ACK", "CANCEL"))
        request["credentials"] = [self.credentials(request) for _ in range(rng.choice((1, 1, 1, 1, 1, 2, 3, 0)))]
        return request


class Oracle(unittest.TestCase):
    def test_both_say_the_same(self):
        rng = random.Random(SEED)
        batch, nonces, seen = Batch(), {}, collections.Counter()
        host, before = slow_digest.Host(nonces), []
        writer = Writer(rng, nonces)
        for i in range(REQUESTS):
            if i % 25 == 0:
                made, source = NOW_MS + rng.randrange(100_000), SOURCES[0]
                nonces[batch.nonce(made, source)] = (made, source)
            request = writer.request(before)
            before.append(request)
            right = host.judge(request)
            self.assertEqual(batch.judge(request), right, f"request {i} of seed {SEED}: {request}")
            seen[right[0]] += 1
        self.assertEqual(batch.close(), 0)
        print(dict(seen.most_common()))
        missing = set("OK EXEMPT NO_CREDENTIALS OTHER_REALM MALFORMED DUPLICATE_PARAMETER ALGORITHM_UNKNOWN ALGORITHM_NOT_OFFERED QOP_MISSING "
                      "QOP_NOT_OFFERED URI_MISMATCH NONCE_FORGED NONCE_STALE NONCE_ELSEWHERE UNKNOWN_USER USERHASH_MISMATCH WRONG_PASSWORD "
                      "REPLAYED COUNT_LATE DOWNGRADED".split()) - set(seen)
        self.assertFalse(missing)


if __name__ == "__main__":
    unittest.main()
