// Writes what a value parser found as one line of text, so that a test is a table of lines.
#ifndef SIPWARD_TESTS_SIP_VALUES_SUPPORT_H_
#define SIPWARD_TESTS_SIP_VALUES_SUPPORT_H_

#include <string>
#include <string_view>
#include <utility>

#include "sip/values.h"

namespace sipward::sip::values_test {

struct Case {
  std::string_view input;
  std::string_view found;      // "user=alice host=example.com"
  std::string_view anomalies;  // "uri.two_at@9 uri.percent_at@4", offsets in the input
};

// The values stand behind a few other bytes, so that an offset that forgets the base shows.
class Text {
 public:
  explicit Text(std::string_view text) : bytes_("#####" + std::string(text)) {}
  const char* base() const { return bytes_.data(); }
  Slice slice() const { return {kBefore, static_cast<uint32_t>(bytes_.size()) - kBefore}; }
  static constexpr uint32_t kBefore = 5;

 private:
  std::string bytes_;
};

inline std::string Names(const AnomalyLog& log) {
  std::string names;
  for (const Anomaly& anomaly : log) {
    if (!names.empty()) names += ' ';
    names += std::string(Describe(anomaly.id).name) + '@' +
             std::to_string(anomaly.offset - Text::kBefore);
  }
  return names;
}

// "name=value name=value" of those that are present, in the order given.
template <size_t N>
std::string Show(const char* base, const std::pair<const char*, Slice> (&fields)[N]) {
  std::string shown;
  for (const auto& [name, slice] : fields) {
    if (!slice.present()) continue;
    if (!shown.empty()) shown += ' ';
    shown += std::string(name) + '=' + std::string(slice.In(base));
  }
  return shown;
}

inline std::string_view KindName(HostKind kind) {
  constexpr std::string_view kNames[] = {"none", "name", "ipv4", "ipv6", "bad"};
  return kNames[static_cast<size_t>(kind)];
}

inline AnomalyLog EmptyLog(Profile profile = Profile::kTolerant) {
  AnomalyLog log;
  log.Clear();
  log.set_refusing(RefusedBy(profile));
  return log;
}

}  // namespace sipward::sip::values_test

#endif  // SIPWARD_TESTS_SIP_VALUES_SUPPORT_H_
