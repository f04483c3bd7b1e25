"""Every public header compiles alone, without warnings, in every language that it is for, and needs nothing but the standard library."""

import concurrent.futures
import os
import re
import subprocess
import sys
import tempfile
import unittest

import compilers

WARNINGS = ["-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-pedantic", "-Werror"]
C_STANDARDS = ("c11", "c17")
CXX_STANDARDS = ("c++17", "c++20")
C_HEADERS = {"stddef.h", "stdint.h"}
# Of C++17: everything that a public header may name with angle brackets beside <sipward.h>.
CXX_HEADERS = {
    "algorithm", "any", "array", "bitset", "charconv", "chrono", "cstddef", "cstdint", "cstring",
    "functional", "initializer_list", "iterator", "limits", "memory", "new", "numeric", "optional", "ratio",
    "string", "string_view", "tuple", "type_traits", "utility", "variant", "vector",
}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
LANGUAGE = {"c11": "c", "c17": "c", "c++17": "c++", "c++20": "c++"}


def public_headers():
    found = sorted((compilers.INCLUDE / "sipward").glob("*.h"))
    return c_headers() + [f"sipward/{path.name}" for path in found]


# Those of other libraries, libsipward-fetch and libsipward-capture.
APART = {"sipward/c/fetch.h", "sipward/c/capture.h"}


def c_headers():
    """The door and its parts; every part stands behind the door, but those of another library."""
    parts = [f"sipward/c/{path.name}" for path in sorted((compilers.INCLUDE / "sipward" / "c").glob("*.h"))]
    return ["sipward.h"] + parts


def compile_headers(compiler, standard, names):
    """Compiles a file that includes `names` and nothing else: the errors, and the files that were read."""
    with tempfile.TemporaryDirectory() as folder:
        rule = os.path.join(folder, "rule.d")
        text = "".join(f"#include <{name}>\n" for name in names)
        done = subprocess.run(
            [compiler, "-x", LANGUAGE[standard], f"-std={standard}", *WARNINGS,
             "-I", str(compilers.INCLUDE), "-fsyntax-only", "-MD", "-MF", rule, "-MT", "x", "-"],
            input=text, text=True, capture_output=True, timeout=120, check=False)
        if done.returncode != 0:
            return done.stderr, set()
        with open(rule, encoding="utf-8") as file:
            words = file.read().replace("\\\n", " ").split()
        return done.stderr, {os.path.realpath(word) for word in words[1:] if word != "-"}


class Headers(unittest.TestCase):
    def check(self, compiler, standard, headers, allowed):
        said, system = compile_headers(compiler, standard, sorted(allowed))
        self.assertEqual(said, "")
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            results = pool.map(lambda header: compile_headers(compiler, standard, [header]), headers)
        ours = str(compilers.INCLUDE) + os.sep
        for header, (said, read) in zip(headers, results):
            how = f"{header} with {compiler} -std={standard}"
            self.assertEqual(said, "", how)
            self.assertIn(ours + header, read, how)
            foreign = {path for path in read if not path.startswith(ours)} - system
            self.assertEqual(foreign, set(), how)

    def test_compile_alone_in_c(self):
        self.assertTrue(compilers.c_compilers())
        for compiler in compilers.c_compilers():
            for standard in C_STANDARDS:
                self.check(compiler, standard, c_headers(), C_HEADERS)

    def test_compile_alone_in_cpp(self):
        self.assertTrue(compilers.cxx_compilers())
        self.assertGreater(len(public_headers()), 8)
        for compiler in compilers.cxx_compilers():
            for standard in CXX_STANDARDS:
                self.check(compiler, standard, public_headers(), CXX_HEADERS | C_HEADERS)

    def test_name_nothing_but_the_standard_library(self):
        for header in public_headers():
            text = (compilers.INCLUDE / header).read_text(encoding="utf-8")
            named = {name for kind, name in INCLUDE.findall(text) if kind == "<"}
            if header == "sipward.h":
                self.assertEqual(named, set())
                behind = {name for kind, name in INCLUDE.findall(text) if kind == '"'}
                self.assertEqual(behind, set(c_headers()) - {header} - APART)
            elif header in c_headers():
                self.assertEqual(named, C_HEADERS, header)
            else:
                self.assertLessEqual(named, CXX_HEADERS | {"sipward.h"}, header)


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
