"""The arrows between folders: who may include whom, and through which headers."""

import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIB = ROOT / "lib"

# A folder sees the folders named here and what those see.
ARROWS = {
    "base": [],
    "sip": ["base"],
    "numbering": ["base"],
    "hep": ["base"],
    "state": ["base"],
    "lists": ["base"],
    "evidence": ["base"],
    "facts": ["base", "sip", "numbering"],
    "identity": ["facts", "lists", "state"],
    "auth": ["facts", "state"],
    "calls": ["facts", "state"],
    "rules": ["facts", "lists", "state"],
    "pack": ["base"],
    "analytics": ["facts"],
    "engine": ["rules", "identity", "calls", "analytics", "evidence"],
    "records": ["lists"],
}
# Doors besides the header that is named after its folder. Every header of base is one.
DOORS = {
    "sip": {"values.h", "header_kind.h", "body.h", "sdp_attribute.h", "edit.h", "anomaly.h", "anomaly.def", "header.def", "method.def"},
    "facts": {"field.def", "identity_reason.def", "product.h", "tape.h"},
    "records": {"rates.h"},
    "lists": {"feed.h", "minisign.h"},
    "engine": {"decision_record.h", "feed.h", "replayer.h"},
}
# What would let the core touch the world; base/platform holds locks and mappings.
WORLD = {
    "chrono", "condition_variable", "ctime", "fstream", "future", "iostream",
    "filesystem", "locale", "mutex", "ostream", "print", "random", "semaphore", "shared_mutex",
    "sstream", "thread", "fcntl.h", "netdb.h", "pthread.h", "sys/mman.h",
    "sys/socket.h", "sys/stat.h", "time.h", "unistd.h",
}
CALLS = re.compile(r"\b(abort|exit|fopen|fprintf|getenv|printf|puts|setlocale|terminate)\s*\(|std::c(out|err)\b")
COMMENT = re.compile(r"//.*")
# Headers that come with quotes and are not ours.
FOREIGN = {"hwy"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def seen_from(folder):
    seen = set()
    todo = list(ARROWS[folder])
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += ARROWS[name]
    return seen


def sources(folder):
    found = [p for p in sorted(folder.rglob("*")) if p.suffix in (".h", ".cc", ".c", ".def", ".rl", ".in")]
    return [p for p in found if p.suffix != ".in" or p.name.endswith(".cc.in")]


def includes(path):
    return [(m.group(1), m.group(2)) for m in INCLUDE.finditer(path.read_text(encoding="utf-8"))]


def is_door(folder, rest):
    return folder == "base" or rest == f"{folder}.h" or rest in DOORS.get(folder, ())


class Arrows(unittest.TestCase):
    def test_every_folder_is_on_the_map(self):
        folders = {p.parent.name for p in LIB.glob("*/CMakeLists.txt")}
        self.assertEqual(folders, set(ARROWS) | {"io"})

    def test_core_folders_include_along_the_arrows(self):
        checked = 0
        for folder in ARROWS:
            allowed = seen_from(folder)
            for path in sources(LIB / folder):
                for kind, name in includes(path):
                    other, _, rest = name.partition("/")
                    if kind != '"' or other == folder or other in FOREIGN:
                        continue
                    checked += 1
                    where = f"{path.relative_to(ROOT)} includes {name}"
                    self.assertIn(other, allowed, where)
                    self.assertTrue(is_door(other, rest), f"{where}, which is private to {other}/")
        self.assertGreater(checked, 50)

    def test_the_core_does_not_touch_the_world(self):
        for folder in ARROWS:
            for path in sources(LIB / folder):
                if "platform" in path.parts:
                    continue
                for kind, name in includes(path):
                    if kind == "<":
                        self.assertNotIn(name, WORLD, f"{path.relative_to(ROOT)} includes <{name}>")
                code = COMMENT.sub("", path.read_text(encoding="utf-8"))
                found = CALLS.search(code)
                self.assertIsNone(found, f"{path.relative_to(ROOT)}: {found and found.group(0)}")

    def test_the_c_interface_stands_on_doors(self):
        for path in sources(ROOT / "bindings" / "c"):
            for kind, name in includes(path):
                other, slash, rest = name.partition("/")
                # The libraries beside libsipward stand on adapters.
                if path.name in ("fetch.cc", "capture.cc") and name == f"io/{path.stem}.h":
                    continue
                if kind == '"' and slash and other != "sipward":
                    self.assertIn(other, ARROWS, f"{path.name} includes {name}")
                    self.assertTrue(is_door(other, rest), f"{path.name} includes {name}")

    def test_adapters_and_command_use_the_public_headers(self):
        for folder, own in ((LIB / "io", {"io"}), (ROOT / "bindings" / "cli", {"io", "cli"})):
            for path in sources(folder):
                for kind, name in includes(path):
                    other, slash, _ = name.partition("/")
                    if kind == '"' and slash:
                        # Logs are files of entries, and their bytes are no matter of an engine.
                        if name == "evidence/evidence.h":
                            continue
                        self.assertIn(other, own | {"sipward"},
                                      f"{path.relative_to(ROOT)} includes {name}")

    def test_public_headers_include_public_headers(self):
        for path in sources(ROOT / "include"):
            for kind, name in includes(path):
                if kind == '"':
                    self.assertTrue(name.startswith("sipward/"), f"{path.name} includes {name}")


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
