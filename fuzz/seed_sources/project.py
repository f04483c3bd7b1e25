"""What the project already has to seed a fuzzer with: messages, samples of the reference parser, rules, a capture."""

import ast
import importlib.util
import pathlib
import re
import struct

ROOT = pathlib.Path(__file__).resolve().parents[2]
LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"')


def benchmark_messages():
    for path in sorted((ROOT / "benchmarks" / "messages").rglob("*.sip")):
        yield f"{path.parent.name}_{path.stem}", path.read_bytes()


def command_messages():
    """The messages that the tests of the command send."""
    path = ROOT / "tests" / "cli" / "messages.py"
    spec = importlib.util.spec_from_file_location("cli_messages", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name, value in sorted(vars(module).items()):
        if name.isupper() and isinstance(value, bytes):
            yield f"cli_{name.lower()}", value


def joined(literals):
    """C string literals side by side, as bytes. No octal escape but NUL, no hexadecimal one with a digit behind it."""
    return b"".join(ast.literal_eval("b" + text.replace("\\0", "\\x00")) for text in literals)


def oracle_source(name):
    text = (ROOT / "tests" / "sip" / "oracle" / name).read_text(encoding="utf-8")
    return text.replace("\\\n", "\n")


def message_samples():
    """Whole messages, MessageSamples() of tests/sip/oracle."""
    text = oracle_source("samples_message.cc")
    macros = {}
    for name, body in re.findall(r"#define (\w+)((?:\s*" + LITERAL.pattern + r")+)", text):
        macros[name] = body
    table = text[text.index("kMessages[] = {"):text.index("\n};")]
    for row in re.findall(r"\{((?:[A-Z_]+|\s|" + LITERAL.pattern + r")+),\s*(?:true|false)\}", table):
        for name, body in macros.items():
            row = row.replace(name, body)
        yield joined(LITERAL.findall(row))


def line_samples():
    """Header lines, each the matter of one message, of tests/sip/oracle."""
    for name in ("samples_address.cc", "samples_uri.cc", "samples_other.cc", "samples_items.cc"):
        for row in re.findall(r"\{((?:\s|" + LITERAL.pattern + r")+),\s*(?:true|false)\}", oracle_source(name)):
            yield joined(LITERAL.findall(row))


def body_samples():
    """Content types and bodies, BodySamples() of tests/sip/oracle."""
    text = oracle_source("samples_body.cc")
    table = text[text.index("kBodies[] = {"):text.index("\n};")]
    for kind, body in re.findall(r"\{(kSdp|" + LITERAL.pattern + r"),((?:\s|" + LITERAL.pattern + r")+)(?:sv)?\}", table):
        yield b"application/sdp" if kind == "kSdp" else joined([kind]), joined(LITERAL.findall(body))


def item_grammars():
    """Header name to the number of its ItemGrammar, out of lib/sip."""
    sip = ROOT / "lib" / "sip"
    grammars = re.search(r"enum class ItemGrammar[^{]*\{(.*?)\};", (sip / "items.h").read_text(encoding="utf-8"), re.DOTALL)
    numbers = {name: n for n, name in enumerate(re.findall(r"^  (k\w+),", grammars.group(1), re.MULTILINE))}
    symbols = dict(re.findall(r'^SIPWARD_HEADER\((k\w+), "([\w-]+)"', (sip / "header.def").read_text(encoding="utf-8"),
                              re.MULTILINE))
    kinds = (sip / "header_kind.h").read_text(encoding="utf-8")
    body = kinds[kinds.index("constexpr ItemGrammar FindGrammar"):]
    found = {}
    for cases, grammar in re.findall(r"((?:    case HeaderId::k\w+:\n)+)      return ItemGrammar::(k\w+);", body):
        for symbol in re.findall(r"HeaderId::(k\w+)", cases):
            found[symbols[symbol].encode()] = numbers[grammar]
    return found


COMPACT = {b"f": b"From", b"t": b"To", b"v": b"Via", b"i": b"Call-ID", b"m": b"Contact", b"l": b"Content-Length"}


def message_with(line):
    """A good INVITE with this line in place of its own, as MessageWith() of tests/sip/oracle."""
    text = oracle_source("samples_message.cc")
    own = [joined([literal]) for literal in LITERAL.findall(text[text.index("kLines[] = {"):text.index("bool IsNamed")])]
    prefix = b"Request-URI: "
    uri = line[len(prefix):] if line.startswith(prefix) else b"sip:bob@example.com"
    name = re.split(rb"[ \t:]", line, maxsplit=1)[0]
    kept = [o for o in own if o.split(b":")[0] != COMPACT.get(name, name)]
    if not line.startswith(prefix):
        kept.append(line)
    return b"".join(part + b"\r\n" for part in [b"INVITE " + uri + b" SIP/2.0"] + kept + [b""])


def handbook_rules():
    """The rule files of the handbook, right ones and wrong ones."""
    text = (ROOT / "lib" / "rules" / "README.md").read_text(encoding="utf-8")
    for number, body in enumerate(re.findall(r"```ward\n(.*?)```", text, re.S), 1):
        yield f"handbook_{number}.ward", body.encode()
    for number, body in enumerate(re.findall(r"```ward-error\n(.*?)----\n", text, re.S), 1):
        yield f"handbook_error_{number}.ward", body.encode()


def rule_files():
    yield from handbook_rules()
    for path in (*sorted((ROOT / "lib" / "pack" / "rules").glob("*.ward")), ROOT / "benchmarks" / "default-60.ward"):
        yield path.name, path.read_bytes()


def capture_path():
    return ROOT / "examples" / "captures" / "first_look.pcap"


def capture_packets():
    """Seconds, source, destination and payload of the UDP datagrams of the example's capture (IPv4 over Ethernet)."""
    data = capture_path().read_bytes()
    nanoseconds = data[:4] == b"\x4d\x3c\xb2\xa1"
    at = 24
    while at < len(data):
        seconds, fraction, kept, _ = struct.unpack_from("<IIII", data, at)
        packet = data[at + 16 + 14:at + 16 + kept]
        at += 16 + kept
        head = (packet[0] & 15) * 4
        if packet[9] == 17:
            time = seconds + fraction / (1e9 if nanoseconds else 1e6)
            yield time, packet[12:16], packet[16:20], packet[head + 8:]
