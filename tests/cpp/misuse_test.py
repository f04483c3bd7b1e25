"""What the interface forbids does not compile, for the reason expected, and the sound twin of each case does."""

import re
import sys
import unittest

import compilers
import misuse_cases

# The line of a case carries its name, so that one run of the compiler answers for all of them.
ERROR = re.compile(r"^(\w+):1:(?:\d+:)? error: (.*)", re.MULTILINE)


def program(prelude, cases, which):
    lines = [prelude]
    for case in cases:
        signature = f"void Case_{case[0]}(void);\nvoid Case_{case[0]}(void)"
        lines.append(f'#line 1 "prototype"\n{signature.splitlines()[0]}')
        lines.append(f'#line 1 "{case[0]}"\n{signature.splitlines()[1]} {{ {case[which]} }}')
    return "\n".join(lines) + "\n"


def errors_by_case(output):
    found = {}
    for name, message in ERROR.findall(output):
        found.setdefault(name, []).append(message)
    return found


class Misuse(unittest.TestCase):
    maxDiff = None

    def check(self, compiler, prelude, cases, arguments):
        limit = "-ferror-limit=0" if compilers.is_clang(compiler) else "-fmax-errors=0"
        flags = [*arguments, "-Wall", "-Wextra", "-Werror", limit, "-fsyntax-only"]
        how = " ".join([compiler, *arguments])
        status, output = compilers.compile_text(compiler, program(prelude, cases, 1), *flags)
        self.assertEqual((status, output), (0, ""), f"sound uses do not compile with {how}")

        status, output = compilers.compile_text(compiler, program(prelude, cases, 2), *flags)
        self.assertNotEqual(status, 0)
        found = errors_by_case(output)
        self.assertLessEqual(set(found), {case[0] for case in cases}, output)
        for name, _, misuse, reason in cases:
            said = found.get(name)
            self.assertTrue(said, f"with {how} this compiles: {misuse}")
            self.assertTrue(any(re.search(reason, line) for line in said),
                            f"with {how}, {misuse} fails for another reason: {said}")

    def test_cases_have_names_of_their_own(self):
        for cases in (misuse_cases.CXX, misuse_cases.C):
            names = [case[0] for case in cases]
            self.assertEqual(len(names), len(set(names)))
            self.assertTrue(all(case[1] != case[2] for case in cases))

    def test_of_the_cpp_interface_does_not_compile(self):
        self.assertTrue(compilers.cxx_compilers())
        for compiler in compilers.cxx_compilers():
            for standard in ("c++17", "c++20"):
                self.check(compiler, misuse_cases.PRELUDE, misuse_cases.CXX,
                           ["-x", "c++", f"-std={standard}"])

    def test_of_the_c_interface_does_not_compile(self):
        self.assertTrue(compilers.c_compilers())
        for compiler in compilers.c_compilers():
            self.check(compiler, misuse_cases.C_PRELUDE, misuse_cases.C, ["-x", "c", "-std=c11"])


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
