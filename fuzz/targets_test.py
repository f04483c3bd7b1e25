"""What the fuzz targets must reach, read off the sources: every function of the C interface, every accessor of a message."""

import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[1]


def text_of(*parts):
    return ROOT.joinpath(*parts).read_text(encoding="utf-8")


def public_methods(header, name):
    """Names of the public member functions that a class declares, its constructors left out."""
    body = header[header.index(f"class {name} "):]
    body = body[:body.index("\n};")]
    public = "".join(part.split("private:")[0].split("protected:")[0] for part in body.split("public:")[1:])
    public = re.sub(r"//.*", "", public)
    # Declarations stand two columns in; what stands deeper is a body.
    names = re.findall(r"^  [^ \n(][^\n(]*[ *&](\w+)\(", public, re.MULTILINE)
    return {n for n in names if n != name}


class Targets(unittest.TestCase):
    def assert_called(self, names, target):
        source = text_of("fuzz", target)
        self.assertGreater(len(names), 5)
        missing = sorted(n for n in names if not re.search(rf"\b{n}\(", source))
        self.assertEqual(missing, [], f"{target} does not call these")

    def test_c_api_fuzz_calls_every_exported_function(self):
        source = text_of("fuzz", "c_api_fuzz.cc")
        # Parts of the target stand in headers; each of their steps is one that the target takes.
        for part in ("c_cdr.h", "c_keys.h", "c_analytics.h", "c_evidence.h", "c_feed.h", "c_hep.h", "c_identity.h", "c_trust.h", "c_verify.h", "c_auth.h"):
            steps = text_of("fuzz", "support", part)
            for step in re.findall(r"^inline void (\w+)\(", steps, re.MULTILINE):
                self.assertGreater(len(re.findall(rf"\b{step}\(", source + steps)), 1, step)
            source += steps
        source += text_of("fuzz", "support", "c_pack.h")
        symbols = text_of("bindings", "c", "symbols.txt").split()
        self.assertGreater(len(symbols), 40)
        self.assertEqual([s for s in symbols if not re.search(rf"\b{s}\b", source)], [])

    def test_message_fuzz_calls_every_accessor(self):
        self.assert_called(public_methods(text_of("lib", "sip", "sip.h"), "Message"), "message_fuzz.cc")

    def test_view_fuzz_calls_every_accessor(self):
        self.assert_called(public_methods(text_of("include", "sipward", "message_view.h"), "MessageView"), "view_fuzz.cc")
        self.assert_called(public_methods(text_of("include", "sipward", "header_values.h"), "HeaderValues"), "view_fuzz.cc")

    def test_view_fuzz_asks_a_body_for_everything(self):
        self.assert_called(public_methods(text_of("include", "sipward", "body.h"), "BodyView"), "view_fuzz.cc")

    def test_body_fuzz_calls_every_reader(self):
        readers = "".join(text_of("lib", "sip", name) for name in ("body.h", "sdp_attribute.h"))
        self.assert_called(set(re.findall(r"^\w[\w:]* (\w+)\(", readers, re.MULTILINE)), "body_fuzz.cc")

    def test_state_fuzz_calls_every_operation(self):
        self.assert_called(public_methods(text_of("lib", "state", "state.h"), "Region"), "state_fuzz.cc")

    def test_every_target_has_seeds_and_a_dictionary(self):
        lists = text_of("fuzz", "CMakeLists.txt")
        targets = re.findall(r"^\s*sipward_fuzz\((\w+) DICTIONARY (\w+)", lists, re.MULTILINE)
        self.assertEqual({f"{name}_fuzz.cc" for name, _ in targets}, {p.name for p in ROOT.glob("fuzz/*_fuzz.cc")})
        for name, dictionary in targets:
            self.assertTrue((ROOT / "fuzz" / f"{dictionary}.dict").exists(), dictionary)
            self.assertTrue(any((ROOT / "fuzz" / "seeds" / name).iterdir()), name)

    def test_no_target_is_named_as_a_command_of_the_runner(self):
        commands = set(re.findall(r"^  (\w+)\) .*;;$", text_of("fuzz", "run.sh"), re.MULTILINE))
        self.assertLessEqual({"all", "replay", "keep", "list"}, commands)
        self.assertEqual({p.name for p in ROOT.glob("fuzz/*_fuzz.cc")} & {f"{name}_fuzz.cc" for name in commands}, set())

    def test_regressions_belong_to_targets(self):
        for folder in (ROOT / "fuzz" / "regressions").iterdir():
            self.assertTrue((ROOT / "fuzz" / f"{folder.name}_fuzz.cc").exists(), folder.name)


if __name__ == "__main__":
    unittest.main()
