"""Makes the extension modules of the package from the headers that the library ships.

Declarations come out of the preprocessor, so that Python knows exactly the functions, structs and constants of the
library that it is built with; the C compiler then checks every one of them. Nothing is written down a second time.

    build_ffi.py MODULE OUT.c     writes the C source of one of the modules: what CMake compiles
    setup.py                      imports `builder` and `linkage`: what makes the wheel and the package of Debian

Modules: `_native` (libsipward), `_fetch` (libsipward-fetch), `_capture` (libsipward-capture). The last two use the types of
the first. The headers are looked for in SIPWARD_INCLUDE and the libraries in SIPWARD_LIB, or else by pkg-config.
"""
import functools
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

import cffi

HERE = pathlib.Path(__file__).resolve().parent
# {module: (the page that declares it, the library, the C that comes with it)}
MODULES = {
    "_native": ("glue.h", "sipward", "glue.c"),
    "_fetch": ("sipward/c/fetch.h", "sipward-fetch", None),
    "_capture": ("sipward/c/capture.h", "sipward-capture", None),
}
# What a header defines as a number; cffi asks the compiler for its value.
NUMBER = re.compile(r"^#define (SIPWARD_\w+)\s+[0-9][0-9A-Fa-fxXuUlL]*\s*$", re.MULTILINE)
# A declaration or definition from its first word to its semicolon at the outermost level.
STATEMENT = re.compile(r"[^;{}]*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})?[^;{}]*;", re.DOTALL)


@functools.cache
def pkg_config(option, library):
    done = subprocess.run(["pkg-config", option, library], capture_output=True, text=True, timeout=60, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{library} is not found: set SIPWARD_INCLUDE and SIPWARD_LIB, or PKG_CONFIG_PATH ({done.stderr.strip()})")
    return shlex.split(done.stdout)


def include_folders():
    if "SIPWARD_INCLUDE" in os.environ:
        return [os.environ["SIPWARD_INCLUDE"]]
    return [flag[2:] for flag in pkg_config("--cflags-only-I", "sipward")]


def library_folders(library):
    if "SIPWARD_LIB" in os.environ:
        return os.environ["SIPWARD_LIB"].split(os.pathsep)
    return [flag[2:] for flag in pkg_config("--libs-only-L", library)]


def available(module):
    """Whether the headers and the library of a module are here; without libcurl or libpcap they may not be."""
    page, library, _ = MODULES[module]
    if module == "_native":
        return True
    if not any((pathlib.Path(folder) / page).is_file() for folder in include_folders()):
        return False
    if "SIPWARD_LIB" in os.environ:
        return any(list(pathlib.Path(folder).glob(f"lib{library}.*")) for folder in library_folders(library))
    return subprocess.run(["pkg-config", "--exists", library], timeout=60, check=False).returncode == 0


def preprocess(page):
    """The declarations of a page and of all that it includes, without what only a compiler reads."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("stddef.h", "stdint.h"):
            (pathlib.Path(folder) / name).touch()
        command = [*shlex.split(os.environ.get("CC", "cc")), "-E", "-P", "-xc", "-nostdinc", "-D__attribute__(x)=", "-I", folder, "-I", str(HERE)]
        for include in include_folders():
            command += ["-I", include]
        return subprocess.run([*command, "-"], input=f'#include "{page}"\n', capture_output=True, text=True, timeout=60, check=True).stdout


def numbers(page):
    """Lines for cffi that name every number which the page, or a page that it includes, defines."""
    texts, waiting, seen = [], [page], set()
    while waiting:
        name = waiting.pop()
        for folder in [str(HERE), *include_folders()]:
            path = pathlib.Path(folder) / name
            if path.is_file() and path not in seen:
                seen.add(path)
                texts.append(path.read_text(encoding="utf-8"))
                waiting += re.findall(r'#include [<"](sipward[\w/.]*)[>"]', texts[-1])
    return {name: f"#define {name} ..." for name in NUMBER.findall("\n".join(texts))}


def statements(text):
    return [statement.strip() for statement in STATEMENT.findall(text)]


@functools.cache
def builder(module):
    """The cffi.FFI of a module, ready to write its C source."""
    page, _, source = MODULES[module]
    declared, constants = statements(preprocess(page)), numbers(page)
    ffi = cffi.FFI()
    if module != "_native":
        ffi.include(builder("_native"))
        known = set(statements(preprocess(MODULES["_native"][0])))
        declared = [statement for statement in declared if statement not in known]
        constants = {name: line for name, line in constants.items() if name not in numbers(MODULES["_native"][0])}
    else:
        # The one function that the library calls back: a signature made in the host's hardware.
        declared.append('extern "Python" int32_t sipward_py_sign(void* context, const uint8_t* digest, uint8_t* signature);')
    ffi.cdef("\n".join([*constants.values(), *declared]))
    text = f'#include "{MODULES["_native"][0]}"\n#include "{page}"\n'
    if source is not None:
        text += (HERE / source).read_text(encoding="utf-8")
    ffi.set_source(f"sipward.{module}", text)
    return ffi


def linkage(module):
    """Arguments of a distutils Extension: where headers and libraries are."""
    _, library, _ = MODULES[module]
    libraries = [library] if module == "_native" else [library, "sipward"]
    return {
        "include_dirs": [str(HERE), *include_folders()],
        "library_dirs": library_folders(library),
        "libraries": libraries,
    }


def main(arguments):
    if len(arguments) != 2 or arguments[0] not in MODULES:
        print(__doc__, file=sys.stderr)
        return 2
    builder(arguments[0]).emit_c_code(arguments[1])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
