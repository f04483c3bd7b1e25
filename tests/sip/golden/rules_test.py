"""Every rule of lib/sip/grammar is needed by a golden case: taken out, one of their values is no longer accepted."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

GRAMMAR = pathlib.Path(__file__).resolve().parents[3] / "lib" / "sip" / "grammar"
# The machines of item_machine.rl.in, which the build makes.
MADE = pathlib.Path(os.environ["SIPWARD_MADE_MACHINES"])
RAGEL = os.environ["SIPWARD_RAGEL"]
GOLDEN = os.environ["SIPWARD_GOLDEN"]

ADDRESSES = {"From", "To", "Contact", "Route", "Record-Route", "Path", "Service-Route", "P-Asserted-Identity",
             "P-Preferred-Identity", "Remote-Party-ID", "Diversion", "History-Info", "Refer-To", "Referred-By", "Reply-To"}
# Where the values stand that a machine reads. A machine that is not named here is given all values of all cases.
READS = {
    "sip_uri_machine": {"uri"},
    "tel_machine": {"uri"},
    "urn_machine": {"uri"},
    "absolute_uri_machine": {"uri"},
    "name_addr_machine": ADDRESSES,
    "via_machine": {"Via"},
    "cseq_machine": {"CSeq"},
    "start_line_machine": {"start"},
    "digest_machine": {"Authorization", "Proxy-Authorization", "WWW-Authenticate", "Proxy-Authenticate"},
    "date_machine": {"Date"},
    "call_id_machine": {"Call-ID"},
    "item_token_machine": {"Priority", "P-Attestation-Indicator", "P-Origination-Id"},
    "item_tokenlist_machine": {"Require", "Proxy-Require", "Unsupported", "Content-Encoding", "Request-Disposition"},
    "item_tokenlistornone_machine": {"Allow", "Supported"},
    "item_accept_machine": {"Accept"},
    "item_acceptencoding_machine": {"Accept-Encoding"},
    "item_acceptlanguage_machine": {"Accept-Language"},
    "item_contenttype_machine": {"Content-Type"},
    "item_contentdisposition_machine": {"Content-Disposition"},
    "item_contentlanguage_machine": {"Content-Language"},
    "item_mimeversion_machine": {"MIME-Version"},
    "item_event_machine": {"Event"},
    "item_allowevents_machine": {"Allow-Events"},
    "item_subscriptionstate_machine": {"Subscription-State"},
    "item_reason_machine": {"Reason"},
    "item_identity_machine": {"Identity"},
    "item_replaces_machine": {"Replaces", "Join"},
    "item_inreplyto_machine": {"In-Reply-To"},
    "item_sessionexpires_machine": {"Session-Expires", "Min-SE"},
    "item_rack_machine": {"RAck"},
    "item_resourcepriority_machine": {"Resource-Priority"},
    "item_privacy_machine": {"Privacy"},
    "item_acceptcontact_machine": {"Accept-Contact", "Reject-Contact"},
    "item_warning_machine": {"Warning"},
    "item_timestamp_machine": {"Timestamp"},
    "item_authenticationinfo_machine": {"Authentication-Info"},
    "item_product_machine": {"User-Agent", "Server"},
    "item_retryparams_machine": {"Retry-After"},
}
# Rules without which the grammar accepts the same, and why they stand there all the same.
REDUNDANT = {
    "sdp_attribute.rel_addr": "an extension takes the same words; it says where the related address is",
    "sdp_attribute.rel_port": "an extension takes the same words; it says where the related port is",
}


def golden_values():
    """Pairs of the place (`start`, `uri`, a header, `body`) and the octets."""
    lines = subprocess.run([GOLDEN, "--values"], capture_output=True, text=True, check=True).stdout.splitlines()
    return [(place, bytes.fromhex(octets)) for place, octets in (line.split("\t") for line in lines)]


def statement_end(text, at):
    """Where the semicolon of the statement stands, outside strings, classes and comments."""
    closers = {'"': '"', "'": "'", "[": "]", "#": "\n", "{": "}"}
    while text[at] != ";":
        closer = closers.get(text[at])
        at += 1
        while closer and text[at] != closer:
            at += 2 if text[at] == "\\" and closer != "\n" else 1
        at += 1 if closer else 0
    return at


def rules_of(text):
    """The named rules of a grammar, in order: (name, begin and end of what the name stands for)."""
    found = []
    for rule in re.finditer(r"^(\w+)\s*=", text, re.MULTILINE):
        found.append((rule.group(1), rule.end(), statement_end(text, rule.end())))
    return found


class Machine:
    """A machine as `ragel -x` writes it down."""

    def __init__(self, definition):
        self.name = definition.get("name")
        machine = definition.find("machine")
        self.start = int(machine.findtext("start_state"))
        self.final = set()
        self.moves = {}
        for state in machine.find("state_list"):
            number = int(state.get("id"))
            if state.get("final"):
                self.final.add(number)
            for move in state.find("trans_list"):
                low, high, target = move.text.split()[:3]
                if target != "x":
                    for octet in range(int(low), int(high) + 1):
                        self.moves[number, octet] = int(target)

    def accepts(self, octets):
        state = self.start
        for octet in octets:
            state = self.moves.get((state, octet))
            if state is None:
                return False
        return state in self.final


class Grammars:
    """A copy of the folder, in which rules are taken out one after the other."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        files = sorted(GRAMMAR.glob("*.rl")) + sorted(MADE.glob("item_*_machine.rl"))
        self.texts = {p.name: p.read_text(encoding="utf-8") for p in files}
        for name, text in self.texts.items():
            (self.folder / name).write_text(text, encoding="utf-8")
        self.machine_files = [n for n in self.texts if re.search(r"^main :=", self.texts[n], re.MULTILINE)]
        self.grammars = [n for n in self.texts if n not in self.machine_files]

    def without(self, grammar, begin, end):
        """Makes the rule the empty language; with the same begin and end, puts it back."""
        text = self.texts[grammar]
        changed = text if begin == end else f"{text[:begin]} empty{text[end:]}"
        (self.folder / grammar).write_text(changed, encoding="utf-8")

    def machines(self, name):
        target = self.folder / "machine.xml"
        subprocess.run([RAGEL, "-x", "-I", str(self.folder), "-o", str(target), str(self.folder / name)], check=True)
        root = xml.etree.ElementTree.parse(target).getroot()
        made = [Machine(definition) for definition in root.iter("ragel_def")]
        return [machine for machine in made if machine.name in self.texts[name]]

    def reaches(self, name, grammar):
        """Whether a file includes this grammar, directly or through another one."""
        included = re.findall(r'^include \w+ "([\w.]+)"', self.texts[name], re.MULTILINE)
        return grammar in included or any(self.reaches(other, grammar) for other in included)


