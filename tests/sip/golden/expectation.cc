#include "tests/sip/golden/expectation.h"

#include <algorithm>
#include <memory>
#include <tuple>

#include "tests/sip/golden/escape.h"
#include "tests/sip/golden/fields.h"

namespace sipward::sip::golden {
namespace {

struct Read {
  Verdict verdict;
  std::vector<Anomaly> anomalies;
};

bool Before(const Anomaly& a, const Anomaly& b) {
  return std::tuple(a.offset, Describe(a.id).name) < std::tuple(b.offset, Describe(b.id).name);
}

Read ReadIn(Profile profile, std::string_view bytes, bool stream, Message& message) {
  message.Parse(bytes, {.profile = profile, .stream = stream});
  Read read;
  read.verdict.status = message.Validate();
  if (message.error() != nullptr) read.verdict.error = *message.error();
  read.anomalies.assign(message.anomalies().begin(), message.anomalies().end());
  std::sort(read.anomalies.begin(), read.anomalies.end(), Before);
  return read;
}

std::string Name(const Anomaly& anomaly) {
  return std::string(Describe(anomaly.id).name) + ' ' + std::to_string(anomaly.offset);
}

std::string Line(std::string_view profile, const Verdict& verdict) {
  std::string line = std::string(profile) + ' ' + std::string(StatusName(verdict.status));
  return verdict.error ? line + ' ' + Name(*verdict.error) : line;
}

std::string Line(const Field& field, const char* base, bool with_text) {
  if (!field.place.present()) return field.name + " = " + field.computed;
  const std::string place = field.name + ' ' + std::to_string(field.place.offset) + '+' +
                            std::to_string(field.place.length);
  if (!with_text || field.place.empty()) return place;
  return place + ' ' + Escape(field.place.In(base));
}

// The fields that the line of a block names: one, or with `.*` those below it and itself.
bool Matches(std::string_view pattern, std::string_view name) {
  if (!pattern.ends_with(".*")) return name == pattern;
  pattern.remove_suffix(2);
  return name.starts_with(pattern) &&
         (name.size() == pattern.size() || name[pattern.size()] == '.');
}

bool IsVerdict(std::string_view word) {
  return word == "strict" || word == "tolerant" || word == "raised";
}

}  // namespace

std::string_view StatusName(ParseStatus status) {
  switch (status) {
    case ParseStatus::kOk:
      return "ok";
    case ParseStatus::kMalformed:
      return "malformed";
    case ParseStatus::kLimit:
      break;
  }
  return "limit";
}

Outcome Look(std::string_view bytes, bool stream, bool with_text,
             const std::vector<std::string>& wanted) {
  const auto message = std::make_unique<Message>();
  const Read strict = ReadIn(Profile::kStrict, bytes, stream, *message);
  const Read tolerant = ReadIn(Profile::kTolerant, bytes, stream, *message);
  Outcome outcome{strict.verdict, tolerant.verdict, tolerant.anomalies, false, {}};
  outcome.same_in_both_profiles = std::equal(
      strict.anomalies.begin(), strict.anomalies.end(), tolerant.anomalies.begin(),
      tolerant.anomalies.end(),
      [](const Anomaly& a, const Anomaly& b) { return a.id == b.id && a.offset == b.offset; });

  std::vector<std::string>& lines = outcome.lines;
  lines.push_back(Line("strict", strict.verdict));
  lines.push_back(Line("tolerant", tolerant.verdict));
  for (const Anomaly& anomaly : outcome.anomalies) lines.push_back("raised " + Name(anomaly));

  const std::vector<Field> fields = FieldsOf(*message);
  for (const std::string& line : wanted) {
    const std::string pattern = line.substr(0, line.find(' '));
    if (pattern.empty() || IsVerdict(pattern)) continue;
    bool found = false;
    for (const Field& field : fields) {
      if (!Matches(pattern, field.name)) continue;
      lines.push_back(Line(field, bytes.data(), with_text));
      found = true;
    }
    if (!found && !pattern.ends_with(".*")) lines.push_back(pattern + " absent");
  }
  return outcome;
}

}  // namespace sipward::sip::golden
