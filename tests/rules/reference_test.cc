// Random expressions: what the compiled program says must be what a second evaluator says, which
// walks the tree that the text was printed from and shares no code with the first.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "tests/rules/support.h"

namespace sipward::rules::testing {
namespace {

enum class Kind { kBool, kInt, kText };

struct Result {
  bool truth = false;
  int64_t number = 0;
  std::string text{};
};

// A random expression as text together with its value.
struct Made {
  std::string source;
  Result value;
};

class Generator {
 public:
  explicit Generator(uint32_t seed) : random_(seed) {
    port_ = Pick(70'000);
    size_ = Pick(10) - 5;
    body_ = Word();
    reason_ = Word();
    if (Chance(50)) user_ = Word();
    has_user_ = !user_.empty() || Chance(30);
  }

  FakeEvent Event() const {
    FakeEvent event;
    event.Set(FieldId::kSrcPort, port_).Set(FieldId::kBodySize, size_);
    event.Set(FieldId::kBody, body_).Set(FieldId::kHeaderOrder, reason_);
    if (has_user_) event.Set(FieldId::kFromUser, user_);
    return event;
  }

  Made Bool(int depth) {
    if (depth == 0) {
      if (Chance(30)) return {"has(from.user)", {.truth = has_user_}};
      const bool value = Chance(50);
      return {value ? "true" : "false", {.truth = value}};
    }
    switch (Pick(9)) {
      case 0:
        return Join(Bool(depth - 1), " and ", Bool(depth - 1),
                    [](bool a, bool b) { return a && b; });
      case 1:
        return Join(Bool(depth - 1), " or ", Bool(depth - 1),
                    [](bool a, bool b) { return a || b; });
      case 2: {
        const Made a = Bool(depth - 1);
        return {"(not " + a.source + ")", {.truth = !a.value.truth}};
      }
      case 3:
        return CompareNumbers(depth);
      case 4:
        return CompareTexts(depth);
      case 5:
        return TestTexts(depth);
      case 6:
        return Membership(depth);
      case 7:
        return Conditional(Kind::kBool, depth);
      default:
        return CompareNumbers(depth);
    }
  }

 private:
  Made Int(int depth) {
    if (depth == 0) {
      switch (Pick(4)) {
        case 0:
          return {"src.port", {.number = port_}};
        case 1:
          return {"body.size", {.number = size_}};
        case 2:
          return {"9223372036854775807", {.number = std::numeric_limits<int64_t>::max()}};
        default: {
          const int64_t n = Pick(20);
          return {std::to_string(n), {.number = n}};
        }
      }
    }
    switch (Pick(7)) {
      case 0:
        return Arithmetic(depth, '+');
      case 1:
        return Arithmetic(depth, '-');
      case 2:
        return Arithmetic(depth, '*');
      case 3:
        return Arithmetic(depth, '/');
      case 4:
        return Arithmetic(depth, '%');
      case 5: {
        const Made a = Text(depth - 1);
        return {"len(" + a.source + ")", {.number = static_cast<int64_t>(a.value.text.size())}};
      }
      default:
        return Conditional(Kind::kInt, depth);
    }
  }

  Made Text(int depth) {
    if (depth == 0) {
      switch (Pick(4)) {
        case 0:
          return {"body", {.text = body_}};
        case 1:
          return {"header.order", {.text = reason_}};
        case 2:
          return {"(from.user ?? \"none\")", {.text = has_user_ ? user_ : "none"}};
        default: {
          const std::string word = Word();
          return {"\"" + word + "\"", {.text = word}};
        }
      }
    }
    const Made a = Text(depth - 1);
    switch (Pick(4)) {
      case 0: {
        std::string lower = a.value.text;
        for (char& c : lower) c = c == 'A' ? 'a' : c == 'B' ? 'b' : c;
        return {"lower(" + a.source + ")", {.text = lower}};
      }
      case 1: {
        const Made n = Int(0);
        const auto keep = static_cast<size_t>(std::clamp<int64_t>(n.value.number, 0, 1000));
        return {"prefix(" + a.source + ", " + n.source + ")",
                {.text = a.value.text.substr(0, keep)}};
      }
      case 2: {
        const Made n = Int(0);
        const auto keep = std::min(
            static_cast<size_t>(std::clamp<int64_t>(n.value.number, 0, 1000)), a.value.text.size());
        return {"suffix(" + a.source + ", " + n.source + ")",
                {.text = a.value.text.substr(a.value.text.size() - keep)}};
      }
      default:
        return Conditional(Kind::kText, depth);
    }
  }

  template <typename F>
  Made Join(const Made& a, const char* op, const Made& b, F f) {
    return {"(" + a.source + op + b.source + ")", {.truth = f(a.value.truth, b.value.truth)}};
  }

  Made CompareNumbers(int depth) {
    const Made a = Int(depth - 1), b = Int(depth - 1);
    const int64_t x = a.value.number, y = b.value.number;
    static constexpr const char* kOps[] = {" == ", " != ", " < ", " <= ", " > ", " >= "};
    const bool results[] = {x == y, x != y, x<y, x <= y, x> y, x >= y};
    const auto i = static_cast<size_t>(Pick(6));
    return {"(" + a.source + kOps[i] + b.source + ")", {.truth = results[i]}};
  }

  Made CompareTexts(int depth) {
    const Made a = Text(depth - 1), b = Text(depth - 1);
    const bool equal = Chance(50);
    return {"(" + a.source + (equal ? " == " : " != ") + b.source + ")",
            {.truth = (a.value.text == b.value.text) == equal}};
  }

  Made TestTexts(int depth) {
    const Made a = Text(depth - 1), b = Text(depth - 1);
    const std::string &x = a.value.text, &y = b.value.text;
    static constexpr const char* kTests[] = {"contains", "starts_with", "ends_with"};
    const bool results[] = {
        x.find(y) != std::string::npos, x.rfind(y, 0) == 0,
        y.size() <= x.size() && x.compare(x.size() - y.size(), y.size(), y) == 0};
    const auto i = static_cast<size_t>(Pick(3));
    return {std::string(kTests[i]) + "(" + a.source + ", " + b.source + ")", {.truth = results[i]}};
  }

  Made Membership(int depth) {
    const Made a = Int(depth - 1);
    bool found = false;
    std::string set;
    for (int i = 0; i < 3; ++i) {
      const int64_t element = Pick(20);
      found |= element == a.value.number;
      set += (i > 0 ? ", " : "") + std::to_string(element);
    }
    const bool wanted = Chance(50);
    return {"(" + a.source + (wanted ? " in [" : " not in [") + set + "])",
            {.truth = found == wanted}};
  }

  Made Conditional(Kind kind, int depth) {
    const auto make = [&] {
      return kind == Kind::kBool  ? Bool(depth - 1)
             : kind == Kind::kInt ? Int(depth - 1)
                                  : Text(depth - 1);
    };
    const Made c = Bool(depth - 1), a = make(), b = make();
    return {"(" + c.source + " ? " + a.source + " : " + b.source + ")",
            c.value.truth ? a.value : b.value};
  }

  Made Arithmetic(int depth, char op) {
    const Made a = Int(depth - 1), b = Int(depth - 1);
    __extension__ using Wide = __int128;
    const Wide x = a.value.number, y = b.value.number;
    const Wide wide = op == '+'   ? x + y
                      : op == '-' ? x - y
                      : op == '*' ? x * y
                      : y == 0    ? 0
                      : op == '/' ? x / y
                                  : x % y;
    const Wide least = std::numeric_limits<int64_t>::min(),
               most = std::numeric_limits<int64_t>::max();
    return {"(" + a.source + " " + op + " " + b.source + ")",
            {.number = static_cast<int64_t>(std::clamp(wide, least, most))}};
  }

  int64_t Pick(int64_t below) {
    return static_cast<int64_t>(random_() % static_cast<uint64_t>(below));
  }
  bool Chance(int percent) { return Pick(100) < percent; }
  std::string Word() {
    std::string word;
    for (int64_t i = Pick(5); i > 0; --i) word += "aAbB"[Pick(4)];
    return word;
  }

  std::mt19937 random_;
  int64_t port_, size_;
  std::string body_, reason_, user_;
  bool has_user_;
};

TEST(Reference, AgreesOnRandomExpressions) {
  constexpr uint32_t kExpressions = 4000;
  for (uint32_t seed = 0; seed < kExpressions; ++seed) {
    Generator generator(seed);
    const Made made = generator.Bool(1 + static_cast<int>(seed % 5));
    std::vector<Diagnostic> found;
    const auto rules = Compile(RuleOf(made.source), &found);
    ASSERT_NE(rules, nullptr) << seed << ": " << made.source << "\n" << found[0].message;
    Running running(rules);
    FakeEvent event = generator.Event();
    ASSERT_EQ(running.Hits(event).size() == 1, made.value.truth) << seed << ": " << made.source;
  }
}

// Many rules at once share nodes and kept values; each must still say what it says alone.
TEST(Reference, AgreesWhenRulesShareExpressions) {
  for (uint32_t seed = 0; seed < 100; ++seed) {
    std::string text = "version 1\n";
    std::vector<std::string> wanted;
    for (uint32_t i = 0; i < 20; ++i) {
      // The same event, other expressions: the generator draws the event first.
      Generator generator(seed);
      Made made;
      for (uint32_t skip = 0; skip <= i; ++skip) made = generator.Bool(3);
      const std::string name = "r" + std::to_string(i);
      text += "rule " + name + " { on request when " + made.source + " then alert }\n";
      if (made.value.truth) wanted.push_back(name);
    }
    std::vector<Diagnostic> found;
    const auto rules = Compile(text, &found);
    ASSERT_NE(rules, nullptr) << seed << ": " << found[0].message;
    Running running(rules);
    const Generator facts(seed);  // owns the texts of the event
    FakeEvent event = facts.Event();
    ASSERT_EQ(running.Hits(event), wanted) << seed;
    event.At(2 * kSecond);
    ASSERT_EQ(running.Hits(event), wanted) << seed;
  }
}

}  // namespace
}  // namespace sipward::rules::testing
