#include "sip/values.h"

namespace sipward::sip {
namespace {

constexpr std::string_view kNames[] = {
    "",
#define SIPWARD_METHOD(symbol, name) name,
#include "sip/method.def"
#undef SIPWARD_METHOD
};

}  // namespace

Method FindMethod(std::string_view text) {
  for (size_t i = 1; i < std::size(kNames); ++i) {
    if (kNames[i] == text) return static_cast<Method>(i);
  }
  return Method::kOther;
}

std::string_view MethodName(Method method) {
  const auto index = static_cast<size_t>(method);
  return index < std::size(kNames) ? kNames[index] : std::string_view();
}

}  // namespace sipward::sip
