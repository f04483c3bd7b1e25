"""Puts the page of reports together for the command: make_page.py FOLDER MODULES OUT.

FOLDER holds report.html and what is ours of the page; MODULES is the node_modules of package.json. OUT becomes a source of C++
that holds the page in two parts: what stands before the data of a report, and what stands behind it.
"""

import base64
import hashlib
import html
import pathlib
import sys

SCRIPTS = ("text.js", "value.js", "table.js", "chart.js", "ladder.js", "page.js")
# Compilers need not take longer string literals.
MOST_BYTES = 60_000
QUOTE = "page"


def digest(text):
    """As a Content-Security-Policy names a text that may stand in the page."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def elements(tag, texts):
    for text in texts:
        if f"</{tag}" in text.lower():
            sys.exit(f"make_page.py: a text ends its own <{tag}>")
    return "\n".join(f"<{tag}>{text}</{tag}>" for text in texts)


def page(folder, modules):
    def ours(name):
        return (folder / name).read_text(encoding="utf-8")

    def theirs(name):
        return (modules / "uplot" / name).read_text(encoding="utf-8")

    styles = [theirs("dist/uPlot.min.css"), ours("report.css")]
    scripts = [theirs("dist/uPlot.iife.min.js"), "".join(ours(name) for name in SCRIPTS)]
    policy = ["default-src 'none'", "script-src " + " ".join(map(digest, scripts)), "style-src " + " ".join(map(digest, styles)),
              "base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'"]
    text = ours("report.html")
    for name, value in {"policy": "; ".join(policy), "styles": elements("style", styles), "licence": html.escape(theirs("LICENSE")),
                        "scripts": elements("script", scripts)}.items():
        if text.count(f"@{name}@") != 1:
            sys.exit(f"make_page.py: report.html needs @{name}@ once")
        text = text.replace(f"@{name}@", value)
    return text.split("@data@")


def pieces(text):
    """Whole characters, in as many literals as it takes."""
    rest = text.encode()
    while rest:
        end = min(MOST_BYTES, len(rest))
        while end < len(rest) and rest[end] & 0xC0 == 0x80:
            end -= 1
        yield rest[:end].decode()
        rest = rest[end:]


def array(name, text):
    if f"){QUOTE}\"" in text:
        sys.exit(f"make_page.py: the page has the end of its own quotes, ){QUOTE}\"")
    literals = [f'    R"{QUOTE}({piece}){QUOTE}"' for piece in pieces(text)]
    return f"constexpr std::string_view {name}[] = {{\n" + ",\n".join(literals) + "};\n"


def main():
    folder, modules, out = map(pathlib.Path, sys.argv[1:4])
    parts = page(folder, modules)
    if len(parts) != 2:
        sys.exit("make_page.py: report.html needs @data@ once")
    text = ('// Written by make_page.py.\n#include "page_parts.h"\n\nnamespace sipward::cli {\nnamespace {\n\n' +
            array("kBefore", parts[0]) + "\n" + array("kAfter", parts[1]) +
            "\n}  // namespace\n\nconst PagePartsList& PageParts() {\n"
            "  static constexpr PagePartsList kParts{kBefore, kAfter};\n  return kParts;\n}\n\n}  // namespace sipward::cli\n")
    out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
