"""Takes the pages of the repository apart: fenced blocks, tables, links, words in backticks."""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
# Kept by machines or by other projects.
NOT_OURS = {".git", "build", "seeds", "__pycache__"}


def text_of(page):
    return (ROOT / page).read_text(encoding="utf-8")


def c_headers():
    """The parts of the C interface, in which its declarations stand."""
    return [str(p.relative_to(ROOT)) for p in sorted((ROOT / "include" / "sipward" / "c").glob("*.h"))]


def all_pages():
    found = [p for p in sorted(ROOT.rglob("*.md")) if not NOT_OURS & set(p.relative_to(ROOT).parts)]
    return [str(p.relative_to(ROOT)) for p in found]


def blocks(text, kind):
    """The contents of every fenced block of this kind."""
    return re.findall(rf"^```{re.escape(kind)}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def without_blocks(text):
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def section(text, title):
    """What stands between a heading and the next one of its rank or above."""
    head = re.search(rf"^(#+) {re.escape(title)}$", text, re.MULTILINE)
    if head is None:
        raise AssertionError(f"there is no heading {title!r}")
    rest = text[head.end():]
    end = re.search(rf"^#{{1,{len(head.group(1))}}} ", rest, re.MULTILINE)
    return rest[:end.start()] if end else rest


def table(text, *heads):
    """The rows of the table with these heads, as lists of cells."""
    lines = iter(text.splitlines())
    for line in lines:
        if cells(line) == list(heads):
            next(lines)
            rows = []
            for row in lines:
                if not row.startswith("|"):
                    break
                rows.append(cells(row))
            return rows
    raise AssertionError(f"there is no table {heads}")


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")] if line.startswith("|") else []


def code(text):
    """Everything between single backticks; a line may break inside."""
    return [" ".join(words.split()) for words in re.findall(r"(?<!`)`([^`]+)`(?!`)", without_blocks(text))]


def links(text):
    return re.findall(r"\]\(([^)\s]+)\)", without_blocks(text))


def anchors(text):
    """What GitHub calls the headings of a page."""
    found = re.findall(r"^#+ (.*)$", without_blocks(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in found}


def transcript(text):
    """A block of `$ command` lines as pairs of a command and the lines that follow it."""
    steps = []
    for line in text.splitlines():
        if line.startswith("$ "):
            steps.append((line[2:], []))
        else:
            steps[-1][1].append(line)
    return steps
