"""Doxygen's input filter: the plain comments of the public headers become documentation of what they stand at.

  comments.py FILE      writes the header to the standard output, with as many lines

A comment that begins its line belongs to what follows, one behind code to that code, the first one to the file; that of
sipward.h is the front page. What Doxygen would take for a command or a tag is what the author wrote.
"""

import pathlib
import re
import sys

# A comment in C, or a row of comment lines in C++.
BLOCK = re.compile(r"/\*(.*?)\*/", re.DOTALL)
LINE = re.compile(r"//(.*)$")
SPECIAL = re.compile(r"::|[\\@<>#%&]")


def plain(text):
    return SPECIAL.sub(lambda found: "\\" + found.group(0), text)


def before(text, begin):
    """What stands before this on its line."""
    return text[text.rfind("\n", 0, begin) + 1:begin].strip()


def c_comments(text, head):
    """Blocks. The text between them is code."""
    out, end = [], 0
    for found in BLOCK.finditer(text):
        out.append(text[end:found.start()])
        end = found.end()
        code = before(text, found.start())
        if found.start() == 0 and head.startswith("mainpage"):
            # A table of words and what is said of them, as it stands.
            out.append(f"/** \\{head}\n * \\verbatim\n{found.group(1)}\n\\endverbatim\n*/")
            continue
        if code.startswith("#include"):
            out.append(found.group(0))
            continue
        if found.start() == 0:
            opening = f"/** \\{head}\n * "
        else:
            opening = "/**<" if code else "/**"
        out.append(f"{opening}{plain(found.group(1))}*/")
    return "".join(out) + text[end:]


def cpp_comments(text, head):
    """Lines. What goes on behind code on the next line goes on with the same text."""
    out, behind, first = [], False, True
    for line in text.split("\n"):
        found = LINE.search(line)
        if found is None or '"' in line[:found.start()] and line[:found.start()].count('"') % 2 == 1:
            out.append(line)
            behind = first = False
            continue
        code = line[:found.start()]
        behind = bool(code.strip()) or behind
        mark = "///<" if behind else "///"
        if first and not behind and not out:
            mark = f"/// \\{head}\n///"
        out.append(code + mark + plain(found.group(1)))
        first = False
    return "\n".join(out)


def documented(path):
    text = path.read_text(encoding="utf-8")
    head = "mainpage sipward" if (path.parent.name, path.name) == ("include", "sipward.h") else "file"
    return c_comments(text, head) if text.startswith("/*") else cpp_comments(text, head)


if __name__ == "__main__":
    sys.stdout.write(documented(pathlib.Path(sys.argv[1])))
