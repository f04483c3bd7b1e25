"""Everything that C can do is reachable: functions, constants, members of structs."""

import enum
import pathlib
import re
import sys
import unittest

import sipward
import sipward.capture
import sipward.fetcher
from sipward import _capture, _fetch, _native, auth_enums, enums, header_records, records, sdp_records

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "bindings" / "python"
MODULES = {"symbols.txt": _native, "symbols_fetch.txt": _fetch, "symbols_capture.txt": _capture}
SOURCES = "".join(path.read_text(encoding="utf-8") for path in sorted((PACKAGE / "sipward").glob("*.py"))) + (PACKAGE / "glue.c").read_text(encoding="utf-8")
# Functions that Python does not need, and why.
NEEDLESS: dict[str, str] = {}
# Members that no record shows, and why.
HIDDEN = {
    "struct_size": "set by the package",
    "reserved": "always 0",
    "known": "a property of Header, which is no slice",
}


def symbols(name):
    return (ROOT / "bindings" / "c" / name).read_text(encoding="utf-8").split()


def called(name):
    return re.search(rf"\b{name}\b", SOURCES) is not None


class Complete(unittest.TestCase):
    def test_every_function_is_called(self):
        for listing in MODULES:
            for name in symbols(listing):
                self.assertNotEqual(called(name), name in NEEDLESS, f"{name} of {listing}: neither called nor in NEEDLESS, or both")

    def test_the_modules_have_every_function(self):
        for listing, module in MODULES.items():
            self.assertEqual([name for name in symbols(listing) if not hasattr(module.lib, name)], [])

    def test_a_missing_function_is_seen(self):
        self.assertFalse(called("sipward_engine_made_up"))

    def test_every_list_of_symbols_is_known(self):
        self.assertEqual(sorted(path.name for path in (ROOT / "bindings" / "c").glob("symbols*.txt")), sorted(MODULES))

    def test_every_constant_is_used(self):
        """Of the headers, each number that has a name, in an enum or where it is needed."""
        headers = (ROOT / "include" / "sipward" / "c").glob("*.h")
        text = re.sub(r"/\*.*?\*/", "", "".join(path.read_text(encoding="utf-8") for path in headers), flags=re.DOTALL)
        names = set(re.findall(r"\b(SIPWARD_[A-Z0-9_]+)\s*=", text)) | set(re.findall(r"#define (SIPWARD_\w+)[ ]+\S", text))
        self.assertGreater(len(names), 200)
        # SIPWARD_API is no number; sizes of arrays are asked of the arrays.
        needless = {"SIPWARD_API", "SIPWARD_INCOMPLETE", "SIPWARD_END", "SIPWARD_TEST_FOUND_BYTES", "SIPWARD_MAX_HITS", "SIPWARD_MAX_TAGS",
                    "SIPWARD_MAX_EDITS", "SIPWARD_MAX_HIT_VALUES", "SIPWARD_FETCH_URL_BYTES"}  # fmt: skip
        missing = sorted(name for name in names - needless if not called(name))
        self.assertEqual(missing, [])

    def test_every_enum_has_every_value(self):
        """What begins like a member of an enum stands in it."""
        values = [name for name in dir(_native.lib) if isinstance(getattr(_native.lib, name), int)]
        for kind in [*vars(enums).values(), *vars(auth_enums).values()]:
            if isinstance(kind, type) and issubclass(kind, enum.IntEnum) and kind.__module__ in ("sipward.enums", "sipward.auth_enums") and len(kind):
                for member in kind:
                    self.assertTrue(any(name.endswith(f"_{member.name}") and getattr(_native.lib, name) == member for name in values), member)

    def test_records_show_every_member(self):
        kinds = [kind for module in (header_records, sdp_records) for kind in vars(module).values()
                 if isinstance(kind, type) and issubclass(kind, records.Record) and kind.KIND]  # fmt: skip
        self.assertGreater(len(kinds), 25)
        for kind in kinds:
            fields = [name for name, _ in _native.ffi.typeof(kind.KIND).fields if name not in HIDDEN]
            self.assertEqual(sorted(kind.members()), sorted(fields), kind.__name__)

    def test_results_have_every_member(self):
        import dataclasses

        pairs = [
            (_native, "sipward_rule_info", sipward.RuleInfo), (_native, "sipward_identity_result", sipward.identity.Result),
            (_native, "sipward_notice", sipward.Notice), (_native, "sipward_rule_statistics", sipward.RuleStatistics),
            (_native, "sipward_trust_statistics", sipward.TrustStatistics), (_native, "sipward_ban", sipward.Ban), (_native, "sipward_call_counts", sipward.CallCounts),
            (_native, "sipward_dimension", sipward.DimensionSize), (_native, "sipward_traffic", sipward.Traffic), (_native, "sipward_times", sipward.Times),
            (_native, "sipward_list_entry", sipward.ListEntry), (_native, "sipward_diagnostic", sipward.Diagnostic),
            (_native, "sipward_number_info", sipward.NumberInfo), (_native, "sipward_hep", sipward.Hep), (_native, "sipward_identity_header", sipward.identity.HeaderResult),
            (_native, "sipward_passport", sipward.identity.Passport), (_native, "sipward_identity_request", sipward.identity.Request),
            (_native, "sipward_parse_options", sipward.ParseOptions), (_native, "sipward_feed_statistics", sipward.FeedStatistics), (_fetch, "sipward_fetcher_statistics", sipward.fetcher.FetcherStatistics),
            (_native, "sipward_auth_result", sipward.auth.Result), (_native, "sipward_auth_request", sipward.auth.Request),
            (_native, "sipward_auth_account", sipward.auth.Account),
            (_capture, "sipward_capture_statistics", sipward.capture.CaptureStatistics),
        ]  # fmt: skip
        for module, struct, kind in pairs:
            members = {name for name, _ in module.ffi.typeof(struct).fields}
            members -= {"struct_size", "reserved"} | {name for name in members if name.endswith(("_size", "_count")) and name not in ("div_count", "header_count")}
            shown = {field.name.rstrip("_") for field in dataclasses.fields(kind)}
            self.assertLessEqual({name for name in members if name != "flags" or "flags" in shown}, shown, struct)


class Documented(unittest.TestCase):
    def test_everything_public_says_what_it_is(self):
        found = 0
        modules = [module for name, module in sys.modules.items() if name.startswith("sipward.") and "._" not in name]
        for module in [sipward, *modules]:
            self.assertTrue(module.__doc__, module.__name__)
            for name, value in vars(module).items():
                if name.startswith("_") or getattr(value, "__module__", None) != module.__name__:
                    continue
                if isinstance(value, type) or callable(value):
                    self.assertTrue(value.__doc__, f"{module.__name__}.{name}")
                    found += 1
                if isinstance(value, type):
                    for inner, member in vars(value).items():
                        if not inner.startswith("_") and (callable(member) or isinstance(member, property)):
                            self.assertTrue(getattr(member, "__doc__", None), f"{module.__name__}.{name}.{inner}")
                            found += 1
        self.assertGreater(found, 300)

    def test_all_is_all(self):
        for name in sipward.__all__:
            self.assertTrue(hasattr(sipward, name), name)
        public = {name for name, value in vars(sipward).items() if not name.startswith("_") and not isinstance(value, type(sys)) and name != "annotations"}
        self.assertEqual(public - set(sipward.__all__), set())


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
