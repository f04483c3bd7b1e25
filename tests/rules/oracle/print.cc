#include <random>
#include <string>

#include "tests/rules/oracle/tree.h"

namespace sipward::rules::oracle {
namespace {

using Kind = Tree::Kind;

// How strong operators are, from the table of the handbook.
enum : int {
  kChoice = 1,
  kOr,
  kAnd,
  kNot,
  kCompare,
  kIn,
  kDefault,
  kSum,
  kProduct,
  kMinus,
  kValue
};

std::string DurationText(Nanos nanos) {
  for (const auto& [unit, name] : {std::pair(kDay, "d"), std::pair(kHour, "h"),
                                   std::pair(kMinute, "m"), std::pair(kSecond, "s")}) {
    if (nanos % unit == 0) return std::to_string(nanos / unit) + name;
  }
  return std::to_string(nanos / kMillisecond) + "ms";
}

class Printer {
 public:
  explicit Printer(uint64_t seed) : random_(seed) {}

  std::string At(const Tree& tree, int least) {
    const int own = StrengthOf(tree);
    const std::string text = Bare(tree);
    return own < least || (own < kMinus && random_() % 8 == 0) ? "(" + text + ")" : text;
  }

 private:
  static int StrengthOf(const Tree& tree) {
    switch (tree.kind) {
      case Kind::kNot:
        return kNot;
      case Kind::kAnd:
        return kAnd;
      case Kind::kOr:
        return kOr;
      case Kind::kChoice:
        return kChoice;
      case Kind::kDefault:
        return kDefault;
      case Kind::kNegate:
        return kMinus;
      case Kind::kInSet:
      case Kind::kInNet:
      case Kind::kInList:
        return kIn;
      case Kind::kBinary:
        return tree.name == "+" || tree.name == "-"                       ? kSum
               : tree.name == "*" || tree.name == "/" || tree.name == "%" ? kProduct
                                                                          : kCompare;
      default:
        return kValue;
    }
  }

  std::string Joined(const Tree& tree, const char* between, int least) {
    std::string text;
    for (const TreePtr& part : tree.parts) {
      if (!text.empty()) text += between;
      text += At(*part, least);
    }
    return text;
  }

  std::string Bare(const Tree& tree) {
    const auto part = [&](size_t i, int least) { return At(*tree.parts[i], least); };
    switch (tree.kind) {
      case Kind::kLiteral:
      case Kind::kNamed:
        return tree.name;
      case Kind::kField:
        return std::string(facts::Describe(tree.field).name);
      case Kind::kHas:
        return "has(" + part(0, kChoice) + ")";
      case Kind::kNot:
        return Not(tree);
      case Kind::kAnd:
        return Joined(tree, " and ", kNot);
      case Kind::kOr:
        return Joined(tree, " or ", kAnd);
      case Kind::kChoice:
        return part(0, kOr) + " ? " + part(1, kChoice) + " : " + part(2, kChoice);
      case Kind::kDefault:
        return part(0, kSum) + " \?\? " + part(1, kDefault);
      case Kind::kBinary: {
        const int own = StrengthOf(tree);
        const int left = own == kCompare ? kIn : own;
        return part(0, left) + " " + tree.name + " " + part(1, left == own ? own + 1 : left);
      }
      case Kind::kNegate:
        return "-" + part(0, kMinus);
      case Kind::kCall:
        return tree.name + "(" + Joined(tree, ", ", kChoice) + ")";
      case Kind::kInSet:
      case Kind::kInNet:
      case Kind::kInList:
        return In(tree, "in");
      case Kind::kLookup:
        return tree.name + "[" + part(0, kChoice) + "]" +
               (tree.column.empty() ? "" : "." + tree.column);
      case Kind::kAggregate:
        return Aggregate(*tree.aggregate);
      case Kind::kMember:
        return part(0, kValue) + "." + tree.name;
    }
    return "";
  }

  std::string In(const Tree& tree, const char* how) {
    std::string text = At(*tree.parts[0], kDefault) + " " + how + " ";
    if (tree.kind == Kind::kInList) return text + tree.name;
    if (tree.kind == Kind::kInNet) return text + At(*tree.parts[1], kValue);
    text += "[";
    for (size_t i = 1; i < tree.parts.size(); ++i) {
      text += (i > 1 ? ", " : "") + At(*tree.parts[i], kChoice);
    }
    return text + "]";
  }

  std::string Not(const Tree& tree) {
    const Tree& operand = *tree.parts[0];
    if (StrengthOf(operand) == kIn && random_() % 2 == 0) return In(operand, "not in");
    return "not " + At(operand, kNot);
  }

  std::string Aggregate(const Agg& agg) {
    std::string text = agg.name + "(";
    if (agg.name == "bucket") {
      text += "rate " + std::to_string(agg.tokens) + (agg.unit == kSecond ? "/s" : "/m") +
              " burst " + std::to_string(agg.most);
    } else if (agg.name == "since") {
      text += facts::EventName(agg.event);
    } else if (agg.name == "ratio") {
      text += At(*agg.item, kChoice) + " of " + At(*agg.of, kChoice);
    } else if (agg.name == "burst") {
      text += "(" + At(*agg.item, kChoice) + ", " + At(*agg.of, kChoice) + ")";
    } else if (agg.item) {
      text += At(*agg.item, kChoice);
    }
    if (!agg.keys.empty()) {
      if (agg.name != "first_seen") text += text.back() == '(' ? "by " : " by ";
      text += agg.keys.size() > 1 ? "(" : "";
      for (size_t i = 0; i < agg.keys.size(); ++i) {
        text += (i > 0 ? ", " : "") + At(*agg.keys[i], kChoice);
      }
      text += agg.keys.size() > 1 ? ")" : "";
    }
    const bool within = agg.name == "first_seen" || agg.name == "concurrent";
    const char* word = within ? " within " : agg.name == "zscore" ? " half_life " : " over ";
    if (agg.window != 0) text += word + DurationText(agg.window);
    std::vector<std::string> options = {" max 4096"};
    if (agg.condition) options.push_back(" if " + At(*agg.condition, kChoice));
    if (agg.reset) options.push_back(" reset on " + At(*agg.reset, kChoice));
    for (size_t begin = random_() % options.size(), i = 0; i < options.size(); ++i) {
      text += options[(begin + i) % options.size()];
    }
    return text + ")";
  }

