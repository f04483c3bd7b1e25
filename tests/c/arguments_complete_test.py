"""No argument of the C interface is forgotten: for every exported function, the tests hold a call with NULL and one with a
misaligned pointer in the place of every pointer, a huge and a zero one in that of every size, the greatest one in that of
every index; and every struct with a struct_size is in the test of sizes.
"""

import pathlib
import re
import sys

SOURCE = pathlib.Path(__file__).resolve().parents[2]
FOLDER = SOURCE / "tests" / "c"
# What they take is no index and no size: every value has its meaning, and is tested for it.
VALUES = {("sipward_status_text", 0)}


def split(text):
    """Arguments at the top level of a list."""
    parts, depth = [""], 0
    for c in text:
        depth += (c in "([{") - (c in ")]}")
        if c == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += c
    return [part.strip() for part in parts]


def calls(name, text):
    for found in re.finditer(r"\b%s\(" % name, text):
        depth, at = 1, found.end()
        while depth:
            depth += (text[at] == "(") - (text[at] == ")")
            at += 1
        yield split(text[found.end():at - 1])


def wanted(kind, name):
    """What must stand in the place of a parameter: a name for it, and the forms that it may have."""
    if "*" in kind:
        yield "NULL", r"^NULL$"
        if not re.fullmatch(r"(const )?char ?\*", kind):
            yield "a misaligned pointer", r"^MISALIGNED\("
    elif kind == "size_t":
        yield "a huge size", r"kTooMuch|kHuge|\(size_t\)-1"
        yield "a size of 0", r"^0$"
    elif kind == "uint32_t":
        yield "the greatest number", r"^UINT32_MAX$"
    elif kind not in ("int32_t", "int64_t", "uint64_t"):  # of a time or a ticket any value is one
        sys.exit(f"this test does not know what to ask of {kind} {name}")


def main():
    header = "".join(path.read_text() for path in sorted((SOURCE / "include" / "sipward" / "c").glob("*.h")))
    tests = "".join(path.read_text() for path in sorted(FOLDER.glob("arguments_*test.c")))
    sizes = "".join(path.read_text() for path in sorted(FOLDER.glob("struct_size*test.c")))
    prototypes = dict(re.findall(r"SIPWARD_API[^;(]*?\b(sipward_\w+)\(([^;]*?)\);", header))
    missing = []
    symbols = "".join(path.read_text() for path in sorted((SOURCE / "bindings" / "c").glob("symbols*.txt")))
    for function in symbols.split():
        if function not in prototypes:
            missing.append(f"{function}: no prototype in include/sipward/c")
            continue
        seen = list(calls(function, tests))
        if not seen and prototypes[function] != "void":
            missing.append(f"{function}: never called")
            continue
        for place, parameter in enumerate(split(re.sub(r"\s+", " ", prototypes[function]))):
            if parameter == "void" or (function, place) in VALUES:
                continue
            kind, name = re.fullmatch(r"(.*?)(\w+)", parameter).groups()
            for what, pattern in wanted(kind.strip(), name):
                if not any(re.search(pattern, call[place]) for call in seen):
                    missing.append(f"{function}: no call with {what} for `{name}`")
    for struct in re.findall(r"typedef struct (sipward_\w+) \{\s*uint32_t struct_size;", header):
        if struct not in sizes:
            missing.append(f"{struct}: not in a struct_size_test")
    print("\n".join(missing) or f"{len(prototypes)} functions")
    return 1 if missing or len(prototypes) < 40 else 0


sys.exit(main())
