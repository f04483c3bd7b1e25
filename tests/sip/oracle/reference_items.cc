#include "tests/sip/oracle/reference_items.h"

#include <algorithm>

#include "base/ascii.h"

namespace sipward::oracle {
namespace {

using Cut = ItemRule::Cut;
constexpr std::string_view kSpace = " \t\r\n";

bool IsSpace(char c) { return kSpace.find(c) != kSpace.npos; }

// Behind the bracket that closes the one at `at`.
size_t CommentEnd(std::string_view bytes, size_t at) {
  int depth = 0;
  while (true) {
    const char c = bytes[at++];
    if (c == '\\') ++at;
    if (c == '(') ++depth;
    if (c == ')' && --depth == 0) return at;
  }
}

// Server = server-val *(LWS server-val): a slash holds together what stands around it.
std::vector<Slice> Products(std::string_view bytes, Slice text) {
  std::vector<Slice> parts;
  bool joined = false;
  for (size_t at = text.offset; at < text.end();) {
    if (IsSpace(bytes[at])) {
      ++at;
      continue;
    }
    const size_t begin = at;
    if (bytes[at] == '(') {
      at = CommentEnd(bytes, at);
      parts.push_back(Between(begin, at));
      joined = false;
      continue;
    }
    while (at < text.end() && !IsSpace(bytes[at]) && bytes[at] != '(') ++at;
    const bool joins = joined || bytes[begin] == '/';
    parts.push_back(Between(joins ? parts.back().offset : begin, at));
    if (joins) parts.erase(parts.end() - 2);
    joined = bytes[at - 1] == '/';
  }
  return parts;
}

std::vector<Slice> Everywhere(std::string_view bytes, Slice text, char separator) {
  std::vector<Slice> parts;
  size_t begin = text.offset;
  while (true) {
    const size_t at = std::min<size_t>(bytes.find(separator, begin), text.end());
    parts.push_back(Trim(bytes, Between(begin, at)));
    if (at == text.end()) return parts;
    begin = at + 1;
  }
}

std::vector<Slice> Values(std::string_view bytes, const ItemRule& rule, Slice text) {
  if (text.empty()) return {};
  switch (rule.cut) {
    case Cut::kCommas:
      return Split(bytes, text, ',');
    case Cut::kEveryComma:
      return Everywhere(bytes, text, ',');
    case Cut::kEverySemicolon:
      return Everywhere(bytes, text, ';');
    case Cut::kProducts:
      return Products(bytes, text);
    case Cut::kWhole:
    case Cut::kRetryAfter:
      break;
  }
  return {text};
}

RefItem ReadItem(std::string_view bytes, const ItemRule& rule, Slice text) {
  RefItem item;
  item.text = item.value = text;
  if (!rule.params) return item;
  size_t head = text.offset;
  size_t value_end = text.end();
  if (rule.cut == Cut::kRetryAfter) {
    while (head < text.end() && IsDigit(bytes[head])) ++head;
    value_end = head;
    const size_t open = bytes.find_first_of("(;", head);
    if (open < text.end() && bytes[open] == '(') head = CommentEnd(bytes, open);
  }
  // No head has quotes or brackets that would hide a semicolon.
  const size_t semicolon = std::min<size_t>(bytes.find(';', head), text.end());
  item.value = Trim(bytes, Between(text.offset, std::min(semicolon, value_end)));
  if (semicolon == text.end()) return item;
  item.params = Between(semicolon + 1, text.end());
  item.param_list = ReadParams(bytes, item.params, ';');
  return item;
}

bool Follows(std::string_view bytes, ItemRule* rule, const RefItem& item) {
  for (ItemParamRule& own : rule->param_rules) {
    bool found = false;
    for (const RefParam& param : item.param_list) {
      if (!EqualsIgnoreCase(param.name.In(bytes.data()), own.name)) continue;
      found = true;
      if (param.value.present() == own.bare) return false;
      if (!own.bare && !own.value.Matches(param.value.In(bytes.data()))) return false;
    }
    // An Identity without any parameter is one of RFC 4474.
    const bool old = rule->name == "Identity" && !item.params.present();
    if (own.mandatory && !found && !old) return false;
  }
  return true;
}

// A pair that hides a control character in a comment: what the lines say of it depends on quotes.
bool HidesControl(std::string_view text) {
  for (size_t i = 0; i + 1 < text.size(); ++i) {
    const char c = text[i + 1];
    if (text[i] == '\\' && (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)) return true;
  }
  return false;
}

}  // namespace

ItemRule* FindItemRule(std::string_view name) {
  for (ItemRule& rule : ItemRules()) {
    if (EqualsIgnoreCase(name, rule.name)) return &rule;
    if (!rule.compact.empty() && EqualsIgnoreCase(name, rule.compact)) return &rule;
  }
  return nullptr;
}

Judgement JudgeItems(std::string_view bytes, ItemRule* rule, Slice value,
                     std::vector<RefItem>* items) {
  const std::string_view text = value.In(bytes.data());
  const bool comments = rule->cut == Cut::kProducts || rule->cut == Cut::kRetryAfter;
  if (comments && HidesControl(text)) return Judgement::kNotJudged;
  if (!rule->line.Matches(text)) return Judgement::kMalformed;
  for (const Slice one : Values(bytes, *rule, value)) {
    items->push_back(ReadItem(bytes, *rule, one));
    if (!Follows(bytes, rule, items->back())) return Judgement::kMalformed;
  }
  return Judgement::kWellFormed;
}

}  // namespace sipward::oracle
