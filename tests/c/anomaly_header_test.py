"""The table of anomalies in the C interface says what lib/sip/anomaly.def says.

    anomaly_header_test.py [--write]
"""

import pathlib
import re
import sys
import textwrap

SOURCE = pathlib.Path(__file__).resolve().parents[2]
HEADER = SOURCE / "include" / "sipward" / "c" / "anomaly.h"
BEGIN = " * they differ, the anomaly is a leniency of `tolerant`.\n *\n"
END = " */\n\n#ifdef __cplusplus\n}"


def rows():
    text = (SOURCE / "lib" / "sip" / "anomaly.def").read_text()
    found = re.findall(r'^SIPWARD_ANOMALY\(\w+, "([^"]+)", (\w+), (\w+), (\w+), "(.*)"\)$', text, re.MULTILINE)
    assert len(found) == text.count("\nSIPWARD_ANOMALY("), "a line of anomaly.def has another shape"
    return found


def table():
    for name, kind, strict, tolerant, sentence in rows():
        yield f" * {name}  {kind}, {strict}/{tolerant}"
        yield from textwrap.wrap(sentence, 100, initial_indent=" *     ", subsequent_indent=" *     ")


def main():
    text = HEADER.read_text()
    begin = text.index(BEGIN) + len(BEGIN)
    end = text.index(END, begin)
    wanted = "".join(line + "\n" for line in table())
    if "--write" in sys.argv:
        HEADER.write_text(text[:begin] + wanted + text[end:])
    elif text[begin:end] != wanted:
        print(f"{HEADER.name} is not what anomaly.def says: run {pathlib.Path(__file__).name} --write")
        return 1
    print(f"{len(rows())} anomalies")
    return 0


sys.exit(main())
