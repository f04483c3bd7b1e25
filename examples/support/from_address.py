"""Runs a Python program whose sockets are bound to one address where it would take any.

    from_address.py ADDRESS PROGRAM ARGUMENT...

sipvicious 0.3.3 reads -b (its binding address) in svwar and svcrack and then forgets it.
"""

import os
import runpy
import shutil
import socket
import sys

ADDRESS = sys.argv[1]


class Bound(socket.socket):
    def bind(self, where):
        super().bind((ADDRESS, *where[1:]) if where[0] in ("", "0.0.0.0") else where)


sys.argv = sys.argv[2:]
program = shutil.which(sys.argv[0])
if program is None:
    raise SystemExit(f"there is no {sys.argv[0]}")
socket.socket = Bound
sys.path[0] = os.path.dirname(os.path.realpath(program))
runpy.run_path(program, run_name="__main__")
