"""The page of the package: every snippet runs, one after the other, and prints what the page says."""

import contextlib
import io
import os
import pathlib
import re
import subprocess
import sys
import unittest

import sipward

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = (ROOT / "bindings" / "python" / "README.md").read_text(encoding="utf-8")
PKI = pathlib.Path(os.environ["SIPWARD_PKI"])
SNIPPET = re.compile(r"```python( identity)?\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)


def identity_names():
    from identity_test import ANCHORS, CHAIN, NOW_S, REQUEST, sign

    return {"anchors": ANCHORS, "chain": CHAIN, "now": NOW_S, "message": sipward.Message(REQUEST % sign().encode())}


class Page(unittest.TestCase):
    def test_every_snippet_prints_what_it_says(self):
        snippets = SNIPPET.findall(PAGE)
        self.assertEqual(len(snippets), PAGE.count("```python"))
        self.assertGreaterEqual(len(snippets), 7)
        names = {}
        before = pathlib.Path.cwd()
        os.chdir(ROOT)
        try:
            for identity, code, expected in snippets:
                if identity and not PKI.is_dir():
                    continue
                more = identity_names() if identity else {}
                said = io.StringIO()
                with contextlib.redirect_stdout(said):
                    exec(compile(code, "README.md", "exec"), names | more if identity else names)  # noqa: S102
                self.assertEqual(said.getvalue(), expected, code)
        finally:
            os.chdir(before)

    def test_the_examples_of_the_docstrings_compile(self):
        for module in (sipward, sipward.identity):
            for block in re.findall(r"\n\n((?:    .*\n)+)", module.__doc__):
                compile("\n".join(line[4:] for line in block.splitlines()), module.__name__, "exec")

    def test_help_is_a_page_to_read(self):
        done = subprocess.run([sys.executable, "-c", "import sipward; help(sipward)"], capture_output=True, text=True, timeout=60, check=True, env=os.environ | {"PAGER": "cat"})
        for word in ("Engine", "Inspector", "inspect_batch", "BusyError"):
            self.assertIn(word, done.stdout)


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
