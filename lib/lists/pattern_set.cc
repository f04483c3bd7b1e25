#include "lists/pattern_set.h"

#include <utility>

#include "lists/pattern_sieve.h"

namespace sipward::lists {
namespace {

constexpr size_t kMaxPatternBytes = 4096;

}  // namespace

Scratch::Scratch() : impl_(std::make_unique<Impl>()) {}
Scratch::~Scratch() = default;
Scratch::Scratch(Scratch&&) noexcept = default;
Scratch& Scratch::operator=(Scratch&&) noexcept = default;

PatternSet::PatternSet(std::shared_ptr<const Compiled> compiled, const std::vector<Pattern>& sifted)
    : compiled_(std::move(compiled)), sieve_(std::make_unique<PatternSieve>(sifted)) {}
PatternSet::~PatternSet() = default;

const std::vector<Pattern>& PatternSet::patterns() const { return compiled_->patterns; }

std::string PatternSet::WhyUnusable(const Pattern& pattern) {
  if (pattern.text.empty()) return "the entry is empty";
  if (pattern.literal) return {};
  if (pattern.text.size() > kMaxPatternBytes) return "a pattern has at most 4096 bytes";
  if (pattern.text.find('\0') != std::string::npos) {
    return "a pattern cannot hold a zero byte; write \\x00";
  }
  return PatternEngine::WhyUnusable(pattern.text, pattern.nocase);
}

std::shared_ptr<const PatternSet> PatternSet::Build(std::vector<Pattern> patterns,
                                                    PatternError* error) {
  auto compiled = std::make_shared<Compiled>();
  compiled->patterns = std::move(patterns);
  const size_t count = compiled->patterns.size();
  if (count != 0 && !compiled->Compile(0, count, error)) return nullptr;
  const std::vector<Pattern>& all = compiled->patterns;
  return std::shared_ptr<const PatternSet>(new PatternSet(std::move(compiled), all));
}

std::shared_ptr<const PatternSet> PatternSet::NarrowedTo(
    const std::vector<uint32_t>& numbers) const {
  std::vector<Pattern> some;
  for (const uint32_t number : numbers) some.push_back(compiled_->patterns[number]);
  return std::shared_ptr<const PatternSet>(new PatternSet(compiled_, some));
}

// What is too large in one piece may do in two. The depth is the logarithm of the number.
bool PatternSet::Compiled::Compile(size_t begin, size_t end, PatternError* error) {
  PatternEngine::Failure failure;
  auto engine = PatternEngine::Compile(std::span(patterns).subspan(begin, end - begin), &failure);
  if (engine != nullptr) {
    parts.push_back({static_cast<uint32_t>(begin), std::move(engine)});
    return true;
  }
  if (failure.pattern || end - begin == 1) {
    *error = {begin + failure.pattern.value_or(0), std::move(failure.message)};
    return false;
  }
  const size_t middle = begin + (end - begin) / 2;
  return Compile(begin, middle, error) && Compile(middle, end, error);
}

bool PatternSet::Prepare(Scratch* scratch) const {
  if (scratch->impl_ == nullptr) scratch->impl_ = std::make_unique<Scratch::Impl>();
  for (const Compiled::Part& part : compiled_->parts) {
    if (!part.engine->Prepare(&scratch->impl_->space)) return false;
  }
  return true;
}

bool PatternSet::Matches(std::string_view text, Scratch* scratch) const {
  if (scratch == nullptr || scratch->impl_ == nullptr) return false;
  if (!sieve_->LetsThrough(text)) return false;
  for (const Compiled::Part& part : compiled_->parts) {
    if (part.engine->Matches(text, scratch->impl_->space.get())) return true;
  }
  return false;
}

void PatternSet::Find(std::string_view text, Scratch* scratch, PatternSink* sink) const {
  if (scratch == nullptr || scratch->impl_ == nullptr) return;
  if (!sieve_->LetsThrough(text)) return;
  for (const Compiled::Part& part : compiled_->parts) {
    part.engine->Find(text, scratch->impl_->space.get(), part.first, sink);
  }
}

}  // namespace sipward::lists
