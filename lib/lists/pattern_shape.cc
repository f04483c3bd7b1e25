#include "lists/pattern_shape.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "base/ascii.h"

namespace sipward::lists {
namespace {

using Shapes = std::vector<PatternShape>;

constexpr size_t kMostShapes = 16;
constexpr size_t kMostNeeds = 8;
constexpr size_t kLongestPrefix = 8;
constexpr int kDeepest = 24;
constexpr uint32_t kMostRepeats = 1000;

uint32_t Plus(uint32_t a, uint32_t b) {
  return a > PatternShape::kUnbounded - b ? PatternShape::kUnbounded : a + b;
}
uint32_t Times(uint32_t bytes, uint32_t repeats) {
  const uint64_t product = uint64_t{bytes} * repeats;
  return product > PatternShape::kUnbounded ? PatternShape::kUnbounded
                                            : static_cast<uint32_t>(product);
}

ByteSet OfByte(unsigned char byte) { return ByteSet().set(byte); }
ByteSet OfRange(unsigned first, unsigned last) {
  ByteSet set;
  for (unsigned byte = first; byte <= last; ++byte) set.set(byte);
  return set;
}

// Letters of ASCII in both cases. Engines differ in what they fold beyond it.
ByteSet Folded(ByteSet set) {
  for (unsigned upper = 'A'; upper <= 'Z'; ++upper) {
    const unsigned lower = upper - 'A' + 'a';
    if (set[upper] || set[lower]) set.set(upper).set(lower);
  }
  const ByteSet beyond = OfRange(0x80, 0xFF);
  return (set & beyond).any() ? set | beyond : set;
}

bool IsFixed(const ByteSet& set) {
  if (set.count() == 1) return true;
  const auto first = static_cast<unsigned char>(set._Find_first());
  return set.count() == 2 && IsAlpha(static_cast<char>(first)) && set[first ^ 0x20u];
}

void Need(const ByteSet& set, PatternShape* shape) {
  if (std::find(shape->needs.begin(), shape->needs.end(), set) != shape->needs.end()) return;
  shape->needs.push_back(set);
  if (shape->needs.size() <= kMostNeeds) return;
  shape->needs.erase(std::max_element(
      shape->needs.begin(), shape->needs.end(),
      [](const ByteSet& a, const ByteSet& b) { return Commonness(a) < Commonness(b); }));
}

PatternShape OfSet(const ByteSet& set) {
  PatternShape shape;
  shape.shortest = shape.longest = 1;
  Need(set, &shape);
  shape.whole_prefix = IsFixed(set);
  if (shape.whole_prefix) shape.prefix.push_back(set);
  return shape;
}

PatternShape Joined(const PatternShape& a, const PatternShape& b) {
  PatternShape joined = a;
  joined.shortest = Plus(a.shortest, b.shortest);
  joined.longest = Plus(a.longest, b.longest);
  for (const ByteSet& set : b.needs) Need(set, &joined);
  if (a.whole_prefix) joined.prefix.insert(joined.prefix.end(), b.prefix.begin(), b.prefix.end());
  joined.whole_prefix = a.whole_prefix && b.whole_prefix;
  if (joined.prefix.size() > kLongestPrefix) {
    joined.prefix.resize(kLongestPrefix);
    joined.whole_prefix = false;
  }
  joined.at_start = a.at_start || (a.longest == 0 && b.at_start);
  joined.at_end = b.at_end || (b.longest == 0 && a.at_end);
  return joined;
}

// One that all of these are of: of each the rarest need is in its only one.
PatternShape Common(const Shapes& shapes) {
  PatternShape common;
  common.shortest = PatternShape::kUnbounded;
  common.at_start = common.at_end = true;
  common.whole_prefix = false;
  ByteSet need;
  bool all_need = true;
  for (const PatternShape& shape : shapes) {
    common.shortest = std::min(common.shortest, shape.shortest);
    common.longest = std::max(common.longest, shape.longest);
    common.at_start &= shape.at_start;
    common.at_end &= shape.at_end;
    const auto rarest = std::min_element(
        shape.needs.begin(), shape.needs.end(),
        [](const ByteSet& a, const ByteSet& b) { return Commonness(a) < Commonness(b); });
    all_need &= rarest != shape.needs.end();
    if (all_need) need |= *rarest;
  }
  if (all_need) common.needs = {need};
  return common;
}

void Reduce(Shapes* shapes) {
  if (shapes->size() > 1) *shapes = {Common(*shapes)};
}

Shapes Sequence(Shapes a, Shapes b) {
  if (a.size() * b.size() > kMostShapes) Reduce(a.size() > b.size() ? &a : &b);
  if (a.size() * b.size() > kMostShapes) Reduce(a.size() > b.size() ? &a : &b);
  Shapes all;
  for (const PatternShape& first : a) {
    for (const PatternShape& second : b) all.push_back(Joined(first, second));
  }
  return all;
}

Shapes Repeated(const Shapes& once, uint32_t least, uint32_t most) {
  if (least == 1 && most == 1) return once;
  const PatternShape common = Common(once);
  if (least == 0) {
    PatternShape maybe;
    maybe.longest = Times(common.longest, most);
    maybe.whole_prefix = maybe.longest == 0;
    return {maybe};
  }
  Shapes all = once;  // the first time
  for (PatternShape& shape : all) {
    shape.shortest = Plus(shape.shortest, Times(common.shortest, least - 1));
    shape.longest = Plus(shape.longest, Times(common.longest, most - 1));
    shape.whole_prefix = false;
    shape.at_end = false;
  }
  return all;
}

// Reads a pattern from left to right. Whatever it does not know makes it fail.
class Reader {
 public:
  Reader(std::string_view text, bool fold) : text_(text), fold_(fold) {}

