"""What the libraries show to a linker: the C interface, and nothing that could meet a name of the host."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import compilers

NM = os.environ["SIPWARD_NM"]
STATIC = os.environ["SIPWARD_STATIC"]
EXPECTED = (compilers.ROOT / "bindings" / "c" / "symbols.txt").read_text(encoding="utf-8").split()
# Of our own, and what the compiler makes of it (tables, type information, guards).
# Th and Tv: of functions that are called through a second base.
OURS = re.compile(r"^_Z(TV|TI|TS|TT|GV|GR|Z|Thn?\d+_|Tvn?\d+_n?\d+_)?N?[KV]*7sipward")
LINE = re.compile(r"^[0-9a-f]+ ([A-Za-z]) (\S+)$", re.MULTILINE)
ASKED = re.compile(r"^ +[Uw] (\S+)$", re.MULTILINE)
# Clocks, threads, files, streams, sockets, the environment and the end of the process: what arrows_test.py looks for in the
# text, seen by its name in the object code, whoever brought it.
# With signal 0: is a process alive that used a table? (lib/base/platform/process.h)
# And how long a forked process has not begun, at load time alone (lib/state/directory.cc).
HARMLESS = {"kill", "clock_gettime"}
WORLD = re.compile(
    r"^_*(abort|assert_fail|exit|quick_exit|raise|kill|signal|sigaction|system|fork|exec\w+|getenv|secure_getenv|setlocale"
    r"|clock|clock_gettime|gettimeofday|time|timespec_get|nanosleep|usleep|sleep|localtime\w*|gmtime\w*"
    r"|pthread_create|pthread_cond_\w+|thrd_create|rand|srand|random|getrandom|getentropy"
    r"|open(at)?(64)?|creat|read|pread|write|pwrite|close|stat|fstat|lstat|fopen(64)?|fdopen|fread|fwrite|fputs|fputc|putc"
    r"|putchar|puts|perror|v?[fd]?printf(_chk)?|stdin|stdout|stderr"
    r"|socket|connect|bind|listen|accept4?|send|sendto|sendmsg|recv|recvfrom|recvmsg|getaddrinfo|poll|select|epoll_\w+)$"
    r"|^_ZNK?St6(chrono|thread)|^_ZSt4(cout|cerr|clog)|^_ZN?K?St13basic_\w*stream"
    r"|^_ZNSt13random_device")
# Definitions that a second one of the same name contradicts. Weak and unique ones are merged.
STRONG = set("ABCDGRST")


def defined(path):
    listing = subprocess.run([NM, "-g", "--defined-only", path], capture_output=True, text=True,
                             check=True, timeout=60).stdout
    return LINE.findall(listing)


class StaticLibrary(unittest.TestCase):
    def test_asks_nothing_of_the_world(self):
        listing = subprocess.run([NM, "-u", STATIC], capture_output=True, text=True, check=True,
                                 timeout=60).stdout
        asked = set(ASKED.findall(listing))
        self.assertIn("memcpy", asked)
        self.assertEqual([name for name in sorted(asked) if WORLD.search(name) and name not in HARMLESS], [])

    def test_has_the_functions_of_the_header_and_no_others_in_c(self):
        found = sorted(name for _, name in defined(STATIC) if name.startswith("sipward"))
        self.assertEqual(found, EXPECTED)

    def test_defines_nothing_under_a_name_that_is_not_ours(self):
        strong = [name for kind, name in defined(STATIC) if kind in STRONG]
        self.assertGreater(len(strong), len(EXPECTED))
        foreign = [name for name in strong if name not in EXPECTED and not OURS.match(name)]
        self.assertEqual(foreign, [])

    def test_has_no_name_of_the_cpp_interface(self):
        """Both have the namespace sipward: one name for two things would be one of them at random."""
        keeping = [c for c in compilers.cxx_compilers() if not compilers.is_clang(c)]
        if not keeping:
            self.skipTest("only g++ writes out inline functions that nobody calls")
        with tempfile.TemporaryDirectory() as folder:
            made = str(pathlib.Path(folder) / "interface.o")
            status, errors = compilers.compile_text(
                keeping[0], "#include <sipward/sipward.h>\n", "-x", "c++", "-std=c++17",
                "-fkeep-inline-functions", "-c", "-o", made)
            self.assertEqual((status, errors), (0, ""))
            interface = {name for _, name in defined(made) if OURS.match(name)}
        self.assertGreater(len(interface), 50)
        self.assertEqual(interface & {name for _, name in defined(STATIC)}, set())


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
