#include "tests/rules/oracle/expression.h"

#include <regex.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <limits>
#include <regex>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "numbering/numbering.h"

namespace sipward::rules::oracle {
namespace {

using Kind = Tree::Kind;
__extension__ using Wide = __int128;

int64_t Stopped(Wide number) {
  const Wide least = std::numeric_limits<int64_t>::min(),
             most = std::numeric_limits<int64_t>::max();
  return static_cast<int64_t>(std::clamp(number, least, most));
}

double Number(const Val& value) {
  return value.type == Type::kFloat ? value.f : static_cast<double>(value.i);
}

Val Promoted(const Val& value, Type type) {
  const bool becomes = type == Type::kFloat && value.present && value.type == Type::kInt;
  return becomes ? Real(static_cast<double>(value.i)) : value;
}

bool IsText(const Val& value) { return value.type == Type::kString || value.type == Type::kNumber; }

bool Equal(const Val& a, const Val& b) {
  if (IsText(a)) return a.s == b.s;
  if (a.net) return a.net == b.net;
  if (a.type == Type::kFloat || b.type == Type::kFloat) return Number(a) == Number(b);
  return a.i == b.i;
}

// a < b
bool Less(const Val& a, const Val& b) {
  if (a.type == Type::kFloat || b.type == Type::kFloat) return Number(a) < Number(b);
  return a.i < b.i;
}

bool Compared(const std::string& op, const Val& a, const Val& b) {
  if (op == "==") return Equal(a, b);
  if (op == "!=") return !Equal(a, b);
  if (op == "<") return Less(a, b);
  if (op == ">") return Less(b, a);
  return Equal(a, b) || (op == "<=" ? Less(a, b) : Less(b, a));
}

Val Calculated(const std::string& op, Type type, const Val& a, const Val& b) {
  if (type == Type::kFloat) {
    const double x = Number(a), y = Number(b);
    if (op == "/") return Real(y == 0 ? 0 : x / y);
    return Real(op == "+" ? x + y : op == "-" ? x - y : x * y);
  }
  const Wide x = a.i, y = b.i;
  if (op == "/") return Whole(y == 0 ? 0 : Stopped(x / y), type);
  if (op == "%") return Whole(y == 0 ? 0 : Stopped(x % y), type);
  return Whole(Stopped(op == "+" ? x + y : op == "-" ? x - y : x * y), type);
}

std::string Lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

std::string Digits(std::string text) {
  if (!text.empty() && text[0] == '+') text.erase(0, 1);
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (std::string("-.()").find(c) == std::string::npos) {
      return "";
    }
  }
  return digits.size() > 64 ? "" : digits;
}

// How numbers are written, the tests of numbering know.
std::string Canonical(const std::string& text, numbering::Home home) {
  std::array<char, numbering::kMaxDigits> room;
  return std::string(numbering::Canonical(text, home, room));
}

Val Member(const std::string& name, const std::string& digits, numbering::Home home) {
  const numbering::Number number = numbering::Find(digits, home);
  if (name == "country") return Text(std::string(number.country()));
  if (name == "region") return Text(std::string(number.region()));
  if (name == "calling_code") return Text(std::string(number.calling_code()));
  if (name == "valid") return Truth(number.valid());
  return Whole(static_cast<int64_t>(number.type()), Type::kNumberType);
}

Val ToInt(const std::string& text) {
  const bool sign = !text.empty() && (text[0] == '-' || text[0] == '+');
  const std::string digits = text.substr(sign ? 1 : 0);
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string::npos) {
    return Absent(Type::kInt);
  }
  Wide number = 0;
  for (const char c : digits) {
    number = number * 10 + (c - '0');
    if (number > Wide{1} << 70) return Absent(Type::kInt);
  }
  if (text[0] == '-') number = -number;
  return Stopped(number) == number ? Whole(static_cast<int64_t>(number)) : Absent(Type::kInt);
}

bool Found(const std::string& text, const std::string& pattern, bool nocase) {
  regex_t compiled;
  const int flags = REG_EXTENDED | REG_NOSUB | (nocase ? REG_ICASE : 0);
  if (regcomp(&compiled, pattern.c_str(), flags) != 0) return false;
  const bool found = regexec(&compiled, text.c_str(), 0, nullptr, 0) == 0;
  regfree(&compiled);
  return found;
}

// The family of what is in no table of families: no text here is.
std::string FirstWord(const std::string& text) {
  static const std::regex word("^[ \t]*([^/ \t(),;\\[\\]<>\"]*)");
  std::smatch found;
  std::regex_search(text, found, word);
  std::string name = found[1];
  static const std::regex version("^(.+?)[^A-Za-z0-9]?[0-9]+\\.[0-9]");
  if (std::regex_search(name, found, version)) name = found[1];
  return Lower(name.substr(0, 64));
}