  std::optional<Shapes> Read() {
    Shapes shapes = Alternatives(0);
    if (failed_ || at_ != text_.size()) return std::nullopt;
    return shapes;
  }

 private:
  bool Done() const { return failed_ || at_ == text_.size(); }
  bool Take(char c) {
    if (Done() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  ByteSet Fail() {
    failed_ = true;
    return {};
  }

  Shapes Alternatives(int depth) {
    if (depth > kDeepest) Fail();
    Shapes all = Terms(depth);
    while (Take('|')) {
      Shapes more = Terms(depth);
      if (all.size() + more.size() > kMostShapes) {
        Reduce(&all);
        Reduce(&more);
      }
      all.insert(all.end(), more.begin(), more.end());
    }
    return all;
  }

  Shapes Terms(int depth) {
    Shapes all = {PatternShape()};
    while (!Done() && text_[at_] != '|' && text_[at_] != ')') {
      Shapes term = Term(depth);
      if (failed_) break;
      all = Sequence(std::move(all), std::move(term));
    }
    return all;
  }

  Shapes Term(int depth) {
    PatternShape edge;
    const char c = text_[at_++];
    if (c == '^' || c == '$') {
      (c == '^' ? edge.at_start : edge.at_end) = true;
      return Edge(edge);
    }
    if (c == '\\' && !Done() && (text_[at_] == 'b' || text_[at_] == 'B')) {
      ++at_;
      return Edge(edge);
    }
    Shapes once;
    if (c == '(') {
      if (Take('?') && !Take(':')) Fail();
      once = Alternatives(depth + 1);
      if (!Take(')')) Fail();
    } else {
      once = {OfSet(Fold(One(c)))};
    }
    return failed_ ? Shapes() : Quantified(once);
  }

  // Nothing can be said of what is between two bytes as often as one likes.
  Shapes Edge(const PatternShape& edge) {
    if (!Done() && std::string_view("*+?{").find(text_[at_]) != std::string_view::npos) Fail();
    return {edge};
  }

  ByteSet Fold(const ByteSet& set) const { return fold_ ? Folded(set) : set; }

  ByteSet One(char c) {
    switch (c) {
      case '.':
        return ByteSet().set();
      case '[':
        return Class();
      case '\\':
        return Escape();
      case '*':
      case '+':
      case '?':
      case '{':
      case ')':
        return Fail();
      default:
        return OfByte(static_cast<unsigned char>(c));
    }
  }

  ByteSet Escape() {
    if (Done()) return Fail();
    const char c = text_[at_++];
    const ByteSet digits = OfRange('0', '9');
    const ByteSet words = digits | OfRange('a', 'z') | OfRange('A', 'Z') | OfByte('_');
    const ByteSet blanks = OfByte(' ') | OfByte('\t') | OfByte('\n') | OfByte('\f') | OfByte('\r');
    switch (c) {
      case 'd':
        return digits;
      case 'D':
        return ~digits;
      case 'w':
        return words;
      case 'W':
        return ~words;
      case 's':
        return blanks | OfByte('\v');  // of which engines think differently
      case 'S':
        return ~blanks;
      case 'n':
        return OfByte('\n');
      case 'r':
        return OfByte('\r');
      case 't':
        return OfByte('\t');
      case 'f':
        return OfByte('\f');
      case 'x':
        return Hexadecimal();
      default:
        if (IsAlpha(c) || IsDigit(c) || static_cast<unsigned char>(c) >= 0x80) return Fail();
        return OfByte(static_cast<unsigned char>(c));
    }
  }

  ByteSet Hexadecimal() {
    if (text_.size() - at_ < 2) return Fail();
    unsigned value = 0;
    for (int i = 0; i < 2; ++i) {
      const int digit = HexValue(text_[at_++]);
      if (digit < 0) return Fail();
      value = value * 16 + static_cast<unsigned>(digit);
    }
    return OfByte(static_cast<unsigned char>(value));
  }

  ByteSet Member() {
    const char c = text_[at_++];
    if (c == '[') return Fail();
    return c == '\\' ? Escape() : OfByte(static_cast<unsigned char>(c));
  }

  ByteSet Class() {
    const bool negated = Take('^');
    if (!Done() && text_[at_] == ']') return Fail();
    ByteSet set;
    while (!Done() && text_[at_] != ']') {
      const ByteSet first = Member();
      const bool range =
          text_.size() - at_ >= 2 && text_[at_] == '-' && text_[at_ + 1] != ']' && !failed_;
      if (!range) {
        set |= first;
        continue;
      }
      ++at_;
      const ByteSet last = Member();
      if (failed_ || first.count() != 1 || last.count() != 1) return Fail();
      if (first._Find_first() > last._Find_first()) return Fail();
      set |= OfRange(static_cast<unsigned>(first._Find_first()),
                     static_cast<unsigned>(last._Find_first()));
    }
    if (!Take(']')) return Fail();
    if (!negated) return set;
    return fold_ ? ~Folded(set) | OfRange(0x80, 0xFF) : ~set;
  }

  Shapes Quantified(const Shapes& once) {
    uint32_t least = 1, most = 1;
    if (Take('*')) {
      least = 0, most = PatternShape::kUnbounded;
    } else if (Take('+')) {
      most = PatternShape::kUnbounded;
    } else if (Take('?')) {
      least = 0;
    } else if (Take('{')) {
      least = Number();
      most =
          Take(',') ? (!Done() && text_[at_] == '}' ? PatternShape::kUnbounded : Number()) : least;
      if (!Take('}') || most < least || most == 0) Fail();
    } else {
      return once;
    }
    Take('?');  // lazy or not, it matches the same texts
    if (!Done() && std::string_view("*+?{").find(text_[at_]) != std::string_view::npos) Fail();
    return failed_ ? Shapes() : Repeated(once, least, most);
  }

  uint32_t Number() {
    uint32_t number = 0;
    const size_t begin = at_;
    while (!Done() && IsDigit(text_[at_]) && number <= kMostRepeats) {
      number = number * 10 + static_cast<uint32_t>(text_[at_++] - '0');
    }
    if (at_ == begin || number > kMostRepeats) Fail();
    return number;
  }

  std::string_view text_;
  bool fold_;
  size_t at_ = 0;
  bool failed_ = false;
};

}  // namespace

unsigned Commonness(const ByteSet& set) {
  constexpr unsigned kDigit = 8, kFrequent = 6, kRare = 3, kMark = 4, kOther = 1;
  unsigned sum = 0;
  for (size_t byte = set._Find_first(); byte < set.size(); byte = set._Find_next(byte)) {
    const auto c = static_cast<char>(byte);
    sum += IsDigit(c) ? kDigit
           : IsAlpha(c)
               ? (std::string_view("etaoinsrlcd").find(ToLower(c)) != std::string_view::npos
                      ? kFrequent
                      : kRare)
           : std::string_view(" -./@:_").find(c) != std::string_view::npos ? kMark
                                                                           : kOther;
  }
  return sum;
}

std::optional<std::vector<PatternShape>> ShapesOf(const Pattern& pattern) {
  if (!pattern.literal) return Reader(pattern.text, pattern.nocase).Read();
  PatternShape shape;
  for (const char c : pattern.text) {
    const ByteSet set = OfByte(static_cast<unsigned char>(c));
    shape = Joined(shape, OfSet(pattern.nocase ? Folded(set) : set));
  }
  return Shapes{shape};
}

}  // namespace sipward::lists