  std::mt19937_64 random_;
};

std::string ModeText(bool enforce) { return enforce ? "enforce" : "report"; }

std::string ActionText(const ActionOf& action, Printer* printer) {
  using Action = ActionRequest::Kind;
  const auto key = [&] { return printer->At(*action.key, kChoice); };
  switch (action.kind) {
    case Action::kScore:
      return "score " + std::to_string(action.number) + " on " + key();
    case Action::kTag:
      return "tag \"" + action.text + "\"";
    case Action::kReject:
      return "reject " + std::to_string(action.number) + " \"" + action.text + "\"";
    case Action::kDrop:
      return "drop";
    case Action::kThrottle:
      return "throttle " + std::to_string(action.number) + "/s";
    case Action::kBan:
      return "ban " + key() + " for " + DurationText(action.duration);
    case Action::kChallenge:
      return "challenge";
    case Action::kHold:
      return "hold";
    case Action::kCapture:
      return "capture";
    case Action::kAdd:
      return "add " + key() + " to " + action.text + " for " + DurationText(action.duration);
    default:
      return "alert";
  }
}

std::string EventsText(EventSet events) {
  std::string text;
  for (size_t i = 0; i < facts::kEventKinds; ++i) {
    if ((events >> i & 1) == 0) continue;
    if (!text.empty()) text += ", ";
    text += facts::EventName(static_cast<EventKind>(i));
  }
  return text;
}

std::string ListText(const ListOf& list) {
  std::string text = "list " + list.name + " : " + std::string(lists::KindName(list.kind));
  if (list.nocase) text += " nocase";
  if (list.dynamic) return text + " dynamic max 1024\n";
  text += " [";
  for (const ListOf::Entry& entry : list.entries) {
    if (&entry != list.entries.data()) text += ", ";
    text += "\"" + entry.text + "\"";
    if (entry.values.empty()) continue;
    text += ": (";
    for (const TreePtr& value : entry.values) {
      if (&value != entry.values.data()) text += ", ";
      text += value->name;
    }
    text += ")";
  }
  text += "]";
  for (const auto& [name, type] : list.columns) {
    text += (name == list.columns[0].first ? " value " : ", ") + name + ":" +
            std::string(facts::TypeName(type));
  }
  return text + "\n";
}

std::string RuleText(const RuleOf& rule, Printer* printer) {
  std::string text = "rule " + rule.name + " {\n";
  if (rule.enforce) text += "  mode " + ModeText(*rule.enforce) + "\n";
  text += "  on " + EventsText(rule.events);
  if (rule.where) text += " where " + printer->At(*rule.where, kChoice);
  text += "\n";
  for (const auto& [name, value] : rule.lets) {
    text += "  let " + name + " = " + printer->At(*value, kChoice) + "\n";
  }
  text += "  when " + printer->At(*rule.when, kChoice) + "\n  then ";
  for (const ActionOf& action : rule.actions) {
    if (&action != rule.actions.data()) text += ", ";
    text += ActionText(action, printer);
  }
  return text + "\n}\n";
}

}  // namespace

std::string Print(const FileOf& file, uint64_t seed) {
  Printer printer(seed);
  std::string text = "version 1\nmode " + ModeText(file.enforce) + "\n";
  for (const ListOf& list : file.lists) text += ListText(list);
  for (const auto& [name, value] : file.consts) {
    text += "const " + name + " = " + printer.At(*value, kChoice) + "\n";
  }
  for (const auto& [name, value] : file.defines) {
    text += "define " + name + " = " + printer.At(*value, kChoice) + "\n";
  }
  for (const RuleOf& rule : file.rules) text += RuleText(rule, &printer);
  for (const ProfileOf& profile : file.profiles) {
    text +=
        "profile " + profile.name + " {\n  for " + printer.At(*profile.condition, kChoice) + "\n";
    if (profile.enforce) text += "  mode " + ModeText(*profile.enforce) + "\n";
    for (const auto& [rule, mode] : profile.choices) {
      text += std::string("  ") +
              (mode == RuleMode::kOff       ? "off "
               : mode == RuleMode::kEnforce ? "enforce "
                                            : "report ") +
              rule + "\n";
    }
    text += "}\n";
  }
  return text;
}

std::string Describe(const EventOf& event) {
  std::string text(facts::EventName(event.kind));
  text += " at " + std::to_string(event.now) + (event.proven ? " proven" : "");
  for (const auto& [id, value] : event.fields) {
    text += "\n  " + std::string(facts::Describe(id).name) + " = " + Canonical(value);
  }
  for (const auto& [name, value] : event.headers) {
    text += "\n  ";
    text += name;
    text += ": ";
    text += value;
  }
  return text + (event.anomaly ? "\n  line.bare_lf\n" : "\n");
}

}  // namespace sipward::rules::oracle
