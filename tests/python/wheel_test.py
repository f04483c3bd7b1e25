"""The wheel, built by its script and installed into a clean environment: nothing of this checkout, no libsipward, no site packages.

What Debian packages of its own make is the one thing that is put there beside it: _cffi_backend, of python3-cffi-backend.
"""

import glob
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import zipfile

import _cffi_backend
from samples import SCANNER

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = f"""
import pathlib, sys, sipward, sipward.capture, sipward.fetcher
here = pathlib.Path(sys.prefix).resolve()
assert here in pathlib.Path(sipward.__file__).resolve().parents, sipward.__file__
maps = pathlib.Path("/proc/self/maps").read_text()
loaded = {{pathlib.Path(line.split()[-1]) for line in maps.splitlines() if "libsipward" in line}}
assert len(loaded) == 3 and all(here in path.parents for path in loaded), loaded
assert sipward.library_version() == tuple(map(int, sipward.__version__.split("."))), sipward.__version__
with sipward.Engine() as engine, engine.inspector() as inspector:
    print(inspector.inspect(sipward.Packet({SCANNER!r}, source=("198.51.100.7", 5060))).action.label)
"""


class Wheel(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.at = pathlib.Path(cls.folder.name)
        # Built in the build folder, so that the same C is not compiled twice.
        environment = cls.environment() | {"SIPWARD_WHEEL_WORK": os.environ["SIPWARD_BUILD"] + "/python-wheel", "CC": os.environ["SIPWARD_CC"],
                                           "SIPWARD_INCLUDE": os.environ["SIPWARD_INCLUDE"], "SIPWARD_LIB": os.environ["SIPWARD_BUILD"] + "/bindings/c"}  # fmt: skip
        cls.run_([ROOT / "bindings" / "python" / "build_wheel.sh", cls.at / "dist"], environment)
        (cls.wheel,) = (cls.at / "dist").glob("*.whl")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @staticmethod
    def environment():
        return {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"} | {name: value for name, value in os.environ.items() if name.startswith("CCACHE_")}

    @staticmethod
    def run_(command, environment, cwd=None):
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env=environment, cwd=cwd)
        if done.returncode != 0:
            raise AssertionError(f"{command}: {done.stdout}{done.stderr}")
        return done.stdout

    def test_it_runs_in_a_clean_environment(self):
        place = self.at / "clean"
        self.run_([sys.executable, "-m", "venv", place], self.environment())
        python = place / "bin" / "python"
        site = self.run_([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], self.environment()).strip()
        # Without its companion it is not complete: the environment is as clean as it says.
        self.run_([python, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", self.wheel], self.environment(), self.at)
        with self.assertRaisesRegex(AssertionError, "_cffi_backend"):
            self.run_([python, "-c", "import sipward"], self.environment(), self.at)
        backend = pathlib.Path(_cffi_backend.__file__)
        (pathlib.Path(site) / backend.name).symlink_to(backend)
        self.assertEqual(self.run_([python, "-B", "-c", PROGRAM], self.environment(), self.at), "drop\n")

    def test_it_holds_what_it_should(self):
        with zipfile.ZipFile(self.wheel) as wheel:
            names = set(wheel.namelist())
        sources = {f"sipward/{path.name}" for path in (ROOT / "bindings" / "python" / "sipward").iterdir() if path.suffix in (".py", ".pyi", ".typed")}
        self.assertLessEqual(sources, names)
        self.assertLessEqual({f"sipward/lib/lib{name}.so.0" for name in ("sipward", "sipward-fetch", "sipward-capture")}, names)
        self.assertEqual([name for name in names if not name.startswith(("sipward/", "sipward-"))], [])
        self.assertEqual([name for name in names if name.endswith((".c", ".h", ".pyc"))], [])

    def test_building_it_leaves_the_checkout_alone(self):
        self.assertEqual(glob.glob(f"{ROOT}/bindings/python/*.egg-info") + glob.glob(f"{ROOT}/bindings/python/build"), [])


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
