"""The types that the package promises, checked by mypy as strictly as it can."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

PACKAGE = pathlib.Path(__file__).resolve().parents[2] / "bindings" / "python" / "sipward"
MYPY = shutil.which("mypy", path="/usr/bin")
CALLER = """
import sipward
from sipward import capture, fetcher

with sipward.Engine() as engine, engine.inspector() as inspector:
    verdict = inspector.inspect(sipward.Packet(b"", source=("192.0.2.1", 5060)))
    action: sipward.Action = verdict.action
    names: tuple[str, ...] = verdict.rules
    for item in capture.read("x"):
        frame: int = item.frame
    via = inspector.message.vias[0].host
    if via is not None:
        text: str = str(via)
"""


@unittest.skipUnless(MYPY, "mypy is not here")
class Types(unittest.TestCase):
    def run_mypy(self, *arguments):
        with tempfile.TemporaryDirectory() as folder:
            command = [MYPY, "--strict", "--python-version", "3.11", "--cache-dir", folder, *arguments]
            environment = os.environ | {"MYPYPATH": str(PACKAGE.parent)}
            return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, cwd=folder, env=environment)

    def test_the_package_is_strict(self):
        done = self.run_mypy("-p", "sipward")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_a_caller_is_checked_by_it(self):
        with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
            for text, status in ((CALLER, 0), (CALLER + "wrong: str = verdict.action\n", 1)):
                file.seek(0)
                file.write(text)
                file.truncate()
                file.flush()
                done = self.run_mypy(file.name)
                self.assertEqual(done.returncode, status, done.stdout + done.stderr)


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
