"""The shape of the files: small, guarded, named alike, and free of what belongs to one machine."""

import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ("include", "lib", "bindings", "tests", "fuzz", "benchmarks", "examples", "cmake", ".ci",
           ".clusterfuzzlite", ".github")
CODE = {".h", ".cc", ".c", ".rl"}
TEXT = CODE | {".def", ".py", ".cmake", ".txt", ".sh", ".md", ".ward", ".in", ".map", ".yml", ".yaml", ".json"}
MOST_LINES = 500
# Written in pieces, so that this file does not find itself.
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
MACHINE = re.compile(r"(?<![\w.$}/-])/(ho" r"me|ro" r"ot|Us" r"ers|wo" r"rk)/")


def files(suffixes):
    for folder in FOLDERS + (".",):
        for path in sorted((ROOT / folder).glob("*") if folder == "." else (ROOT / folder).rglob("*")):
            named = path.suffix in suffixes
            if path.is_file() and named and not {"seeds", "__pycache__"} & set(path.parts):
                yield path


def name_of(path):
    return str(path.relative_to(ROOT))


class Layout(unittest.TestCase):
    def test_files_are_small(self):
        for path in files(CODE):
            lines = path.read_text(encoding="utf-8").count("\n")
            self.assertLessEqual(lines, MOST_LINES, name_of(path))

    def test_header_guards_follow_the_path(self):
        for path in files({".h"}):
            parts = path.relative_to(ROOT).parts
            if parts[0] in ("include", "lib"):
                parts = parts[1:]
            name = re.sub(r"[^A-Za-z0-9]", "_", "_".join(parts)).upper() + "_"
            guard = name if name.startswith("SIPWARD_") else f"SIPWARD_{name}"
            text = path.read_text(encoding="utf-8")
            self.assertIn(f"#ifndef {guard}\n#define {guard}\n", text, name_of(path))

    def test_names_are_snake_case(self):
        for path in files(CODE):
            self.assertRegex(path.name, r"^[a-z0-9_]+\.[a-z]+$", name_of(path))

    def test_text_ends_in_one_newline(self):
        for path in files(TEXT):
            text = path.read_text(encoding="utf-8")
            self.assertTrue(text == "" or text.endswith("\n"), name_of(path))
            self.assertFalse(text.endswith("\n\n"), name_of(path))

    def test_nothing_is_left_for_another_day(self):
        for path in files(TEXT):
            found = UNFINISHED.search(path.read_text(encoding="utf-8"))
            self.assertIsNone(found, f"{name_of(path)}: {found and found.group(0)}")

    def test_nothing_names_a_place_on_one_machine(self):
        for path in files(TEXT):
            found = MACHINE.search(path.read_text(encoding="utf-8"))
            self.assertIsNone(found, f"{name_of(path)}: {found and found.group(0)}")

    def test_every_source_is_built(self):
        """A test that nobody compiles cannot fail."""
        for folder in ("lib", "bindings", "tests", "fuzz"):
            builds = list((ROOT / folder).rglob("CMakeLists.txt"))
            builds += list((ROOT / folder).rglob("*.cmake"))
            texts = {b: b.read_text(encoding="utf-8") for b in builds}
            for path in (ROOT / folder).rglob("*.c*"):
                if path.suffix not in (".cc", ".c"):
                    continue
                # Around it or below it: another folder may have a source of the same name.
                named = "\n".join(text for b, text in texts.items()
                                  if b.parent in path.parents or path.parent in b.parents)
                stem = path.stem
                variants = (path.name, stem + "\n", stem + " ", stem + ")", re.sub(r"_[a-z0-9]+$", "_$", stem),
                            f"sipward_fuzz({stem.removesuffix('_fuzz')} ")
                self.assertTrue(any(v in named for v in variants), f"{name_of(path)} is in no build")

    def test_symbols_are_those_of_the_headers(self):
        """Of every library: libsipward, and those beside it with a header of their own."""
        parts = set((ROOT / "include" / "sipward" / "c").glob("*.h"))
        apart = {name: {path for path in parts if path.stem == name} for name in ("fetch", "capture")}
        libraries = [(parts - apart["fetch"] - apart["capture"], "symbols.txt")]
        libraries += [(headers, f"symbols_{name}.txt") for name, headers in apart.items()]
        for headers, symbols in libraries:
            header = "".join(path.read_text(encoding="utf-8") for path in headers)
            declared = set(re.findall(r"\bSIPWARD_API[^;]*?\b(sipward_\w+)\(", header))
            committed = (ROOT / "bindings" / "c" / symbols).read_text(encoding="utf-8").split()
            self.assertEqual(sorted(declared), committed)


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
