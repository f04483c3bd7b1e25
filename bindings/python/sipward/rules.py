"""Rules: texts in, a compiled rule set out."""
from __future__ import annotations

import dataclasses
import os
import pathlib
from collections.abc import Iterator
from typing import Any

from ._core import Buffer, Handle, Text, as_bytes, decode, fixed, make, new, text, unsigned, U64
from ._native import ffi, lib
from .enums import Severity
from .errors import ArgumentError, RulesError, check, refuse


@dataclasses.dataclass(frozen=True, slots=True)
class Diagnostic:
    """What is wrong with a rule text. Lines and columns count from 1, columns and length in bytes; line 0: the file as a whole."""

    severity: Severity
    file: str
    line: int
    column: int
    length: int
    code: str
    message: str
    hint: str
    source_line: str

    @property
    def is_error(self) -> bool:
        """Else it is a warning."""
        return self.severity == Severity.ERROR

    def __str__(self) -> str:
        """As the command shows it: place, message, the line with the place marked, hint."""
        lines = [f"{self.file}:{self.line}:{self.column}: {self.severity.label} {self.code}: {self.message}"]
        if self.source_line:
            before = self.source_line.encode("utf-8", "surrogateescape")[: max(0, self.column - 1)].decode("utf-8", "replace")
            pad = "".join("\t" if each == "\t" else " " for each in before)
            lines += [f"  {self.source_line}", f"  {pad}{'^' + '~' * max(0, self.length - 1)}"]
        if self.hint:
            lines.append(f"  hint: {self.hint}")
        return "\n".join(lines)


@dataclasses.dataclass(frozen=True, slots=True)
class Budget:
    """What rules need, or may need at most: bytes of tables, and nanoseconds of the dearest event (an estimate at 3 GHz)."""

    state_bytes: int
    event_ns: int


@dataclasses.dataclass(frozen=True, slots=True)
class RuleInfo:
    """A rule, for people: where it stands, what it costs and does. Stage 2 runs once the caller's identity is known."""

    name: str
    file: str
    line: int
    severity: str
    why: str
    mode: str
    actions: str
    state_bytes: int
    worst_ns: int
    aggregates: int
    stage: int


@dataclasses.dataclass(frozen=True, slots=True)
class RuleTest:
    """A `test` block: how many events it gives, and what it expects of them."""

    name: str
    file: str
    line: int
    events: int
    expectations: int


@dataclasses.dataclass(frozen=True, slots=True)
class RuleTestResult:
    """What came of a test. Of the first expectation that was not met: its line, its text, the event that shows it, what it came to."""

    test: RuleTest
    passed: bool
    failed: int
    line: int
    expected: str
    event: int
    found: str


def _describe(function: Any, kind: str, pointer: Any, index: int) -> Any:
    info = new(kind)
    check(function(pointer, index, info), "describe rules")
    return info


