"""Compiles for its warnings alone what a build folder has not built: check_clang.py BUILD."""

import concurrent.futures
import json
import os
import pathlib
import shlex
import subprocess
import sys


def entries(build):
    """(source, command, folder) of what has no object yet, or an older one."""
    for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
        words = shlex.split(entry["command"])
        folder, source = pathlib.Path(entry["directory"]), entry["file"]
        if pathlib.Path(source).name.startswith("cmake_pch."):
            continue
        if "ccache" in pathlib.Path(words[0]).name:
            words = words[1:]
        at = words.index("-o")
        built = folder / words[at + 1]
        if built.exists() and os.path.exists(source) and built.stat().st_mtime >= os.stat(source).st_mtime:
            continue
        yield source, [word for word in words[:at] + words[at + 2:] if word != "-c"] + ["-fsyntax-only"], folder


def check(job):
    source, command, folder = job
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return source, done.returncode, done.stdout.decode(errors="replace")


def main(build):
    jobs = list(entries(build))
    # Sources that the build makes, headers beside them, and headers that it compiles must be there.
    needed = {source for source, _, _ in jobs} | {word for _, command, _ in jobs for word in command if word.endswith(".hxx.pch")}
    made = [os.path.relpath(file, build) for file in needed if not os.path.exists(file)]
    if made:
        subprocess.run(["ninja", "-C", str(build), "--quiet", *made], check=True)
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for source, status, output in pool.map(check, jobs):
            if status != 0:
                failed += 1
                print(f"{source}:\n{output}")
    print(f"clang: {len(jobs)} further sources compile without a warning" if failed == 0 else f"clang: {failed} of {len(jobs)} do not compile")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