// Of the versions that texts here hold: numbers with dots between them, maybe a letter, and maybe
// digits. Words that are known, as "rc", are longer than any text here.
bool VersionLess(const std::string& a, const std::string& b) {
  static const std::regex version("^([0-9]+(?:\\.[0-9]+)*)[^A-Za-z0-9]*([A-Za-z]?)([0-9]*)[^]*$");
  std::smatch of_a, of_b;
  if (!std::regex_match(a, of_a, version) || !std::regex_match(b, of_b, version)) return false;
  const auto numbers = [](const std::string& text) {
    std::vector<int64_t> all;
    std::istringstream in(text);
    for (std::string part; std::getline(in, part, '.');) all.push_back(std::stoll("0" + part));
    all.resize(16);
    return all;
  };
  const auto rank = [&](const std::smatch& of) {
    return std::make_tuple(numbers(of[1]), Lower(of[2]), numbers(of[3]));
  };
  return rank(of_a) < rank(of_b);
}

bool EndsWith(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

}  // namespace

// A dynamic list takes what a list of its kind in a file may hold; an exact one any text.
bool CanHold(lists::Kind kind, const std::string& text) {
  if (kind == lists::Kind::kExact) return !text.empty();
  const lists::Entry entry{text, 1, 1};
  return lists::List::Build(kind, false, {entry}, nullptr) != nullptr;
}

std::optional<size_t> Fit(const ListOf& list, const std::string& entry, const Val& value) {
  const std::string& text = value.s;
  switch (list.kind) {
    case lists::Kind::kCidr: {
      const Cidr net = *Cidr::Parse(entry);
      if (!net.Contains(value.net->address)) return std::nullopt;
      return net.address.is_v4() ? net.bits + 96u : net.bits;
    }
    case lists::Kind::kPrefix: {
      const auto bare = [](const std::string& s) { return s[0] == '+' ? s.substr(1) : s; };
      if (bare(text).rfind(bare(entry), 0) == 0) return bare(entry).size();
      return std::nullopt;
    }
    case lists::Kind::kDomain: {
      const auto rootless = [](const std::string& s) {
        return s.empty() || s.back() != '.' ? s : s.substr(0, s.size() - 1);
      };
      const std::string name = rootless(Lower(text)), domain = rootless(Lower(entry));
      if (name == domain || EndsWith(name, "." + domain)) return domain.size();
      return std::nullopt;
    }
    case lists::Kind::kExact:
      if (text == entry || (list.nocase && Lower(text) == Lower(entry))) return 0;
      return std::nullopt;
    case lists::Kind::kPattern:
      if (Found(text, entry, list.nocase)) return 0;
      return std::nullopt;
  }
  return std::nullopt;
}

Evaluation::Evaluation(const FileOf& file, const EventOf& event, Surroundings* around)
    : file_(file), event_(event), around_(around) {
  for (const auto& [name, value] : file.consts) {
    if (name == "home") home_ = numbering::Home::Find(value->literal.s).value_or(numbering::Home());
  }
}

Val Evaluation::Of(const Tree& tree) const {
  const auto part = [&](size_t i) { return Of(*tree.parts[i]); };
  switch (tree.kind) {
    case Kind::kLiteral:
      if (tree.type == Type::kNumber) {
        return Text(Canonical(tree.literal.s, home_), Type::kNumber);
      }
      return tree.literal;
    case Kind::kField:
      return Field(tree);
    case Kind::kNamed:
      return part(0);
    case Kind::kHas:
      return Truth(part(0).present);
    case Kind::kNot:
      return Truth(part(0).i == 0);
    case Kind::kAnd:
    case Kind::kOr: {
      const bool until = tree.kind == Kind::kOr;
      for (const TreePtr& operand : tree.parts) {
        if ((Of(*operand).i != 0) == until) return Truth(until);
      }
      return Truth(!until);
    }
    case Kind::kChoice:
      return Promoted(part(0).i != 0 ? part(1) : part(2), tree.type);
    case Kind::kDefault: {
      const Val first = part(0);
      return Promoted(first.present ? first : part(1), tree.type);
    }
    case Kind::kBinary:
      return tree.type == Type::kBool ? Truth(Compared(tree.name, part(0), part(1)))
                                      : Calculated(tree.name, tree.type, part(0), part(1));
    case Kind::kNegate: {
      const Val operand = part(0);
      return operand.type == Type::kFloat ? Real(-operand.f)
                                          : Whole(Stopped(-Wide{operand.i}), operand.type);
    }
    case Kind::kCall:
      return Call(tree);
    case Kind::kInSet:
      return Truth(InSet(tree));
    case Kind::kInNet:
      return Truth(part(1).net->Contains(part(0).net->address));
    case Kind::kInList:
      return Truth(InList(tree));
    case Kind::kLookup:
      return Lookup(tree);
    case Kind::kAggregate:
      return around_->ValueOf(tree);
    case Kind::kMember:
      return Member(tree.name, part(0).s, home_);
  }
  return {};
}