class Rules(Handle):
    """A compiled rule set: immutable, shared by any number of engines and threads. `len(rules)` rules, in their order."""

    __slots__ = ()

    def __init__(self, pointer: Any) -> None:
        if not isinstance(pointer, ffi.CData):
            raise TypeError("rules are made by Rules.compile, Rules.from_files, Rules.default or Compiler.build")
        super().__init__(pointer)

    @classmethod
    def default(cls) -> Rules:
        """The rules that come with the library."""
        return cls.compile(default_pack=True)

    @classmethod
    def compile(cls, *texts: Text, name: str = "rules", default_pack: bool = False, tests: bool = False) -> Rules:
        """Compiles texts, which diagnostics call `name`. `default_pack` adds the rules that come with the library, `tests` keeps
        the test blocks. Files that a text names are not read: see from_files and Compiler. RulesError says what is wrong."""
        with Compiler() as compiler:
            if default_pack:
                compiler.add_default_pack()
            if tests:
                compiler.keep_tests()
            for each in texts:
                compiler.add(each, name)
            return compiler.build()

    @classmethod
    def from_files(cls, *paths: str | os.PathLike[str], default_pack: bool = False, tests: bool = False) -> Rules:
        """Compiles rule files. Files that they name are read from beside the file that names them. OSError if a rule file cannot
        be read; RulesError for all else."""
        with Compiler() as compiler:
            if default_pack:
                compiler.add_default_pack()
            if tests:
                compiler.keep_tests()
            for path in paths:
                compiler.add(pathlib.Path(path).read_bytes(), os.fspath(path))
            compiler.read_files()
            return compiler.build()

    def __len__(self) -> int:
        return int(lib.sipward_rules_count(self._c()))

    def __iter__(self) -> Iterator[RuleInfo]:
        return (self[index] for index in range(len(self)))

    def __getitem__(self, index: int) -> RuleInfo:
        if not 0 <= index < len(self):
            raise IndexError(f"there is no rule {index}")
        info = _describe(lib.sipward_rules_describe, "sipward_rule_info", self._c(), index)
        return RuleInfo(text(info.name), text(info.file), info.line, text(info.severity), text(info.why), text(info.mode), text(info.actions),
                        info.state_bytes, info.worst_ns, info.aggregates, info.stage)

    def __repr__(self) -> str:
        return super().__repr__() if self.closed else f"<sipward.Rules of {len(self)} rules>"

    def _texts(self) -> tuple[Any, Any]:
        source, hash_ = ffi.new("sipward_text*"), ffi.new("sipward_text*")
        check(lib.sipward_rules_source(self._c(), source, hash_), "read the source")
        return source, hash_

    @property
    def source(self) -> bytes:
        """All that they were compiled of, for Compiler.add_source; empty if the compiler was not told to keep it."""
        source = self._texts()[0]
        return bytes(ffi.unpack(source.data, source.size)) if source.size else b""

    @property
    def hash(self) -> str:
        """64 hexadecimal digits; equal texts and lists have an equal one."""
        return text(self._texts()[1])

    def budget(self) -> Budget:
        """What they need."""
        out = new("sipward_rule_budget")
        check(lib.sipward_rules_budget(self._c(), out), "read the budget")
        return Budget(out.state_bytes, out.event_ns)

    def tests(self) -> list[RuleTest]:
        """Their test blocks; none if they were not kept."""
        found = []
        for index in range(lib.sipward_rules_test_count(self._c())):
            info = _describe(lib.sipward_rules_test_describe, "sipward_test_info", self._c(), index)
            found.append(RuleTest(text(info.name), text(info.file), info.line, info.events, info.expectations))
        return found

    def run_tests(self) -> Iterator[RuleTestResult]:
        """Runs one test after the other, each on an engine and a state of its own. NoMemoryError if there is none for them."""
        for index, test in enumerate(self.tests()):
            out = new("sipward_test_result")
            check(lib.sipward_rules_test_run(self._c(), index, out), f"run the test {test.name!r}")
            yield RuleTestResult(test, bool(out.passed), out.failed, out.line, text(out.expected), out.event, fixed(out.found, out.found_size))


