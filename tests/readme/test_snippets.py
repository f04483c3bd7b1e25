"""The programs on the first page compile without a warning, link against the library, and do what the page says."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import command
import compilers
import messages
import pages

LIBRARY = os.environ["SIPWARD_LIBRARY"]
# A sanitizer of the library has to be linked into the program as well.
EXTRA = os.environ.get("SIPWARD_FLAGS", "").split()
WARNINGS = ["-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-Werror"]

C_PROGRAM = """
#include <sipward.h>
#include <stdio.h>
#define DO(call) if ((call) != SIPWARD_OK) return 1
static const char bytes[] = %(message)s;
int main(void) {
  sipward_compiler* compiler = NULL;
  sipward_rules* rules = NULL;
  sipward_state* state = NULL;
  sipward_engine* engine = NULL;
  sipward_inspector* inspector = NULL;
  const sipward_state_options options = {.struct_size = sizeof options};
  DO(sipward_compiler_create(&compiler));
  DO(sipward_compiler_add_default_pack(compiler));
  DO(sipward_compiler_build(compiler, &rules));
  DO(sipward_state_create(&options, &state));
  DO(sipward_engine_create(rules, state, NULL, &engine));
  DO(sipward_inspector_create(engine, &inspector));
  sipward_packet packet = {.struct_size = sizeof packet, .size = sizeof bytes - 1};
  sipward_verdict verdict = {.struct_size = sizeof verdict};
%(snippet)s
  puts(sipward_action_name(verdict.action));
  for (uint32_t i = 0; sipward_action_name(i) != NULL; ++i) printf("%%s ", sipward_action_name(i));
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
  sipward_state_destroy(state);
  sipward_rules_destroy(rules);
  sipward_compiler_destroy(compiler);
  return 0;
}
"""
CXX_PROGRAM = """%(includes)s
#include <cstdio>
static const char buffer[] = %(message)s;
int main() {
  const std::size_t received = sizeof buffer - 1;
  bool refused = false;
%(snippet)s
  std::printf("%%s", refused ? "refused" : "passed");
  return 0;
}
"""


PARSED = messages.lines(
    "INVITE sip:bob@example.com SIP/2.0",
    "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1",
    "From: <sip:alice@example.org>;tag=1",
    "To: <sip:bob@example.com>",
    "Call-ID: 1",
    "CSeq: 1 INVITE",
    "Max-Forwards: 300",
    "Contact: <sip:alice@192.0.2.1>",
    "Allow: INVITE, ACK",
    "Content-Type: application/sdp",
    "",
    "v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0", "m=audio 4000 RTP/AVP 0",
)


def program(snippet, before):
    """What the snippet includes, then the rest of it as the body of a main."""
    lines = snippet.splitlines()
    includes = [line for line in lines if line.startswith("#include")]
    body = [line for line in lines if line not in includes]
    return "\n".join([*includes, before % literal(PARSED), *body, "return 0;", "}", ""])


def literal(data):
    return '"' + "".join(f"\\{byte:03o}" for byte in data) + '"'


class Snippets(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def output_of(self, compiler, source, *arguments):
        """Compiles, links, runs: the standard output."""
        program = str(self.folder / "program")
        libraries = os.path.dirname(LIBRARY)
        (self.folder / "source").write_text(source, encoding="utf-8")
        subprocess.run([compiler, *arguments, *WARNINGS, *EXTRA, "-I", str(compilers.INCLUDE),
                        str(self.folder / "source"), "-o", program, "-x", "none", LIBRARY,
                        f"-Wl,-rpath,{libraries}"], check=True, timeout=300)
        return subprocess.run([program], check=True, timeout=60, capture_output=True, text=True).stdout

    def compilers(self, build, all_of_them):
        # Two runtimes of a sanitizer do not mix.
        return [os.environ[build]] if EXTRA else all_of_them

    def test_the_c_line(self):
        snippet, _ = pages.blocks(pages.text_of("README.md"), "c")
        actions = re.search(r"/\* (.*) \*/", snippet).group(1)
        source = C_PROGRAM % {"message": literal(messages.scan(1)), "snippet": snippet}
        for compiler in self.compilers("SIPWARD_CC", compilers.c_compilers()):
            said = self.output_of(compiler, source, "-x", "c", "-std=c11")
            self.assertEqual(said, f"drop\n{actions} ", compiler)

    def test_the_cpp_program(self):
        snippet, _, _ = pages.blocks(pages.text_of("README.md"), "cpp")
        self.assertTrue(snippet.endswith(" ...\n"))
        lines = snippet.replace(" ...\n", " refused = true;\n").splitlines()
        includes = [line for line in lines if line.startswith("#include")]
        for data, expected in ((messages.scan(1), "refused"), (messages.INVITE, "passed")):
            source = CXX_PROGRAM % {
                "includes": "\n".join(includes), "message": literal(data),
                "snippet": "\n".join(line for line in lines if line not in includes)}
            for compiler in self.compilers("SIPWARD_CXX", compilers.cxx_compilers()):
                said = self.output_of(compiler, source, "-x", "c++", "-std=c++17")
                self.assertEqual(said, expected, compiler)


    def test_the_parser_alone_in_cpp(self):
        _, snippet, _ = pages.blocks(pages.text_of("README.md"), "cpp")
        source = program(snippet, "static const char data[] = %s;\nint main() {\nconst std::string_view bytes(data, sizeof data - 1);")
        at = PARSED.index(b"300")
        for compiler in self.compilers("SIPWARD_CXX", compilers.cxx_compilers()):
            said = self.output_of(compiler, source, "-x", "c++", "-std=c++17")
            self.assertEqual(said, "alice at example.org\nreached at sip:alice@192.0.2.1\nallows INVITE\nallows ACK\n"
                                   f"audio on port 4000\nmax_forwards.range at byte {at}\n", compiler)

    @unittest.skipUnless(os.environ.get("SIPWARD_HAS_IDENTITY") == "1", "built without identity")
    def test_who_calls(self):
        _, _, snippet = pages.blocks(pages.text_of("README.md"), "cpp")
        sys.path.insert(0, str(pages.ROOT / "examples" / "identity"))
        import stir_pki  # wants python3-cryptography
        now = 1800000000
        stir_pki.make(self.folder / "pki", now, "709J", "12155551200", 100)

        def file(name):
            return literal((self.folder / "pki" / name).read_bytes())

        lines = snippet.splitlines()
        includes = [line for line in lines if line.startswith("#include")]
        source = "\n".join([
            *includes, "int main() {", f"const std::string key = {file('spc.key')}, chain = {file('spc.chain.pem')}, anchors = {file('anchors.pem')};",
            f"const sipward::TrustStore::Time now{{std::chrono::seconds({now})}};", *(line for line in lines if line not in includes), "}", ""])
        for compiler in self.compilers("SIPWARD_CXX", compilers.cxx_compilers()):
            said = self.output_of(compiler, source, "-x", "c++", "-std=c++17")
            self.assertEqual(said, "https://certs.example.net/a.pem\nOK A TN-Validation-Passed\n", compiler)

    def test_the_parser_alone_in_c(self):
        _, snippet = pages.blocks(pages.text_of("README.md"), "c")
        source = program(snippet, "static const char bytes[] = %s;\nint main(void) {\nconst size_t size = sizeof bytes - 1;")
        at = PARSED.index(b"300")
        for compiler in self.compilers("SIPWARD_CC", compilers.c_compilers()):
            said = self.output_of(compiler, source, "-x", "c", "-std=c11")
            self.assertEqual(said, f"alice\nmax_forwards.range at byte {at}\n", compiler)


class Walk(unittest.TestCase):
    """The first ten minutes, as a reader goes through them."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.text = pages.section(pages.text_of("README.md"), "The first ten minutes")
        self.quickstart, self.wrong, self.mended = map(pages.transcript, pages.blocks(self.text, "text"))
        (self.slip,) = pages.blocks(self.text, "ward-slip")

    def run_line(self, line):
        """The standard output and error of a line that calls the built command."""
        words = line.split()
        self.assertEqual(words.pop(0), "build/release/bin/sipward")
        words = [str(pages.ROOT / word) if word.startswith("examples/") else word for word in words]
        done = command.run(*words, cwd=self.folder)
        return done.returncode, (done.stdout + done.stderr).decode()

    def assert_shown(self, shown, printed):
        """The lines in their order; a line of `...` stands for others."""
        rest = printed
        for piece in "\n".join(shown).split("..."):
            found = piece.strip("\n")
            self.assertIn(found, rest)
            rest = rest[rest.index(found) + len(found):]

    def test_the_quickstart_prints_what_is_shown(self):
        ((line, shown),) = self.quickstart
        script = pages.text_of("examples/quickstart.sh")
        self.assertEqual(line, "bash examples/quickstart.sh")
        self.assertIn("examples/captures/first_look.pcap", script)
        self.assertIn('build/release/bin/sipward inspect "$capture"', script)
        done = command.run("inspect", str(pages.ROOT / "examples/captures/first_look.pcap"))
        self.assertEqual((done.returncode, done.stderr), (1, b""))
        speed = re.compile(r"^(speed +)[\d,]+( messages per second)$", re.MULTILINE)
        self.assertEqual(speed.sub(r"\1N\2", "\n".join(shown) + "\n"),
                         speed.sub(r"\1N\2", done.stdout.decode()))

    def test_the_slip_is_found_where_it_is(self):
        ((line, shown),) = self.wrong
        (self.folder / "site.ward").write_text(self.slip, encoding="utf-8")
        self.assertEqual(self.run_line(line), (2, "\n".join(shown) + "\n"))

    def test_mended_it_is_compiled_with_the_default_rules(self):
        ((_, shown),) = self.wrong
        wrong, right = re.search(r"list '(\w+)' is not known.*Did you mean '(\w+)'", "\n".join(shown),
                                 re.DOTALL).groups()
        self.assertEqual(self.slip.count(wrong), 1)
        (self.folder / "site.ward").write_text(self.slip.replace(wrong, right), encoding="utf-8")
        (check, checked), (inspect, inspected) = self.mended
        self.assertEqual(self.run_line(check), (0, "\n".join(checked) + "\n"))
        status, printed = self.run_line(inspect)
        self.assertEqual(status, 1)
        self.assertGreaterEqual(len(inspected), 3)
        self.assert_shown(inspected, printed)

    def test_without_the_name_of_the_scanner_the_other_rules_hold(self):
        self.assertIn("take its name\naway and the other rules still hold", self.text)
        shutil.copytree(pages.ROOT / "lib/pack", self.folder / "pack")
        scanning = self.folder / "pack/rules/scanning.ward"
        kept, taken = re.subn(r"^rule scan\.user_agent \{.*?^\}$", "", scanning.read_text(encoding="utf-8"),
                              flags=re.MULTILINE | re.DOTALL)
        self.assertEqual(taken, 1)
        scanning.write_text(kept, encoding="utf-8")
        rules = [word for path in sorted(scanning.parent.glob("*.ward")) for word in ("--rules", str(path))]
        done = command.run("inspect", "--no-default-rules", *rules,
                           str(pages.ROOT / "examples/captures/first_look.pcap"))
        printed = done.stdout.decode()
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertNotIn("scan.user_agent", printed)
        shown = "\n".join(self.quickstart[0][1])
        self.assertEqual(re.findall(r"^verdicts.*$", printed, re.MULTILINE),
                         re.findall(r"^verdicts.*$", shown, re.MULTILINE))


if __name__ == "__main__":
    unittest.main(verbosity=2)
