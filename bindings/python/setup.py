"""Builds the package with Debian's setuptools; no network is asked.

    python3 setup.py build --build-lib DIR          the package for dist-packages, linked to the installed libsipward
    python3 setup.py bdist_wheel                    a wheel; build_wheel.py makes one that holds the library as well

Where headers and libraries are: see build_ffi.py.
"""
import pathlib
import re
import shutil
import sys
import tempfile

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import build_ffi  # noqa: E402 (beside this file, wherever it is run from)


class BuildFromHeaders(build_ext):
    """Writes the C sources of the modules before they are compiled."""

    def build_extension(self, ext):
        module = ext.name.rpartition(".")[2]
        folder = tempfile.mkdtemp(prefix="sipward-python-")
        try:
            source = str(pathlib.Path(folder) / f"{module}.c")
            build_ffi.builder(module).emit_c_code(source)
            ext.sources = [source]
            super().build_extension(ext)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


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
    package_dir={"": str(HERE)} if pathlib.Path.cwd() != HERE else {},
    package_data={"sipward": ["py.typed", "*.pyi"]},
    ext_modules=list(extensions()),
    cmdclass={"build_ext": BuildFromHeaders},
    zip_safe=False,
)
