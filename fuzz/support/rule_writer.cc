#include "fuzz/support/rule_writer.h"

#include <algorithm>
#include <cstdio>

namespace sipward::fuzz {
namespace {

constexpr int kMostDepth = 4;

std::string Joined(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (const std::string_view part : parts) out += part;
  return out;
}

}  // namespace

std::string_view RuleWriter::PickOf(std::initializer_list<std::string_view> words) {
  return words.begin()[in_.Pick(words.size())];
}

// Only printable characters stay as they are; no quote gets out.
std::string RuleWriter::Quoted() {
  std::string out = "\"";
  char escape[8];
  for (const char c : in_.Bytes(in_.Pick(12))) {
    if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
      out += c;
    } else {
      std::snprintf(escape, sizeof escape, "\\x%02x", static_cast<uint8_t>(c));
      out += escape;
    }
  }
  return out + "\"";
}

std::string RuleWriter::Duration() {
  return std::to_string(1 + in_.Byte()) + std::string(PickOf({"ms", "s", "m", "h"}));
}

std::string RuleWriter::Literal(Type type) {
  switch (type) {
    case Type::kBool:
      return std::string(PickOf({"true", "false"}));
    case Type::kInt:
      switch (in_.Pick(4)) {
        case 0:
          return "0x" + std::to_string(in_.Short());
        case 1:
          return std::string(PickOf({"9223372036854775807", "-9223372036854775807", "0", "1"}));
        default:
          return std::to_string(in_.Number());
      }
    case Type::kFloat:
      return std::to_string(in_.Byte()) + "." + std::to_string(in_.Byte());
    case Type::kString:
      return Quoted();
    case Type::kDuration:
      return Duration();
    case Type::kTime:
      return "time";
    case Type::kIp:
      return std::string(PickOf({"\"192.0.2.1\"", "\"198.51.100.9\"", "\"2001:db8::1\""}));
    case Type::kCidr:
      return std::string(PickOf({"src.net", "dst.net", "src.host"}));
    case Type::kMethod:
      return std::string(PickOf({"INVITE", "REGISTER", "OPTIONS", "BYE", "MESSAGE"}));
    case Type::kTransport:
      return std::string(PickOf({"udp", "tcp", "tls", "ws", "wss", "sctp"}));
    case Type::kIdentityResult:
      return std::string(PickOf({"pending", "none", "failed", "verified"}));
    case Type::kIdentityReason:
      return std::string(PickOf({"OK", "IAT_STALE", "SIG_INVALID", "OTHER"}));
    case Type::kDirection:
      return std::string(PickOf({"unknown", "inbound", "outbound"}));
    case Type::kMoney:
      return "0.5";
    case Type::kNumber:
      return std::string(PickOf({"\"+12025550100\"", "\"112\"", "\"\""}));
    case Type::kResult:
      return std::string(PickOf({"success", "fail", "challenged"}));
    case Type::kNumberType:
      return std::string(PickOf({"mobile", "premium", "no_number", "unallocated", "satellite"}));
    case Type::kAuthReason:
      return std::string(PickOf({"unspecified", "wrong_password", "forged_nonce"}));
  }
  return "";
}

// A field that every event of this rule has; with a default where it may be absent.
std::string RuleWriter::Field(Type type) {
  std::vector<facts::FieldInfo> fitting;
  for (int i = 0; i < facts::kFieldCount; ++i) {
    const facts::FieldInfo& info = facts::Describe(static_cast<facts::FieldId>(i));
    const bool there = (!on_request_ || (info.events & facts::kOnRequests) != 0) &&
                       (!on_response_ || (info.events & facts::kOnResponses) != 0);
    // Rules that refuse may not ask for it.
    if (info.type == type && there && info.name != "emergency") fitting.push_back(info);
  }
  if (fitting.empty()) return Literal(type);
  const facts::FieldInfo& info = fitting[in_.Pick(fitting.size())];
  if (!info.optional) return std::string(info.name);
  return Joined({"(", info.name, " ?? ", Literal(type), ")"});
}

std::string RuleWriter::Key() {
  switch (in_.Pick(4)) {
    case 0:
      return "src.ip";
    case 1:
      return std::string(PickOf({"account", "from.user", "call_id", "auth.user", "trunk"}));
    case 2:
      return "account ?? src.ip";
    default:
      return Field(Type::kString);
  }
}

