// A value or the reason why there is none: what everything at load time returns.
#ifndef SIPWARD_RESULT_H_
#define SIPWARD_RESULT_H_

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sipward/diagnostic.h"
#include "sipward/status.h"

namespace sipward {

struct Error {
  Status status;
  std::vector<Diagnostic> diagnostics = {};  // of rules; errors and warnings

  // The status as a sentence, then every diagnostic with its line and a mark under the place.
  std::string Render() const {
    std::string out(status.text());
    out += '\n';
    for (const Diagnostic& diagnostic : diagnostics) out += diagnostic.Render();
    return out;
  }
};

// Holds a T or an Error. Ask ok() first: value() of an error throws std::bad_variant_access.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : held_(std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : held_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const noexcept { return std::holds_alternative<T>(held_); }
  explicit operator bool() const noexcept { return ok(); }

  T& value() & { return std::get<T>(held_); }
  const T& value() const& { return std::get<T>(held_); }
  // By value, so that `const auto& rules = Rules::Default().value();` holds what it names.
  T value() && { return std::get<T>(std::move(held_)); }
  T& operator*() & { return value(); }
  T* operator->() { return &value(); }

  const Error& error() const& { return std::get<Error>(held_); }
  Error error() && { return std::get<Error>(std::move(held_)); }

 private:
  std::variant<T, Error> held_;
};

}  // namespace sipward

#endif  // SIPWARD_RESULT_H_
