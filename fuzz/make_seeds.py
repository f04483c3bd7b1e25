"""Writes fuzz/seeds/ out of the project's own material, or with --check says whether it holds what would be written.

    python3 fuzz/make_seeds.py [--check]

The sources: benchmarks/messages, tests/cli/messages.py, the samples of tests/sip/oracle, the rules of the handbook, of lib/pack and
benchmarks/, examples/captures/first_look.pcap, and the cases in seed_sources/ beside this script.
"""

import pathlib
import random
import shutil
import struct
import sys

sys.dont_write_bytecode = True

from seed_sources import c_api, capture, certificates, credentials, evidence, feeds, hep, http_heads, identities, messages_by_hand, project, records as call_records, texts_by_hand

SEEDS = pathlib.Path(__file__).resolve().parent / "seeds"
VALUE_KINDS = {b"Request-URI": 0, b"From": 3, b"f": 3, b"To": 3, b"t": 3, b"Contact": 3, b"m": 3, b"Route": 3,
               b"Refer-To": 3, b"Via": 4, b"v": 4, b"CSeq": 5, b"Authorization": 6, b"WWW-Authenticate": 6}


def messages():
    yield from messages_by_hand.MESSAGES.items()
    yield from project.benchmark_messages()
    yield from project.command_messages()


def sampled_messages():
    for number, text in enumerate(project.message_samples()):
        yield f"sample_{number:03}", text


def differential():
    yield from messages_by_hand.DIFFERENTIAL.items()
    yield from sampled_messages()
    for number, line in enumerate(project.line_samples()):
        yield f"line_{number:03}", project.message_with(line)


def body():
    """The content type, a line end, the body."""
    for number, (kind, text) in enumerate(project.body_samples()):
        yield f"sample_{number:02}", kind + b"\n" + text
    for name, text in messages():
        head, _, rest = text.partition(b"\r\n\r\n")
        kinds = [line.split(b":", 1)[1].strip() for line in head.split(b"\r\n") if line.lower().startswith((b"content-type:", b"c:"))]
        if rest and len(kinds) == 1:
            yield name, kinds[0] + b"\n" + rest


def view():
    for number, (name, text) in enumerate(messages()):
        yield name, bytes([number % 4]) + text


def edit():
    """How many edits, the form, the edits, the message: no edits, the normal form, everything stripped, a header more."""
    strip = bytes([8, 0, 0, 0xff, 0x01, 0, 0])
    add = bytes([1, 1, 0, 0, 0, 13]) + b"SIP/2.0/UDP a"
    texts = [*messages(), *((f"strip_{name}", project.message_with(line)) for name, line in messages_by_hand.STRIPPED.items())]
    for number, (name, text) in enumerate(texts):
        yield name, (b"\0\0", b"\0\1", b"\1\0" + strip, b"\2\0" + strip + add)[number % 4] + text
    for name, line in messages_by_hand.STRIPPED.items():
        yield f"all_{name}", b"\1\0" + strip + project.message_with(line)
    call = dict(messages())["messages_invite"]
    for name, data in EDITS.items():
        yield name, b"\1\0" + data + call


EDITS = {
    "set": bytes([2, 0, 0, 0, 9, 10]) + b"<sip:a@b>;",
    "replace_last": bytes([3, 0, 2, 0, 3, 9]) + b"<sip:a@b>",
    "remove_all": bytes([4, 0, 0, 0, 5, 0]),
    "remove_line": bytes([4, 0, 3, 6, 10, 0, 0]),
    "request_uri": bytes([5, 0, 0, 0, 0, 7]) + b"tel:112",
    "status": bytes([6, 0, 0, 200, 0, 2]) + b"OK",
    "body": bytes([7, 0, 0, 0, 0, 10]) + b"text/plain" + bytes([5]) + b"hello",
    "injected_value": bytes([1, 0, 0, 0, 5, 8]) + b"a\r\nX: b",
    "injected_name": bytes([1, 0, 0, 0, 10, 6]) + b"X: a\r\n" + bytes([1]) + b"b",
}


def framer():
    yield from messages_by_hand.STREAMS.items()
    whole = [text for name, text in project.benchmark_messages() if name.startswith("messages_")]
    yield "benchmarks", b"\x10" + b"\r\n\r\n".join(whole)


def values():
    grammars = project.item_grammars()
    yield from texts_by_hand.VALUES.items()
    for number, line in enumerate(project.line_samples()):
        name, _, value = line.partition(b":")
        kind = VALUE_KINDS.get(name.strip())
        grammar = grammars.get(name.strip())
        if kind is not None:
            yield f"line_{number:03}", bytes([kind]) + value.strip(b" ")
        elif grammar is not None:
            yield f"item_{number:03}", bytes([9, grammar]) + value.strip(b" ")


