// ABNF (RFC 5234) as values: rules are written down with operators and matched as automata.
//
// Nothing here knows SIP. A rule is a nondeterministic automaton; matching follows the set of its
// states, so that every alternative is tried and no order of alternatives can hide one.
#ifndef SIPWARD_TESTS_SIP_ORACLE_ABNF_H_
#define SIPWARD_TESTS_SIP_ORACLE_ABNF_H_

#include <array>
#include <bitset>
#include <map>
#include <string_view>
#include <vector>

namespace sipward::oracle {

class Abnf {
 public:
  Abnf(const char* text);  // NOLINT(google-explicit-constructor): a literal, letters in any case
  static Abnf Exactly(const char* text);  // letters as they are
  static Abnf Range(int first, int last);
  static Abnf AnyOf(std::string_view chars);

  friend Abnf operator+(const Abnf& a, const Abnf& b);  // a b
  friend Abnf operator|(const Abnf& a, const Abnf& b);  // a / b
  friend Abnf Opt(const Abnf& a);                       // [ a ]
  friend Abnf Star(const Abnf& a);                      // *( a )
  friend Abnf Plus(const Abnf& a);                      // 1*( a )
  friend Abnf Times(int least, int most, const Abnf& a);
  // The words of `a` in which none of `chars` stands.
  friend Abnf Without(std::string_view chars, const Abnf& a);

 private:
  friend class Matcher;
  struct State {
    std::bitset<256> on;  // goes to `next` by one of these
    size_t next = 0;
    std::vector<size_t> free;  // goes there by nothing
  };

  Abnf() = default;
  // Copies the states of `a` behind those already here; returns where they begin.
  size_t Append(const Abnf& a);
  size_t Accept() const { return states_.size() - 1; }

  std::vector<State> states_;  // the first is the start, the last accepts
};

Abnf Opt(const Abnf& a);
Abnf Star(const Abnf& a);
Abnf Plus(const Abnf& a);
Abnf Times(int least, int most, const Abnf& a);
Abnf Without(std::string_view chars, const Abnf& a);

// Decides whether a text is a word of a rule. Sets of states are named when they are first met.
class Matcher {
 public:
  explicit Matcher(const Abnf& rule);
  bool Matches(std::string_view text);

 private:
  using Set = std::vector<size_t>;

  size_t Name(const Set& states);
  Set Closure(Set states) const;

  Abnf rule_;
  std::map<Set, size_t> names_;
  std::vector<Set> sets_;
  std::vector<std::array<int, 256>> steps_;  // -1: not yet asked
};

}  // namespace sipward::oracle

#endif  // SIPWARD_TESTS_SIP_ORACLE_ABNF_H_
