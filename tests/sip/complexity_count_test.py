"""Twice the input costs at most 2.2 times the instructions, whatever is repeated in it.

    complexity_count_test.py PROGRAM [FIRST LAST]   sizes in octets, 8192 and 32768 if they are left out; up to 1 MiB is a matter of minutes

Prints generator, size, instructions and the ratio to half the size.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

MOST = 2.2
# Copying by one instruction that repeats itself counts as one for each octet: from some size on, a jump of a constant factor.
TUNABLES = "glibc.cpu.x86_rep_movsb_threshold=1073741824:glibc.cpu.x86_rep_stosb_threshold=1073741824"


def dumps(program, first, last):
    """(generator, size) -> instructions."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out"
        subprocess.run(["valgrind", "--tool=callgrind", "--instr-atstart=no", "--combine-dumps=yes",
                        f"--callgrind-out-file={out}", f"--log-file={folder}/log", program, str(first), str(last)],
                       check=True, env={**os.environ, "GLIBC_TUNABLES": TUNABLES})
        counts, label = {}, None
        for line in out.read_text(encoding="latin-1").splitlines():
            found = re.match(r"desc: Trigger: Client Request: (.*)\|(\d+)$", line)
            if found:
                label = (found.group(1), int(found.group(2)))
            found = re.match(r"(?:summary|totals): (\d+)", line)
            if found and label:
                counts[label] = int(found.group(1))
                label = None
        return counts


def main():
    program = sys.argv[1]
    first, last = (int(a) for a in sys.argv[2:4]) if len(sys.argv) == 4 else (8192, 32768)
    counts = dumps(program, first, last)
    worst, wrong = 0, []
    for (name, size), instructions in counts.items():
        half = counts.get((name, size // 2))
        ratio = instructions / half if half else 0
        worst = max(worst, ratio)
        print(f"{name:32} {size:8} {instructions:12,} {ratio:6.2f}" if half else f"{name:32} {size:8} {instructions:12,}")
        if ratio > MOST:
            wrong.append(f"{name} at {size}: {ratio:.2f}")
    generators = {name for name, _ in counts}
    print(f"{len(generators)} generators, worst ratio {worst:.2f}")
    print("\n".join(wrong))
    return 1 if wrong or len(generators) < 40 else 0


if __name__ == "__main__":
    sys.exit(main())
