"""Replays what is kept of a fuzz target through its plain program: seeds, inputs of findings that were fixed, and the corpus.

    python3 fuzz/replay.py TARGET PROGRAM
"""

import pathlib
import struct
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

import corpus

FUZZ = pathlib.Path(__file__).resolve().parent


def main():
    target, program = sys.argv[1:]
    folders = [FUZZ / "seeds" / target]
    if (FUZZ / "regressions" / target).is_dir():
        folders.append(FUZZ / "regressions" / target)
    with tempfile.TemporaryDirectory() as scratch:
        archive = corpus.archive_of(target)
        if archive.exists():
            # One file: thousands of small ones take longer than the target.
            folders.append(pathlib.Path(scratch) / "corpus.packed")
            folders[-1].write_bytes(b"".join(struct.pack("<I", len(data)) + data for data in corpus.kept(archive)))
        return subprocess.run([program, *map(str, folders)], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