class Rules(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.grammars = Grammars(folder.name)
        values = golden_values()
        self.accepted = {}
        for name in self.grammars.machine_files:
            for machine in self.grammars.machines(name):
                read = READS.get(machine.name)
                taken = {octets for place, octets in values if read is None or place in read}
                self.accepted[machine.name] = [octets for octets in sorted(taken) if machine.accepts(octets)]

    def needed(self, grammar):
        """Whether a value that was accepted is accepted no more, now that a rule of this grammar was taken out."""
        for name in self.grammars.machine_files:
            if not self.grammars.reaches(name, grammar):
                continue
            for machine in self.grammars.machines(name):
                if not all(machine.accepts(octets) for octets in self.accepted[machine.name]):
                    return True
        return False

    def test_every_machine_accepts_a_value(self):
        for name, values in self.accepted.items():
            self.assertTrue(values, f"no golden case has a value that {name} accepts")
        self.assertLessEqual(set(READS), set(self.accepted), "machines that are not there")

    def test_every_rule_is_needed(self):
        missing = []
        count = 0
        for grammar in self.grammars.grammars:
            for rule, begin, end in rules_of(self.grammars.texts[grammar]):
                self.grammars.without(grammar, begin, end)
                needed = self.needed(grammar)
                count += 1
                name = f"{grammar.removesuffix('.rl')}.{rule}"
                if needed == (name in REDUNDANT):
                    missing.append(name)
            self.grammars.without(grammar, 0, 0)
        print(f"{count} rules of {len(self.grammars.grammars)} grammars, {len(self.accepted)} machines, "
              f"{sum(map(len, self.accepted.values()))} values")
        self.assertEqual(missing, [], "no golden case needs these rules (or they are in REDUNDANT and are needed)")


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