class Compiler(Handle):
    """Rule texts and the files that they name in, rules out, once. For what Rules.compile and Rules.from_files do not do."""

    __slots__ = ("_built",)

    def __init__(self) -> None:
        status, pointer = make(lib.sipward_compiler_create, lib.sipward_compiler_destroy, "sipward_compiler")
        check(status, "make a compiler")
        super().__init__(pointer)
        self._built = False

    def _check(self, status: int, what: str) -> None:
        if status == lib.SIPWARD_ERR_ARGUMENT and self._built:
            raise ArgumentError(f"{what}: these rules were built already; make another Compiler")
        if status == lib.SIPWARD_ERR_RULES:
            found = self.diagnostics()
            raise RulesError("\n".join(str(each) for each in found) or f"{what}: the rules have errors", found)
        if status < 0:
            raise refuse(status, what)

    def add_default_pack(self) -> None:
        """Adds the rules and lists that come with the library, once."""
        self._check(lib.sipward_compiler_add_default_pack(self._c()), "add the default rules")

    def add(self, rules: Text, name: str = "rules") -> None:
        """Adds a rule text, which diagnostics call `name`. RulesError if it cannot be read."""
        data, title = as_bytes(rules, "a rule text"), as_bytes(name, "the name")
        self._check(lib.sipward_compiler_add_rules(self._c(), title, len(title), data, len(data)), f"add {name!r}")

    def keep_tests(self) -> None:
        """From now on the test blocks of added texts are checked and kept."""
        self._check(lib.sipward_compiler_keep_tests(self._c()), "keep tests")

    def keep_source(self) -> None:
        """What is added from now on is kept with the rules, for Rules.source."""
        self._check(lib.sipward_compiler_keep_source(self._c()), "keep the source")

    def add_source(self, source: Buffer) -> None:
        """Adds what Rules.source gave, instead of texts and files one by one. RulesError if it is no source, or has errors."""
        data = ffi.from_buffer(source)
        self._check(lib.sipward_compiler_add_source(self._c(), data, len(data)), "add a source")

    def set_budget(self, *, state_bytes: int = 0, event_ns: int = 0) -> None:
        """What the rules may need at most; 0 is the default: 48 MiB, 10 ms."""
        budget = new("sipward_rule_budget", state_bytes=unsigned(state_bytes, "state_bytes", U64), event_ns=unsigned(event_ns, "event_ns", U64))
        self._check(lib.sipward_compiler_set_budget(self._c(), budget), "set the budget")

    def files(self) -> Iterator[tuple[int, str, str]]:
        """Index, path and naming text of each file that the texts name; an imported file that was given may name more."""
        path, named_by = ffi.new("sipward_text*"), ffi.new("sipward_text*")
        index = 0
        while lib.sipward_compiler_file(self._c(), index, path, named_by) == lib.SIPWARD_OK:
            yield index, text(path), text(named_by)
            index += 1

    def set_file(self, index: int, content: Text) -> None:
        """Gives the contents of file `index`. RulesError if it is imported and cannot be read."""
        data = as_bytes(content, "the contents")
        self._check(lib.sipward_compiler_set_file(self._c(), unsigned(index, "index"), data, len(data)), f"set file {index}")

    def read_files(self) -> None:
        """Reads every file that the texts name from beside the text that names it. One that cannot be read is not given: build
        then says where it was named."""
        for index, path, named_by in self.files():
            try:
                content = (pathlib.Path(named_by).parent / path).read_bytes()
            except (OSError, ValueError):
                continue
            self.set_file(index, content)

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Errors and warnings so far, at most 20."""
        found: list[Diagnostic] = []
        out = new("sipward_diagnostic")
        while lib.sipward_compiler_diagnostic(self._c(), len(found), out) == lib.SIPWARD_OK:
            found.append(Diagnostic(Severity(out.severity), text(out.file), out.line, out.column, out.length, text(out.code),
                                    text(out.message), text(out.hint), text(out.source_line)))
        return tuple(found)

    def build(self) -> Rules:
        """Compiles everything that was added, once. RulesError has all diagnostics. After NoMemoryError it may be tried again."""
        status, pointer = make(lib.sipward_compiler_build, lib.sipward_rules_destroy, "sipward_rules", self._c())
        self._check(status, "build the rules")
        self._built = True
        return Rules(pointer)


def format_rules(rules: Text) -> str:
    """Lays a rule text out in the one way that `sipward rules fmt` does. RulesError if it cannot be read."""
    data, size = as_bytes(rules, "a rule text"), ffi.new("size_t*")
    status = lib.sipward_rules_format(data, len(data), ffi.NULL, 0, size)
    room = ffi.new("char[]", size[0] + 1) if status == lib.SIPWARD_ERR_SPACE else ffi.new("char[]", 1)
    if status == lib.SIPWARD_ERR_SPACE:
        status = lib.sipward_rules_format(data, len(data), room, size[0], size)
    if status == lib.SIPWARD_ERR_RULES:
        with Compiler() as compiler:
            compiler.add(rules)
    check(status, "format rules")
    return decode(ffi.unpack(room, size[0])) if size[0] else ""
