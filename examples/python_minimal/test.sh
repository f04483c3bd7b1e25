#!/usr/bin/env bash
# Run as a stranger would: an ordinary message passes, a scanner's is dropped with the rule that says why.
# shellcheck source=examples/support/host.sh
source "$(dirname "$0")/../support/host.sh"
build_python
judges program /usr/bin/python3 "$examples/python_minimal/main.py"
finish