// Behind `by`, several may stand together.
std::string RuleWriter::Keys() {
  switch (in_.Pick(4)) {
    case 0:
      return "(src.net, method)";
    case 1:
      return Joined({"(", Field(Type::kString), ", ", Field(Type::kIp), ", src.host)"});
    default:
      return Key();
  }
}

std::string RuleWriter::Aggregate() {
  aggregates_allowed_ = false;  // none stands inside another
  const std::string_view kind = PickOf({"count", "rate", "distinct"});
  std::string out = std::string(kind) + "(";
  if (kind == "distinct") out += Field(Type::kString) + " ";
  out += "by " + Keys() + " over " + Duration();
  if (in_.Pick(2) == 0) out += " if " + Condition(kMostDepth - 1);
  if (kind != "rate" && in_.Pick(3) == 0) out += " reset on " + Condition(kMostDepth - 1);
  if (in_.Pick(2) == 0) out += " max " + std::to_string(256 + in_.Byte());
  aggregates_allowed_ = true;
  return out + ")";
}

std::string RuleWriter::Number(int depth) {
  switch (in_.Pick(9)) {
    case 8:
      return Joined({PickOf({"hour", "weekday"}), "(time + ", Duration(), ")"});
    case 0:
      return "len(" + Expression(Type::kString, depth + 1) + ")";
    case 1:
      return "(int(" + Expression(Type::kString, depth + 1) + ") ?? " + Literal(Type::kInt) + ")";
    case 2:
      return "-" + Field(Type::kInt);
    case 3:
      return aggregates_allowed_ ? Aggregate() : Field(Type::kInt);
    default:
      return Joined({"(", Expression(Type::kInt, depth + 1), " ", PickOf({"+", "-", "*", "/", "%"}),
                     " ", Expression(Type::kInt, depth + 1), ")"});
  }
}

std::string RuleWriter::Text(int depth) {
  const std::string inner = Expression(Type::kString, depth + 1);
  switch (in_.Pick(7)) {
    case 6:
      return Joined(
          {"number(", Field(Type::kString), ")", PickOf({".country", ".region", ".calling_code"})});
    case 0:
      return "lower(" + inner + ")";
    case 1:
      return "digits(" + inner + ")";
    case 2:
      return Joined({PickOf({"prefix", "suffix"}), "(", inner, ", ",
                     std::to_string(in_.Number() & 0x7FFFFFFFu), ")"});
    case 3:
      return Joined({"(header(\"", PickOf({"Via", "X-Own", "Subject", "i", "Contact"}), "\") ?? ",
                     Quoted(), ")"});
    case 4:
      return Joined({"(", Condition(depth + 1), " ? ", inner, " : ", Field(Type::kString), ")"});
    default:
      return inner;
  }
}

std::string RuleWriter::Expression(Type type, int depth) {
  const size_t choice = depth >= kMostDepth ? in_.Pick(2) : in_.Pick(4);
  if (choice == 0) return Literal(type);
  if (choice == 1) return type == Type::kFloat ? Literal(type) : Field(type);
  switch (type) {
    case Type::kBool:
      return Condition(depth);
    case Type::kInt:
      return Number(depth);
    case Type::kString:
      return Text(depth);
    case Type::kFloat:
      return Joined({"(", Expression(Type::kInt, depth + 1), " ", PickOf({"+", "-", "*", "/"}), " ",
                     Literal(Type::kFloat), ")"});
    case Type::kDuration:
      return Joined({"(", Duration(), " * ", std::to_string(in_.Byte()), ")"});
    case Type::kTime:
      return Joined({"(time ", PickOf({"+", "-"}), " ", Duration(), ")"});
    default:
      return Field(type);
  }
}

std::string RuleWriter::Comparison(int depth) {
  constexpr Type kOrdered[] = {Type::kInt, Type::kFloat, Type::kDuration, Type::kTime, Type::kInt};
  constexpr Type kOther[] = {Type::kString, Type::kIp,        Type::kMethod,
                             Type::kString, Type::kTransport, Type::kDirection};
  if (in_.Pick(8) == 0) {
    return Joined({"number(", Field(Type::kString), ").type ", PickOf({"==", "!="}), " ",
                   Literal(Type::kNumberType)});
  }
  if (in_.Pick(3) != 0) {
    const Type type = kOrdered[in_.Pick(std::size(kOrdered))];
    return Joined({Expression(type, depth + 1), " ", PickOf({"<", "<=", ">", ">=", "==", "!="}),
                   " ", Expression(type, depth + 1)});
  }
  const Type type = kOther[in_.Pick(std::size(kOther))];
  // A text is an address only where the other side says so.
  const std::string left = type == Type::kIp ? Field(type) : Expression(type, depth + 1);
  return Joined({left, " ", PickOf({"==", "!="}), " ", Expression(type, depth + 1)});
}

