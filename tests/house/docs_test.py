"""The public headers make documentation: Doxygen has nothing to warn of, and what is said above a function is said of it there.

SIPWARD_DOXYFILE is the configuration that the target `docs` uses."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOXYFILE = pathlib.Path(os.environ["SIPWARD_DOXYFILE"])
FUNCTION = re.compile(r"(\*/\n)?SIPWARD_API\s[^;(]*?\b(sipward_\w+)\(")
MEMBER = re.compile(r"^  \w[\w* ]*?\b(\w+)(?:\[\w+\])?;\s*/\*", re.MULTILINE)


def text_of(element, tag):
    found = element.find(tag)
    return "".join(found.itertext()).strip() if found is not None else ""


class Docs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            settings = (DOXYFILE.read_text(encoding="utf-8") +
                        f"OUTPUT_DIRECTORY = {folder}\nGENERATE_HTML = NO\nGENERATE_XML = YES\nXML_PROGRAMLISTING = NO\n")
            cls.done = subprocess.run(["doxygen", "-"], input=settings, capture_output=True, text=True, check=False,
                                      timeout=300)
            cls.said = {}
            cls.members = {}
            cls.types = {}
            for path in pathlib.Path(folder, "xml").glob("*.xml"):
                tree = xml.etree.ElementTree.parse(path)
                for element in tree.iter("compounddef"):
                    cls.types[element.findtext("compoundname")] = text_of(element, "briefdescription")
                for element in tree.iter("memberdef"):
                    words = text_of(element, "briefdescription") + text_of(element, "detaileddescription")
                    kept = cls.said if element.get("kind") == "function" else cls.members
                    kept[element.findtext("name")] = max(kept.get(element.findtext("name"), ""), words, key=len)

    def headers(self):
        for path in sorted((ROOT / "include" / "sipward" / "c").glob("*.h")):
            yield path, path.read_text(encoding="utf-8")

    def test_nothing_to_warn_of(self):
        self.assertEqual((self.done.returncode, self.done.stderr), (0, ""))

    def test_every_function_is_there_with_what_is_said_of_it(self):
        with_words = 0
        for path, text in self.headers():
            for comment, name in FUNCTION.findall(text):
                self.assertIn(name, self.said, path.name)
                if comment:
                    self.assertTrue(self.said[name], f"{path.name}: {name} has lost its comment")
                    with_words += 1
        self.assertGreater(with_words, 100)

    def test_what_stands_behind_a_member_is_said_of_it(self):
        with_words = 0
        for path, text in self.headers():
            for name in MEMBER.findall(text):
                self.assertTrue(self.members.get(name), f"{path.name}: {name} has lost its comment")
                with_words += 1
        self.assertGreater(with_words, 200)

    def test_words_are_those_of_the_author(self):
        self.assertIn("115 KiB", self.said["sipward_message_create"])
        self.assertIn("::ffff:a.b.c.d", self.types["sipward_endpoint"])


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
