"""What the pages of the repository name is there: files, headings, presets, scripts, fuzz targets, suites."""

import json
import re
import subprocess
import sys
import unittest

import pages

ROOT = pages.ROOT
# Words in backticks that are paths of this repository.
PATH = re.compile(r"^\.?[\w.-]+(/[\w.-]+)*\.(sh|py|cc|c|h|def|dict|ward|txt|json|map|md|cmake|yar|conf|pcap)$")
SCRIPT = re.compile(r"\bbash ((?:\.?[\w-]+/)+[\w.-]+)")
# Examples of names that a reader gives.
EXAMPLES = {"site.ward"}


def scripts():
    found = [p for p in sorted(ROOT.rglob("*.sh")) if not pages.NOT_OURS & set(p.relative_to(ROOT).parts)]
    return found + [ROOT / ".ci" / "run"]


class Pages(unittest.TestCase):
    def test_links_lead_somewhere(self):
        checked = 0
        for page in pages.all_pages():
            for link in pages.links(pages.text_of(page)):
                if re.match(r"[a-z]+:", link):
                    continue
                target, _, anchor = link.partition("#")
                path = (ROOT / page).parent / target if target else ROOT / page
                self.assertTrue(path.exists(), f"{page} links to {link}")
                if anchor:
                    self.assertIn(anchor, pages.anchors(path.read_text(encoding="utf-8")), f"{page}: {link}")
                checked += 1
        self.assertGreater(checked, 15)

    def test_files_that_are_named_exist(self):
        checked = 0
        for page in pages.all_pages():
            places = [(ROOT / page).parent, ROOT, ROOT / "lib", ROOT / "include"]
            for word in pages.code(pages.text_of(page)):
                if PATH.match(word) and word not in EXAMPLES:
                    self.assertTrue(any((place / word).exists() for place in places), f"{page} names {word}")
                    checked += 1
        self.assertGreater(checked, 10)

    def test_scripts_that_are_to_be_run_exist(self):
        found = [(page, script) for page in pages.all_pages()
                 for script in SCRIPT.findall(pages.text_of(page))]
        for page, script in found:
            self.assertTrue((ROOT / script).is_file(), f"{page} runs {script}")
        self.assertLessEqual({("README.md", "examples/quickstart.sh"), ("README.md", "tests/run.sh"),
                              ("CONTRIBUTING.md", ".ci/run")}, set(found))

    def test_presets_that_are_named_exist(self):
        presets = json.loads(pages.text_of("CMakePresets.json"))
        configure = [p["name"] for p in presets["configurePresets"] if not p.get("hidden")]
        for page in pages.all_pages():
            for name in re.findall(r"--preset (\w+)", pages.text_of(page)):
                self.assertIn(name, configure, page)
        listed = re.search(r"those of `CMakePresets.json`: `([\w ]+)`", pages.text_of("CONTRIBUTING.md"))
        self.assertEqual(listed.group(1).split(), configure)

    def test_fuzz_targets_are_those_of_the_build(self):
        build = pages.text_of("fuzz/CMakeLists.txt")
        built = sorted(re.findall(r"^\s*sipward_fuzz\((\w+)", build, re.MULTILINE))
        written = sorted(p.stem.removesuffix("_fuzz") for p in (ROOT / "fuzz").glob("*_fuzz.cc"))
        self.assertEqual(built, written)
        text = pages.text_of("fuzz/README.md")
        tables = [line for line in text.splitlines() if line.startswith("| target |")]
        self.assertGreaterEqual(len(tables), 2, "the targets and the ledger")
        for head in tables:
            rows = pages.table(text, *pages.cells(head))
            named = sorted({row[0].strip("`").removesuffix("_fuzz") for row in rows})
            self.assertEqual(named, built, f"fuzz/README.md, {head}")

    def test_benchmark_suites_are_those_of_the_script(self):
        script = pages.text_of("benchmarks/run.sh")
        accepted = re.search(r"^ +([\w |]+)\) suites\+=", script, re.MULTILINE).group(1).split(" | ")
        usage = re.search(r"benchmarks/run\.sh \[([\w|]+)\]", script).group(1).split("|")
        rows = pages.table(pages.text_of("benchmarks/README.md"), "suite", "case", "")
        named = [row[0] for row in rows if row[0]]
        self.assertEqual((accepted, usage), (named, named))

    def test_options_of_scripts_that_are_named_exist(self):
        for page in pages.all_pages():
            for script, option in re.findall(r"bash ([\w./-]+\.sh)[^\n#`]*? (--[a-z]+)", pages.text_of(page)):
                self.assertIn(option, pages.text_of(script), f"{page}: {script} {option}")

    def test_shell_scripts_can_be_read(self):
        self.assertGreater(len(scripts()), 6)
        for script in scripts():
            done = subprocess.run(["bash", "-n", str(script)], capture_output=True, text=True, check=False)
            self.assertEqual((done.returncode, done.stderr), (0, ""), script)
            first = script.read_text(encoding="utf-8").splitlines()[0]
            self.assertRegex(first, r"^(#!/usr/bin/env bash|#!/bin/bash -eu|# shellcheck shell=bash)$", script)


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