std::string RuleWriter::TextTest(int depth) {
  const std::string text = Expression(Type::kString, depth + 1);
  if (in_.Pick(5) == 0 && !pattern_used_) {
    pattern_used_ = true;
    return Joined({PickOf({"matches", "matches_nocase"}), "(", text, ", ",
                   PickOf({"\"a+b\"", "\"^sip[cv]\"", "\"[0-9]{3,}\"", "\"(x|y)*z$\""}), ")"});
  }
  return Joined({PickOf({"contains", "starts_with", "ends_with", "equals_nocase", "version_less"}),
                 "(", text, ", ", Expression(Type::kString, depth + 1), ")"});
}

std::string RuleWriter::Membership(int depth) {
  const std::string_view in = PickOf({" in ", " not in "});
  switch (in_.Pick(6)) {
    case 0:
      return Joined({Field(Type::kIp), in, "networks"});
    case 1:
      return Joined({Field(Type::kIp), in, "\"192.0.2.0/24\""});
    case 2:
      return Joined({Expression(Type::kString, depth + 1), in,
                     PickOf({"numbers", "hosts", "words", "agents"})});
    case 3:
      return Joined({Expression(Type::kString, depth + 1), in, "[", Quoted(), ", ", Quoted(), "]"});
    case 4:
      return Joined({"method", in, "[INVITE, ", Literal(Type::kMethod), "]"});
    default:
      return Joined(
          {Expression(Type::kInt, depth + 1), in, "[1, 200, ", std::to_string(in_.Short()), "]"});
  }
}

std::string RuleWriter::Condition(int depth) {
  if (depth >= kMostDepth) return "(" + Comparison(depth) + ")";
  switch (in_.Pick(8)) {
    case 0:
      return "(" + Condition(depth + 1) + " and " + Condition(depth + 1) + ")";
    case 1:
      return "(" + Condition(depth + 1) + " or " + Condition(depth + 1) + ")";
    case 2:
      return "(not " + Condition(depth + 1) + ")";
    case 3:
      return TextTest(depth);
    case 4:
      return "(" + Membership(depth) + ")";
    case 5:
      return Joined({"anomaly(\"",
                     PickOf({"line.bare_lf", "header.duplicate_singleton", "utf8.invalid"}),
                     "\")"});
    case 6:
      return Joined({"has(", PickOf({"account", "to.tag", "user_agent", "via.port"}), ")"});
    default:
      return "(" + Comparison(depth) + ")";
  }
}

