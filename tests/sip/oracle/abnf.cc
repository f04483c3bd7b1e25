#include "tests/sip/oracle/abnf.h"

#include <algorithm>
#include <set>

#include "base/ascii.h"

namespace sipward::oracle {

Abnf::Abnf(const char* text) {
  states_.emplace_back();
  for (const char c : std::string_view(text)) {
    states_.back().on.set(static_cast<unsigned char>(c));
    if (IsAlpha(c)) states_.back().on.set(static_cast<unsigned char>(c ^ 0x20));
    states_.back().next = states_.size();
    states_.emplace_back();
  }
}

Abnf Abnf::Exactly(const char* text) {
  Abnf a("");
  for (const char c : std::string_view(text)) a = a + AnyOf({&c, 1});
  return a;
}

Abnf Abnf::Range(int first, int last) {
  Abnf a("?");
  a.states_[0].on.reset();
  for (int c = first; c <= last; ++c) a.states_[0].on.set(static_cast<size_t>(c));
  return a;
}

Abnf Abnf::AnyOf(std::string_view chars) {
  Abnf a("?");
  a.states_[0].on.reset();
  for (const char c : chars) a.states_[0].on.set(static_cast<unsigned char>(c));
  return a;
}

size_t Abnf::Append(const Abnf& a) {
  const size_t begin = states_.size();
  for (State state : a.states_) {
    state.next += begin;
    for (size_t& to : state.free) to += begin;
    states_.push_back(state);
  }
  return begin;
}

Abnf operator+(const Abnf& a, const Abnf& b) {
  Abnf both = a;
  const size_t end = both.Accept();
  const size_t begin = both.Append(b);
  both.states_[end].free.push_back(begin);
  return both;
}

Abnf operator|(const Abnf& a, const Abnf& b) {
  Abnf either;
  either.states_.emplace_back();
  const size_t first = either.Append(a);
  const size_t first_end = either.Accept();
  const size_t second = either.Append(b);
  const size_t second_end = either.Accept();
  either.states_.emplace_back();
  either.states_[0].free = {first, second};
  either.states_[first_end].free.push_back(either.Accept());
  either.states_[second_end].free.push_back(either.Accept());
  return either;
}

Abnf Opt(const Abnf& a) { return a | Abnf(""); }

Abnf Star(const Abnf& a) {
  Abnf loop;
  loop.states_.emplace_back();
  const size_t begin = loop.Append(a);
  const size_t end = loop.Accept();
  loop.states_.emplace_back();
  loop.states_[0].free = {begin, loop.Accept()};
  loop.states_[end].free.push_back(0);
  return loop;
}

Abnf Plus(const Abnf& a) { return a + Star(a); }

Abnf Times(int least, int most, const Abnf& a) {
  Abnf all("");
  for (int i = 0; i < least; ++i) all = all + a;
  for (int i = least; i < most; ++i) all = all + Opt(a);
  return all;
}

Abnf Without(std::string_view chars, const Abnf& a) {
  Abnf rest = a;
  for (Abnf::State& state : rest.states_) {
    for (const char c : chars) state.on.reset(static_cast<unsigned char>(c));
  }
  return rest;
}

Matcher::Matcher(const Abnf& rule) : rule_(rule) {
  Name({});  // 0: no way left
  Name(Closure({0}));
}

Matcher::Set Matcher::Closure(Set states) const {
  std::set<size_t> reached(states.begin(), states.end());
  while (!states.empty()) {
    const size_t from = states.back();
    states.pop_back();
    for (const size_t to : rule_.states_[from].free) {
      if (reached.insert(to).second) states.push_back(to);
    }
  }
  return {reached.begin(), reached.end()};
}

size_t Matcher::Name(const Set& states) {
  const auto [at, fresh] = names_.try_emplace(states, sets_.size());
  if (fresh) {
    sets_.push_back(states);
    steps_.emplace_back().fill(-1);
  }
  return at->second;
}

bool Matcher::Matches(std::string_view text) {
  size_t at = 1;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (steps_[at][octet] < 0) {
      Set next;
      for (const size_t from : sets_[at]) {
        if (rule_.states_[from].on[octet]) next.push_back(rule_.states_[from].next);
      }
      const size_t name = Name(Closure(next));
      steps_[at][octet] = static_cast<int>(name);
    }
    at = static_cast<size_t>(steps_[at][octet]);
  }
  return std::ranges::find(sets_[at], rule_.Accept()) != sets_[at].end();
}

}  // namespace sipward::oracle