def walk():
    """The values without the byte that says which grammar reads them."""
    for name, data in texts_by_hand.VALUES.items():
        yield name, data[1:]
    yield from texts_by_hand.WALKED.items()
    for number, line in enumerate(project.line_samples()):
        name, _, value = line.partition(b":")
        if name in project.item_grammars():
            yield f"item_{number:03}", value.strip(b" ")


def records():
    yield from call_records.FILES.items()


def lists():
    yield from texts_by_hand.LISTS.items()
    for path in sorted((project.ROOT / "lib" / "pack" / "lists").glob("*.txt")):
        entries = [line for line in path.read_bytes().splitlines() if line and not line.startswith(b"#")]
        for number, entry in enumerate(entries[:8]):
            yield f"{path.stem}_{number}", b"\x86" + entry[:60]
        yield path.stem, b"\x85" + b"\n".join(entries)


def state():
    """A byte for each table, then operations: which, on which key, at what time, with what. All of one kind, then mixed."""
    tables = bytes([0x24] * 17)
    for operation in range(16):
        chosen = random.Random(operation)
        yield f"operation_{operation:02}", tables + b"".join(
            bytes([operation, chosen.randrange(8), chosen.randrange(160)]) + chosen.randbytes(4) for _ in range(100))
    for seed in range(16):
        yield f"random_{seed:02}", random.Random(seed).randbytes(400 + 100 * seed)


def snapshot():
    """Edits of an honest snapshot: a kind, a place, a value; and bytes that are none."""
    yield "honest", b"\x01"
    yield "nothing", b"\x00"
    yield "magic_alone", b"\x00SIPWSNAP"
    yield "cut_in_the_header", b"\x01\xc8\x40\x00"
    yield "cut_in_a_table", b"\x01\xc8\x00\x08"
    yield "more_behind_the_end", b"\x01\xff\x00\x04\x40\x00"
    for seed in range(24):
        chosen = random.Random(seed)
        yield f"bytes_{seed:02}", b"\x01" + b"".join(
            b"\x01" + chosen.randrange(0x468, 0x2400).to_bytes(2, "little") + chosen.randbytes(1) for _ in range(1 + seed % 4))
        yield f"numbers_{seed:02}", b"\x01\x80" + chosen.randrange(0x468, 0x2400).to_bytes(2, "little") + chosen.randbytes(2)


def rules():
    yield from texts_by_hand.RULES.items()
    yield from project.rule_files()


def evaluate():
    """Any bytes are rules to this target; what is kept of the corpus says more than these."""
    for seed in range(16):
        yield f"random_{seed:02}", random.Random(seed).randbytes(200 + 100 * seed)


def packet(data, how=0, after=1, source=0x64, destination=0x65, transport=0, direction=1, known=0):
    return bytes([how, after, source, destination, 0, transport, direction, known]) + struct.pack("<H", len(data)) + data


def inspect():
    texts = dict(messages())
    for name, text in texts.items():
        yield name, b"\0" + packet(text) + packet(text, transport=1, how=0x80)
    call = texts["messages_invite"]
    start, rest = call.split(b"\r\n", 1)
    for name, uri in (("sos", b"urn:service:sos"), ("112", b"sip:112@example.com"), ("911", b"sip:911@example.com")):
        emergency = b"INVITE " + uri + b" SIP/2.0\r\n" + rest
        # Rules that refuse everything; the caller is banned first, and calls for help then.
        yield f"emergency_{name}", b"\x40" + packet(call, transport=1, how=0x80) + packet(emergency) + packet(
            emergency, transport=1) + packet(b"BYE" + emergency[6:], transport=1)
    yield "allowed", b"\x40" + packet(call, transport=1, source=1, how=0x80) + packet(call, source=0x11)
    yield "forged", b"\x40" + packet(call, how=0x80) * 4 + packet(call, transport=1)
    yield "report_only", b"\x4f" + packet(call, transport=1, how=0x80) + packet(call, known=12)
    yield "keep_alives", b"\x40" + packet(b"\r\n\r\n") + packet(b"") + packet(b"\0" * 4) + packet(
        b"\0\1\0\0\x21\x12\xa4\x42" + b"\0" * 12)
    yield from captured()


