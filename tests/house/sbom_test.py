"""The bill of materials has the form of CycloneDX 1.5, and every library that the binaries of this build need stands in it.

SIPWARD_BUILD is the build folder."""

import json
import os
import pathlib
import re
import subprocess
import sys
import unittest
import urllib.parse

BUILD = pathlib.Path(os.environ["SIPWARD_BUILD"])
BINARIES = ("bindings/c/libsipward.so", "bindings/c/libsipward-fetch.so", "bindings/c/libsipward-capture.so", "bin/sipward")
# Ours, and the loader, which comes with libc.
OURS = re.compile(r"^libsipward|^ld-linux")
PURL = re.compile(r"^pkg:(deb/debian/[a-z0-9][a-z0-9.%B-]*@[A-Za-z0-9.~%-]+\?arch=[a-z0-9]+|npm/[a-z0-9-]+@[0-9.]+)$")
LICENCES = {"MIT", "ISC", "curl", "Apache-2.0", "BSD-3-Clause", "Zlib", "LGPL-2.1-or-later"}
EXPRESSION = re.compile(r"^[A-Za-z0-9.-]+ (WITH|OR|AND) [A-Za-z0-9.-]+$")


def needed(path):
    listing = subprocess.run(["readelf", "-d", str(path)], capture_output=True, text=True, check=True, timeout=60).stdout
    return set(re.findall(r"\(NEEDED\)\s+Shared library: \[([^\]]+)\]", listing))


class Bill(unittest.TestCase):
    def setUp(self):
        self.bill = json.loads((BUILD / "sbom/sipward.cdx.json").read_text(encoding="utf-8"))
        self.components = self.bill["components"]

    def properties(self, name):
        return {found["value"] for part in self.components for found in part["properties"] if found["name"] == name}

    def test_head(self):
        self.assertEqual((self.bill["bomFormat"], self.bill["specVersion"], self.bill["version"]), ("CycloneDX", "1.5", 1))
        self.assertRegex(self.bill["serialNumber"],
                         r"^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
        self.assertEqual(self.bill["metadata"]["component"]["name"], "sipward")

    def test_every_component_says_what_it_is(self):
        self.assertGreaterEqual(len(self.components), 8)
        for part in self.components:
            self.assertEqual((part["type"], part["scope"]), ("library", "required"), part["name"])
            self.assertRegex(part["purl"], PURL)
            self.assertTrue(part["version"])
            name, version = urllib.parse.unquote(part["purl"].split("/")[-1].split("?")[0]).split("@")
            self.assertEqual((name, version), (part["name"], part["version"]))
            (licence,) = part["licenses"]
            if "expression" in licence:
                self.assertRegex(licence["expression"], EXPRESSION)
            else:
                self.assertIn(licence["license"]["id"], LICENCES)

    def test_references_lead_somewhere(self):
        known = [self.bill["metadata"]["component"]["bom-ref"], *(part["bom-ref"] for part in self.components)]
        self.assertEqual(len(known), len(set(known)))
        named = [entry["ref"] for entry in self.bill["dependencies"]]
        self.assertEqual(sorted(named), sorted(known))
        (root,) = [entry for entry in self.bill["dependencies"] if "dependsOn" in entry]
        self.assertEqual(sorted(root["dependsOn"]), sorted(known[1:]))

    def test_what_the_binaries_need_is_in_it(self):
        asked = set().union(*(needed(BUILD / name) for name in BINARIES if (BUILD / name).exists()))
        self.assertIn("libc.so.6", asked)
        asked = {name for name in asked if not OURS.match(name)}
        self.assertEqual(asked - self.properties("sipward:soname"), set())
        self.assertEqual(self.properties("sipward:soname") - asked - {"libm.so.6"}, set(), "nothing needs these")

    def test_what_is_compiled_in(self):
        names = {part["name"] for part in self.components
                 if {"name": "sipward:compiled-in", "value": "true"} in part["properties"]}
        self.assertLessEqual({"libhwy-dev", "python3-phonenumbers"}, names)
        if (BUILD / "bindings/cli/report/page_parts.cc").exists():
            self.assertIn("uplot", names)


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
