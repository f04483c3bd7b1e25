"""The compilers that a check runs with: those of the build, and the others that this machine has."""

import os
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = ROOT / "include"


def _found(names):
    paths = {}
    for name in filter(None, names):
        path = shutil.which(name)
        if path:
            paths.setdefault(os.path.realpath(path), path)
    return list(paths.values())


def c_compilers():
    return _found([os.environ.get("SIPWARD_CC"), "gcc", "clang"])


def cxx_compilers():
    return _found([os.environ.get("SIPWARD_CXX"), "g++", "clang++"])


def is_clang(compiler):
    said = subprocess.run([compiler, "--version"], capture_output=True, text=True, check=True)
    return "clang" in said.stdout


def compile_text(compiler, text, *arguments):
    """What the compiler says of a text: its exit status, and its errors."""
    done = subprocess.run([compiler, *arguments, "-I", str(INCLUDE), "-"], input=text, text=True,
                          capture_output=True, timeout=120, check=False,
                          env={**os.environ, "LC_ALL": "C"})
    return done.returncode, done.stderr