def captured():
    """The attacks of the example's capture, 30 datagrams each."""
    packets = [p for p in project.capture_packets() if len(p[3]) > 40]
    for begin in range(0, min(len(packets), 240), 30):
        out, last = b"\0", packets[begin][0]
        for time, source, destination, data in packets[begin:begin + 30]:
            after = min(int((time - last) * 1000), 255)
            out += packet(data, after=after, source=0x40 + source[3] % 64, destination=0x40 + destination[3] % 64, direction=0)
            last = time
        yield f"capture_{begin:03}", out


def captures():
    yield from capture.seeds()
    yield "first_look.pcap", project.capture_path().read_bytes()[:8192]


def report():
    """The first byte chooses what is written about: a text, a message, an inspected message, a rule file."""
    for name, text in messages():
        yield f"parse_{name}", b"\1\0" + text
        if not name.startswith("wire_"):
            yield f"inspect_{name}", b"\2" + (b"\0\1" + b"\0" * 10 + b"\xff\xff\xc6\x33\x64\x07" + b"\1\xc4\x13") * 2 + b"\0" + text
    for name, text in rules():
        if len(text) < 4096:
            yield f"rules_{name}", b"\3" + text
    for name, text in REPORTED.items():
        yield f"text_{name}", b"\0" + text
        yield f"from_{name}", b"\1\0" + project.message_with(b"From: \"" + text + b"\" <sip:a@example.com>;tag=" + text)
        yield f"named_{name}", b"\3" + text + b"\nversion 1\n\trule \"" + text + b"\" {"


REPORTED = {
    "controls": bytes(range(32)) + b"\x7f\xc2\x80\xc2\x9f",
    "escapes": b"\x1b[31mred\x1b[0m\"\\/",
    "bidi": "\u202eabc\u202c\u2066\u2069\u200f\u061c\u2028\ufeff".encode(),
    "bytes": bytes(range(128, 256)),
    "private": "\uf6ff\uf700\uf77f\uf780\uf7ff\uf800".encode(),
    "overlong": b"\xc0\x80\xe0\x80\x80\xf0\x80\x80\x80\xed\xa0\x80\xf4\x90\x80\x80\xf8\x88\x80\x80\x80",
    "cut": b"\xe2\x82 \xf0\x9f\x98 \xc3",
    "wide": "é…😀\U0010ffff".encode(),
}

TARGETS = {
    "auth": credentials.seeds,
    "body": body,
    "c_api": lambda: c_api.SEEDS.items(),
    "canonical": identities.canonical,
    "p256": identities.p256,
    "capture": captures,
    "certificate": certificates.certificate,
    "crl": lambda: certificates.CRLS.items(),
    "differential": differential,
    "edit": edit,
    "evaluate": evaluate,
    "evidence": evidence.lines,
    "feed": feeds.feeds,
    "fetch_head": http_heads.seeds,
    "framer": framer,
    "hep": hep.seeds,
    "identity": identities.identity,
    "inspect": inspect,
    "json": identities.json_texts,
    "lists": lists,
    "records": records,
    "minisign": feeds.minisign,
    "message": lambda: [*messages(), *sampled_messages()],
    "numbering": lambda: texts_by_hand.NUMBERS.items(),
    "record": evaluate,
    "tape": evidence.tape,
    "report": report,
    "rules": rules,
    "snapshot": snapshot,
    "source": evidence.source,
    "state": state,
    "values": values,
    "view": view,
    "walk": walk,
    "x5u": lambda: certificates.URLS.items(),
}


def wanted():
    files = {}
    for target, cases in TARGETS.items():
        for name, data in cases():
            path = f"{target}/{name}"
            assert path not in files, path
            files[path] = data
    return files


def check(files):
    there = {str(path.relative_to(SEEDS)): path for path in SEEDS.rglob("*") if path.is_file()}
    wrong = [f"{path}: not written by the script" for path in sorted(set(there) - set(files))]
    wrong += [f"{path}: missing" for path in sorted(set(files) - set(there))]
    wrong += [f"{path}: differs" for path in sorted(set(files) & set(there)) if there[path].read_bytes() != files[path]]
    for line in wrong[:20]:
        print(line)
    print(f"{len(files)} seeds, {len(wrong)} wrong; python3 fuzz/make_seeds.py writes them anew")
    return 1 if wrong or not files else 0


def main():
    files = wanted()
    if sys.argv[1:] == ["--check"]:
        return check(files)
    shutil.rmtree(SEEDS, ignore_errors=True)
    for path, data in files.items():
        (SEEDS / path).parent.mkdir(parents=True, exist_ok=True)
        (SEEDS / path).write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
