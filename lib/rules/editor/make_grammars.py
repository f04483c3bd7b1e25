"""Writes what editors need to colour rule files, out of the language's own tables:

  python3 lib/rules/editor/make_grammars.py           writes ward.tmLanguage.json and ward.vim beside it
  python3 lib/rules/editor/make_grammars.py --check   says whether they are as they would be written
"""

import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
LIB = HERE.parents[1]

STATEMENTS = "version import mode const define list rule override profile test".split()
CLAUSES = ("meta on where let when then for given expect evidence severity why ref file value dynamic nocase pack "
           "enforce report off strong any").split()
PARTS = "by over within half_life if reset of burst max to repeat every after before at event proven".split()
OPERATORS = "and or not in".split()
SEVERITIES = "info low medium high critical".split()


def words(path, pattern):
    """The texts in quotes of what the pattern finds in a source."""
    text = (LIB / path).read_text(encoding="utf-8")
    found = re.search(pattern + r"[^=]*=\s*\{(.*?)\};", text, re.DOTALL)
    if found is None:
        sys.exit(f"{path}: there is no {pattern}")
    return re.findall(r'"([^"]+)"', found.group(1))


def first_words(path, start):
    """The first text in quotes of each row that begins so."""
    return re.findall(start + r'"([^"]+)"', (LIB / path).read_text(encoding="utf-8"))


def groups():
    """What is coloured alike, by its name in the manner of TextMate."""
    facts = "facts/field.cc"
    values = [v for name in ("kTransports", "kDirections", "kResults", "kAuthReasons", "kIdentityResults")
              for v in words(facts, name + r"\[\]")]
    values += first_words("sip/method.def", r"SIPWARD_METHOD\(\w+, ")
    values += first_words("facts/identity_reason.def", r"SIPWARD_IDENTITY_REASON\(\w+, ")
    values += words("numbering/numbering.cc", r"kTypeNames")
    aggregates = re.findall(r'\{"(\w+)", AggregateKind::', (LIB / "rules/aggregate.cc").read_text(encoding="utf-8"))
    return {
        "keyword.control.ward": STATEMENTS,
        "keyword.other.clause.ward": CLAUSES,
        "keyword.other.part.ward": PARTS,
        "keyword.operator.word.ward": OPERATORS,
        "support.function.action.ward": sorted({*words("rules/parser_rule.cc", "kActions"), "allow", "flag"}),
        "support.function.aggregate.ward": aggregates,
        "support.function.ward": words("rules/check_calls.cc", "kFunctionNames"),
        "support.type.event.ward": words(facts, r"kEvents\[kEventKinds\]"),
        "constant.language.ward": ["true", "false", *SEVERITIES, *values],
        # Some types and fields share a name, and rules speak of fields.
        "variable.language.ward": first_words("facts/field.def", r"SIPWARD_FIELD\(\w+, "),
        "storage.type.ward": sorted({*words(facts, r"kTypeNames\[\]"), *words("lists/entries.cc", "kNames")}),
    }


def one_of(names):
    """A name in a row of names joined by dots is not the name itself."""
    longest_first = sorted(set(names), key=lambda name: (-len(name), name))
    return r"(?<![\w.])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w.])"


def textmate(all_groups):
    # Longer names come before those that they begin with; what is called stands before a parenthesis.
    called = ("support.function.aggregate.ward", "support.function.ward")
    rows = [{"name": scope, "match": one_of(names) + (r"(?=\s*\()" if scope in called else "")}
            for scope, names in all_groups.items() if scope in called]
    rows += [{"name": scope, "match": one_of(names)} for scope, names in all_groups.items() if scope not in called]
    return {
        "name": "sipward rules",
        "scopeName": "source.ward",
        "fileTypes": ["ward"],
        "patterns": [
            {"name": "comment.line.number-sign.ward", "match": r"#.*$"},
            {"name": "string.quoted.double.ward", "begin": "\"", "end": "\"|$", "patterns": [
                {"name": "constant.character.escape.ward", "match": r"\\(?:x[0-9A-Fa-f]{2}|[\"\\nrt])"}]},
            {"name": "constant.numeric.ward",
             "match": r"(?<![\w.])(?:0x[0-9A-Fa-f]+|[0-9]+(?:\.[0-9]+)?(?:ms|s|m|h|d)?)(?![\w.])"},
            {"name": "keyword.operator.ward", "match": r"==|!=|<=|>=|\?\?|[<>=?:+*/%-]"},
            *rows,
        ],
    }


def vim(all_groups):
    links = {"keyword.control.ward": "Statement", "keyword.other.clause.ward": "Keyword",
             "keyword.other.part.ward": "Keyword", "keyword.operator.word.ward": "Operator",
             "support.function.action.ward": "Special", "support.function.aggregate.ward": "Function",
             "support.function.ward": "Function", "support.type.event.ward": "Type", "storage.type.ward": "Type",
             "constant.language.ward": "Constant", "variable.language.ward": "Identifier"}  # the last of two counts
    lines = ["\" sipward rules: written by make_grammars.py out of the language's tables", "if exists(\"b:current_syntax\")",
             "  finish", "endif", "setlocal iskeyword+=."]
    for scope, link in links.items():
        group = "ward" + "".join(part.capitalize() for part in scope.split(".")[:-1])
        names = all_groups[scope]
        for i in range(0, len(names), 8):
            lines.append(f"syntax keyword {group} " + " ".join(names[i:i + 8]))
        lines.append(f"highlight default link {group} {link}")
    lines += [r"syntax match wardNumber /\<\(0x\x\+\|\d\+\(\.\d\+\)\?\(ms\|s\|m\|h\|d\)\?\)\>/", "highlight default link wardNumber Number",
              r"syntax match wardEscape /\\\(x\x\x\|[\"\\nrt]\)/ contained", "highlight default link wardEscape SpecialChar",
              r"syntax region wardString start=/\"/ skip=/\\./ end=/\"\|$/ contains=wardEscape", "highlight default link wardString String",
              "syntax match wardComment /#.*$/", "highlight default link wardComment Comment", "let b:current_syntax = \"ward\""]
    return "\n".join(lines) + "\n"


def files():
    all_groups = groups()
    return {"ward.tmLanguage.json": json.dumps(textmate(all_groups), indent=1) + "\n", "ward.vim": vim(all_groups)}


def main():
    for name, text in files().items():
        path = HERE / name
        if "--check" not in sys.argv[1:]:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            sys.exit(f"{name} is not what the language's tables say: run lib/rules/editor/make_grammars.py")


if __name__ == "__main__":
    main()
