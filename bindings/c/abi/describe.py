"""Describes the binary contract that the C headers make: describe.py INCLUDE MAPS OUT

Writes into OUT, for libsipward and for each library beside it, <library>.abi (what abidw reads off a library that has every
function of its headers and nothing in them: layouts, parameters, symbols and their versions), and constants.txt (the value of
every enumerator and number macro). No build of the library is needed: what it exports is held against the headers by
tests/c/symbols_test.cmake, and what its functions take by the compiler.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

# Headers of libraries beside libsipward.
BESIDE = ("fetch", "capture")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
FUNCTION = re.compile(r"SIPWARD_API\s+([^;{}]*?\bsipward_\w+\([^;]*?\));", re.DOTALL)
ENUM = re.compile(r"\benum\s*(?:\w+\s*)?\{(.*?)\}", re.DOTALL)
MACRO = re.compile(r"^#define (SIPWARD_\w+) (?:\(?-?(?:0x)?[0-9A-Fa-f]+u?(?: << \d+)?\)?)$", re.MULTILINE)


def code_of(header):
    return COMMENT.sub("", header.read_text(encoding="utf-8"))


def libraries(include):
    """The headers of each library."""
    headers = sorted((include / "sipward" / "c").glob("*.h"))
    found = {"sipward": [h for h in headers if h.stem not in BESIDE]}
    found.update({f"sipward-{h.stem}": [h] for h in headers if h.stem in BESIDE})
    return found


def run(*command, text=None):
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: {done.stderr}")
    return done.stdout


def describe(library, headers, include, maps, work):
    """Without places: moving a line changes nothing."""
    source = '#include "sipward.h"\n' + "".join(f'#include "sipward/c/{h.name}"\n' for h in headers)
    for header in headers:
        source += "".join(f"{function} {{ __builtin_trap(); }}\n" for function in FUNCTION.findall(code_of(header)))
    made = work / f"lib{library}.so.0"
    run("cc", "-std=c11", "-g", "-O0", "-w", "-shared", "-fPIC", f"-I{include}", f"-Wl,-soname,{made.name}",
        f"-Wl,--version-script={maps / library}.map", "-x", "c", "-", "-o", made, text=source)
    return run("abidw", "--no-corpus-path", "--no-comp-dir-path", "--no-show-locs", "--type-id-style", "hash", made)


def constants(include, work):
    names = []
    for header in sorted((include / "sipward" / "c").glob("*.h")):
        code = code_of(header)
        for body in ENUM.findall(code):
            names += [part.split("=")[0].strip() for part in body.split(",") if part.strip()]
        names += MACRO.findall(code)
    names = [name for name in names if not name.startswith("SIPWARD_VERSION_")]
    parts = "".join(f'#include "sipward/c/{h}.h"\n' for h in BESIDE if (include / "sipward" / "c" / f"{h}.h").exists())
    lines = "".join(f'  printf("{name} %lld\\n", (long long){name});\n' for name in names)
    program = work / "constants"
    run("cc", "-std=c11", f"-I{include}", "-x", "c", "-", "-o", program,
        text=f'#include "sipward.h"\n{parts}#include <stdio.h>\nint main(void) {{\n{lines}  return 0;\n}}\n')
    return "".join(sorted(run(program).splitlines(keepends=True)))


def main():
    include, maps, out = map(pathlib.Path, sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        for library, headers in libraries(include).items():
            (out / f"{library}.abi").write_text(describe(library, headers, include, maps, work), encoding="utf-8")
        (out / "constants.txt").write_text(constants(include, work), encoding="utf-8")


if __name__ == "__main__":
    main()