Val Evaluation::Field(const Tree& tree) const {
  for (const auto& [id, value] : event_.fields) {
    if (id == tree.field) return value;
  }
  return Absent(tree.type);
}

namespace {

// By the calendar of the C library.
Val TimePart(const std::string& name, Nanos time) {
  const auto second = static_cast<std::time_t>(time / kSecond - (time % kSecond < 0 ? 1 : 0));
  std::tm utc{};
  gmtime_r(&second, &utc);
  constexpr int kSundayLast = 6;
  return Whole(name == "hour" ? utc.tm_hour : (utc.tm_wday + kSundayLast) % 7);
}

}  // namespace

Val Evaluation::Call(const Tree& tree) const {
  const std::string& name = tree.name;
  if (name == "anomaly") return Truth(event_.anomaly);
  if (name == "hour" || name == "weekday") return TimePart(name, Of(*tree.parts[0]).i);
  const std::string a = Of(*tree.parts[0]).s;
  if (name == "header") {
    for (const auto& [header, value] : event_.headers) {
      if (Lower(header) == Lower(a)) return Text(value);
    }
    return Absent(Type::kString);
  }
  if (name == "len") return Whole(static_cast<int64_t>(a.size()));
  if (name == "lower") return Text(Lower(a));
  if (name == "product") return Text(FirstWord(a));
  if (name == "digits") return Text(Digits(a));
  if (name == "number") return Text(Canonical(a, home_), Type::kNumber);
  if (name == "int") return ToInt(a);
  const Val second = Of(*tree.parts[1]);
  if (name == "prefix" || name == "suffix") {
    const auto most = static_cast<int64_t>(a.size());
    const auto n = static_cast<size_t>(std::clamp<int64_t>(second.i, 0, most));
    return Text(name == "prefix" ? a.substr(0, n) : a.substr(a.size() - n));
  }
  const std::string& b = second.s;
  if (name == "contains") return Truth(a.find(b) != std::string::npos);
  if (name == "starts_with") return Truth(a.rfind(b, 0) == 0);
  if (name == "ends_with") return Truth(EndsWith(a, b));
  if (name == "version_less") return Truth(VersionLess(a, b));
  if (name == "equals_nocase") return Truth(Lower(a) == Lower(b));
  return Truth(Found(a, b, name == "matches_nocase"));
}

bool Evaluation::InSet(const Tree& tree) const {
  const Val value = Of(*tree.parts[0]);
  return std::any_of(tree.parts.begin() + 1, tree.parts.end(), [&](const TreePtr& element) {
    const Val one = Of(*element);
    return value.type == Type::kIp ? one.net->Contains(value.net->address) : Equal(value, one);
  });
}

const ListOf& Evaluation::List(const std::string& name) const {
  return *std::find_if(file_.lists.begin(), file_.lists.end(),
                       [&](const ListOf& list) { return list.name == name; });
}

bool Evaluation::InList(const Tree& tree) const {
  const ListOf& list = List(tree.name);
  const Val value = Of(*tree.parts[0]);
  if (list.dynamic) return around_->InDynamic(list.name, value);
  return std::any_of(list.entries.begin(), list.entries.end(), [&](const ListOf::Entry& entry) {
    return Fit(list, entry.text, value).has_value();
  });
}

Val Evaluation::Lookup(const Tree& tree) const {
  const ListOf& list = List(tree.name);
  const Val value = Of(*tree.parts[0]);
  size_t column = 0;
  while (!tree.column.empty() && list.columns[column].first != tree.column) ++column;
  const ListOf::Entry* best = nullptr;
  size_t most = 0;
  for (const ListOf::Entry& entry : list.entries) {
    const auto fit = Fit(list, entry.text, value);
    if (!fit || (best != nullptr && *fit <= most)) continue;
    best = &entry;
    most = *fit;
  }
  return best == nullptr ? Absent(tree.type) : best->values[column]->literal;
}

}  // namespace sipward::rules::oracle