std::string RuleWriter::Action() {
  switch (in_.Pick(9)) {
    case 0:
      return "score " + std::to_string(static_cast<int>(in_.Short()) - 30'000) + " on " + Key();
    case 1:
      return "tag \"seen\"";
    case 2:
      return "reject " + std::to_string(300 + in_.Short() % 400) +
             std::string(PickOf({"", " \"No\""}));
    case 3:
      return "drop";
    case 4:
      return "throttle " + std::to_string(1 + in_.Byte()) + std::string(PickOf({"/s", "/m"}));
    case 5:
    case 6:
      return Joined({"ban ",
                     PickOf({"src.ip", "src.net", "src.host", "dst.ip", "client.host", "account",
                             "trunk", "account ?? src.ip"}),
                     " for ", std::to_string(1 + in_.Byte()), PickOf({"s", "m", "h"})});
    default:
      return "alert";
  }
}

std::string RuleWriter::Actions() {
  std::string out = Action();
  for (size_t more = in_.Pick(4); more > 0; --more) out += ", " + Action();
  return out;
}

std::string RuleWriter::Rule(size_t number) {
  const size_t events = in_.Pick(4);
  on_request_ = events != 1;
  on_response_ = events == 1 || events == 2;
  std::string out =
      "rule site.r" + std::to_string(number) + " {\n  meta { severity low why \"w\" }\n";
  if (in_.Pick(4) == 0) out += "  mode report\n";
  if (in_.Pick(3) == 0) out += "  evidence any\n";
  out += Joined({"  on ", on_request_ ? "request" : "", on_request_ && on_response_ ? ", " : "",
                 on_response_ ? "response" : ""});
  aggregates_allowed_ = false;
  if (in_.Pick(2) == 0) out += " where " + Condition(2);
  aggregates_allowed_ = true;
  out += "\n";
  std::string known;
  if (in_.Pick(2) == 0) {
    out += "  let seen = " + Expression(Type::kInt, 1) + "\n";
    known = " or seen > " + std::to_string(in_.Byte());
  }
  out += "  when " + Condition(0) + known + "\n";
  aggregates_allowed_ = false;
  return out + "  then " + Actions() + "\n}\n";
}

// A text that messages hold, or a piece of it, in either case.
std::string RuleWriter::Word() {
  std::string word(PickOf({"alice", "bob", "x.example.com", "example", "z9hG4bK776asdhds", "776",
                           ">;tag=1", "15550100", "sip:bob", "Digest", "", "a", "REGISTER"}));
  const uint8_t how = in_.Byte();
  if (how % 4 == 1) word = word.substr(0, how % 7);
  if (how % 4 == 2) word = word.substr(std::min<size_t>(how % 7, word.size()));
  if (how % 5 == 0 && !word.empty()) word[0] = static_cast<char>(word[0] ^ 0x20);
  std::string out = "\"";
  char escape[8];
  for (const char c : word) {
    std::snprintf(escape, sizeof escape, "\\x%02x", static_cast<uint8_t>(c));
    out += escape;
  }
  return out + "\"";
}

// A test that an index can answer for many rules at once.
std::string RuleWriter::IndexedTest() {
  const std::string_view text = PickOf(
      {"(from.user ?? \"\")", "(from.uri ?? \"x\")", "(to.host ?? \"\")", "(via.branch ?? \"a\")",
       "(user_agent ?? \"\")", "body", "lower(body)", "lower(call_id ?? \"\")",
       "(header(\"Subject\") ?? \"\")", "digits(to.user ?? \"\")"});
  switch (in_.Pick(9)) {
    case 0:
      return Joined({"(", text, PickOf({" == ", " != "}), Word(), ")"});
    case 1:
      return Joined({"(", text, PickOf({" in [", " not in ["}), Word(), ", ", Word(), "])"});
    case 2:
      return Joined({"(", text, " in ", PickOf({"numbers", "hosts", "words", "agents"}), ")"});
    case 3:
      return Joined({"(src.ip in [\"192.0.2.", std::to_string(in_.Pick(8)), "\", \"",
                     PickOf({"192.0.2.0/30", "::/0", "0.0.0.0/0", "192.0.2.4"}), "\"])"});
    case 4:
      return Joined({"(src.port == ", std::to_string(in_.Byte() * 257u), ")"});
    default:
      return Joined({PickOf({"contains", "contains", "starts_with", "ends_with", "equals_nocase"}),
                     "(", text, ", ", Word(), ")"});
  }
}

// Many small rules: what stands in them overlaps.
std::string RuleWriter::SmallRules() {
  std::string out;
  const size_t left = in_.rest().size() / 2;  // for messages
  for (size_t i = 0, count = in_.Pick(200); i < count && in_.rest().size() > left; ++i) {
    out += "rule site.s" + std::to_string(i) + " { on " +
           std::string(PickOf({"request", "response", "request, response"})) + " when ";
    switch (in_.Pick(4)) {
      case 0:
        out += "(" + IndexedTest() + " or " + IndexedTest() + ")";
        break;
      case 1:
        out += "(not " + IndexedTest() + " and src.registered)";
        break;
      case 2:
        out += "((" + IndexedTest() + " ? 1 : 0) + (" + IndexedTest() +
               " ? 2 : 1) >= " + std::to_string(in_.Pick(4)) + ")";
        break;
      default:
        out += IndexedTest();
    }
    out += " then alert }\n";
  }
  return out;
}

std::string RuleWriter::Write() {
  std::string out = "version 1\n";
  if (in_.Pick(8) == 0) out += "mode report\n";
  out +=
      "list networks : cidr [\"192.0.2.0/24\", \"2001:db8::/32\"]\n"
      "list numbers : prefix [\"+1555\", \"00\", " +
      Joined({"\"", std::to_string(in_.Byte())}) +
      "\"]\n"
      "list hosts : domain [\"example.com\", \"198.51.100.9\"]\n"
      "list words : exact nocase [\"alice\", \"bob\", \"5060\"]\n"
      "list agents : exact [\"sipcli\", \"friendly-scanner\"]\n";
  const size_t rules = 1 + in_.Pick(4);
  for (size_t i = 0; i < rules; ++i) out += Rule(i);
  if (in_.Pick(3) == 0) out += SmallRules();
  return out;
}

}  // namespace sipward::fuzz
