"""tests/tools/check_abi.sh passes on the headers as they are, and on headers with one change says of it what it is."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHECK = ROOT / "tests" / "tools" / "check_abi.sh"

BREAKS = "this breaks programs that were built for"
NEW = "is not what the headers say"


def check(include):
    done = subprocess.run(["bash", str(CHECK)], capture_output=True, text=True, check=False, timeout=120,
                          env={**os.environ, "SIPWARD_INCLUDE": str(include)})
    return done.returncode, done.stdout + done.stderr


class Abi(unittest.TestCase):
    def changed(self, header, pattern, replacement):
        with tempfile.TemporaryDirectory() as folder:
            include = pathlib.Path(folder) / "include"
            shutil.copytree(ROOT / "include", include)
            path = include / "sipward" / "c" / header
            text, times = re.subn(pattern, replacement, path.read_text(encoding="utf-8"), count=1)
            self.assertEqual(times, 1, f"{header} has no {pattern}")
            path.write_text(text, encoding="utf-8")
            return check(include)

    def expect(self, words, *change, also=""):
        status, said = self.changed(*change)
        self.assertEqual(status, 1, said)
        self.assertIn(words, said)
        self.assertIn(also, said)

    def test_nothing_changed(self):
        status, said = check(ROOT / "include")
        self.assertEqual(status, 0, said)

    def test_functions(self):
        self.expect(BREAKS, "message.h", r"sipward_message_validate\(", "sipward_message_validated(",
                    also="sipward_message_validate@@SIPWARD_0")
        self.expect(BREAKS, "message.h", r"sipward_message_validate\(sipward_message\* message", r"\g<0>, int more")
        self.expect(BREAKS, "fetch.h", r"SIPWARD_API void sipward_fetcher_destroy\([^;]*;", "",
                    also="sipward_fetcher_destroy@@SIPWARD_FETCH_0")
        self.expect(NEW, "number.h", r"SIPWARD_API", "SIPWARD_API int sipward_number_new(void);\nSIPWARD_API")

    def test_structs(self):
        self.expect(BREAKS, "message.h", r"uint32_t vias; ", "uint16_t vias; ", also="sipward_parse_options: vias changed")
        self.expect(BREAKS, "message.h", r"  uint32_t profile; ", r"  uint32_t more;\g<0>")
        self.expect(BREAKS, "base.h", r"  uint32_t length;", r"\g<0> uint32_t more;", also="sipward_slice: its size changed")
        self.expect(BREAKS, "engine.h", r"  sipward_text why; ", r"\g<0> sipward_text whence; ", also="sipward_hit")
        # A struct that says its size has room behind its last member.
        self.expect(NEW, "message.h", r"  uint32_t comment_depth;", r"\g<0> uint32_t more;")

    def test_constants(self):
        self.expect(BREAKS, "base.h", r"SIPWARD_ERR_LIMIT = -4,", "SIPWARD_ERR_LIMIT = -400,", also="SIPWARD_ERR_LIMIT -4")
        self.expect(BREAKS, "engine.h", r"#define SIPWARD_MAX_HITS 16", "#define SIPWARD_MAX_HITS 17")
        self.expect(NEW, "base.h", r"SIPWARD_ERR_LIMIT = -4,", r"\g<0> SIPWARD_ERR_NEW = -999,")

    def test_a_version_that_says_so(self):
        with tempfile.TemporaryDirectory() as folder:
            include = pathlib.Path(folder) / "include"
            shutil.copytree(ROOT / "include", include)
            base = include / "sipward" / "c" / "base.h"
            text = base.read_text(encoding="utf-8").replace("SIPWARD_ERR_LIMIT = -4,", "SIPWARD_ERR_LIMIT = -400,")
            base.write_text(re.sub(r"VERSION_MINOR \d+", "VERSION_MINOR 99", text), encoding="utf-8")
            status, said = check(include)
        self.assertEqual(status, 1)
        self.assertIn("and the version says so", said)
        self.assertIn("--renew", said)


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
