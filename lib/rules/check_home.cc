// The country of the site: `const home = "DE"`.
#include <algorithm>
#include <string>

#include "numbering/numbering.h"
#include "rules/check.h"

namespace sipward::rules {

std::string CountryHint(std::string_view text) {
  std::string upper(text);
  std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  if (upper == "UK") return "the code of the United Kingdom is GB";
  if (numbering::Home::Find(upper)) return "countries are written in capitals: " + upper;
  const auto home = numbering::Home::OfCallingCode(text);
  return home ? "a country, not its calling code: " + std::string(home->country())
              : "countries have the two letters of ISO 3166-1";
}

void ReadHome(Scope* scope, Expressions* expressions, NodeBuilder* nodes,
              Diagnostics* diagnostics) {
  const auto name = scope->names.find("home");
  if (name == scope->names.end() || !name->second.def->constant) return;
  Checker checker(scope, expressions, nodes, diagnostics);
  const NodeId id = checker.ValueOfConst(&name->second);
  if (id == kNoNode) return;
  const Span& span = name->second.def->value->span;
  if ((*nodes)[id].type != facts::Type::kString) {
    diagnostics->Error("R203", span, "'home' is a text, the country of this site", "\"DE\"");
    return;
  }
  const std::string text(nodes->ConstantOf(id).str());
  if (text.empty()) return;
  if (const auto home = numbering::Home::Find(text)) {
    expressions->home = *home;
  } else {
    diagnostics->Error("R209", span, "'" + text + "' is no country", CountryHint(text));
  }
}

}  // namespace sipward::rules
