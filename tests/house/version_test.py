"""One version everywhere: the macros of the header, and whatever else says one.

SIPWARD_BUILD is the build folder, SIPWARD_VERSION what CMake calls the project."""

import os
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ["SIPWARD_BUILD"])
TEXT = (ROOT / "include/sipward/c/base.h").read_text(encoding="utf-8")
MAJOR, MINOR, PATCH = (re.search(rf"^#define SIPWARD_VERSION_{part} (\d+)$", TEXT, re.MULTILINE).group(1)
                       for part in ("MAJOR", "MINOR", "PATCH"))
VERSION = f"{MAJOR}.{MINOR}.{PATCH}"


def text_of(path):
    return (ROOT / path).read_text(encoding="utf-8")


def printed(*command, **environment):
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, env={**os.environ, **environment})
    return done.stdout + done.stderr


class Version(unittest.TestCase):
    def test_cmake(self):
        self.assertEqual(os.environ["SIPWARD_VERSION"], VERSION)
        self.assertRegex((BUILD / "bindings/c/sipwardConfigVersion.cmake").read_text(encoding="utf-8"),
                         rf'PACKAGE_VERSION "{re.escape(VERSION)}"')

    def test_pkg_config(self):
        found = sorted((BUILD / "bindings/c").glob("*.pc"))
        self.assertGreaterEqual(len(found), 3)
        for path in found:
            self.assertIn(f"\nVersion: {VERSION}\n", path.read_text(encoding="utf-8"), path.name)

    def test_libraries(self):
        """The name that programs ask for, and the version of every symbol, are those of the major version."""
        builds = text_of("bindings/c/CMakeLists.txt") + text_of("bindings/c/adapters.cmake")
        named = re.findall(r"\bSOVERSION (\S+?)\)?\n", builds)
        self.assertEqual(set(named), {MAJOR})
        self.assertGreaterEqual(len(named), 2)
        maps = sorted((ROOT / "bindings/c").glob("*.map"))
        self.assertGreaterEqual(len(maps), 3)
        for path in maps:
            nodes = re.findall(r"^SIPWARD_(?:\w+_)?(\d+) \{", path.read_text(encoding="utf-8"), re.MULTILINE)
            self.assertEqual(nodes[-1:], [MAJOR], path.name)

    def test_the_described_contract(self):
        self.assertEqual(text_of("bindings/c/abi/version.txt"), f"{MAJOR}.{MINOR}\n")

    def test_python(self):
        setup = printed("/usr/bin/python3", "-B", str(ROOT / "bindings/python/setup.py"), "--version",
                        SIPWARD_INCLUDE=str(ROOT / "include"), SIPWARD_LIB=".")
        self.assertEqual(setup.strip().splitlines()[-1:], [VERSION], setup)
        # What the module says it was compiled with; that it runs with the same, tests/python/wheel_test.py asks.
        said = text_of("bindings/python/sipward/__init__.py")
        for part in ("MAJOR", "MINOR", "PATCH"):
            self.assertRegex(said, rf"__version__ = .*_lib\.SIPWARD_VERSION_{part}\b")

    def test_go(self):
        """Taken out of the header; that it is the one of the library, bindings/go/engine_test.go asks."""
        said = text_of("bindings/go/cgo.go")
        for part in ("Major", "Minor", "Patch"):
            self.assertRegex(said, rf"\bVersion{part} += C\.SIPWARD_VERSION_{part.upper()}\b")

    def test_packages(self):
        history = (BUILD / "packages/changelog.Debian").read_text(encoding="utf-8")
        self.assertRegex(history, rf"^sipward \({re.escape(VERSION)}-\d+\) ")
        self.assertRegex((BUILD / "CPackConfig.cmake").read_text(encoding="utf-8"),
                         rf'CPACK_PACKAGE_VERSION "{re.escape(VERSION)}"')

    def test_the_bill_of_materials(self):
        self.assertIn(f'"version": "{VERSION}"', (BUILD / "sbom/sipward.cdx.json").read_text(encoding="utf-8"))

    def test_the_command(self):
        program = BUILD / "bin/sipward"
        if not program.exists():
            self.skipTest("the command is not built")
        self.assertEqual(printed(str(program), "--version"), f"sipward {VERSION}\n")

    def test_pages_name_no_other(self):
        newest = re.findall(r"^## (?:\[?v?(\d+\.\d+\.\d+)\]?)", text_of("CHANGELOG.md"), re.MULTILINE)
        self.assertTrue(not newest or newest[0] == VERSION or "## Unreleased" in text_of("CHANGELOG.md"), newest)


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
