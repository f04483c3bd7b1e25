"""Builds the package with Debian's setuptools; no network is asked.

    python3 setup.py build --build-lib DIR          the package for dist-packages, linked to the installed libsipward
    python3 setup.py bdist_wheel --dist-dir DIR     a wheel of that
    build_wheel.sh DIR                              a wheel that holds the libraries as well (SIPWARD_BUNDLE=1)

Where headers and libraries are: see build_ffi.py.
"""
import os
import pathlib
import re
import shutil
import sys

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import build_ffi  # noqa: E402 (beside this file, wherever it is run from)


BUNDLE = os.environ.get("SIPWARD_BUNDLE", "") not in ("", "0")


class BuildFromHeaders(build_ext):
    """Writes the C sources of the modules before they are compiled; puts the libraries beside them, if the wheel is to hold them."""

    def build_extension(self, ext):
        module = ext.name.rpartition(".")[2]
        folder = pathlib.Path(self.build_temp).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        source = folder / f"{module}.c"
        build_ffi.builder(module).emit_c_code(str(source))
        ext.sources = [str(source)]
        if BUNDLE:
            ext.runtime_library_dirs = ["$ORIGIN/lib"]
        super().build_extension(ext)
        if BUNDLE:
            self.put_library(build_ffi.MODULES[module][1], ext.library_dirs)

    def put_library(self, library, folders):
        """By the name that modules ask for: lib<library>.so.0."""
        found = [path for folder in folders for path in pathlib.Path(folder).glob(f"lib{library}.so.[0-9]")]
        if not found:
            raise SystemExit(f"lib{library}.so is not in {folders}")
        target = pathlib.Path(self.build_lib) / "sipward" / "lib"
        target.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(found[0], target / found[0].name)


def version():
    """The version of the library, from its header."""
    for folder in build_ffi.include_folders():
        page = pathlib.Path(folder) / "sipward" / "c" / "base.h"
        if page.is_file():
            text = page.read_text(encoding="utf-8")
            return ".".join(re.search(rf"SIPWARD_VERSION_{part} (\d+)", text)[1] for part in ("MAJOR", "MINOR", "PATCH"))
    raise SystemExit("sipward/c/base.h is not found: set SIPWARD_INCLUDE, or PKG_CONFIG_PATH")


def extensions():
    for module in build_ffi.MODULES:
        if build_ffi.available(module):
            yield Extension(f"sipward.{module}", [], **build_ffi.linkage(module))


setup(
    name="sipward",
    version=version(),
    description="SIP security inside your own process: the Python binding of libsipward",
    long_description=(HERE / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license="MIT",
    python_requires=">=3.11",
    install_requires=["cffi"],
    packages=["sipward"],
    package_dir={"": os.path.relpath(HERE)},
    package_data={"sipward": ["py.typed", "*.pyi"]},
    ext_modules=list(extensions()),
    cmdclass={"build_ext": BuildFromHeaders},
    zip_safe=False,
)
