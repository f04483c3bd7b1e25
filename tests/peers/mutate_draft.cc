// A message while it is being changed.
#include <algorithm>
#include <array>

#include "tests/peers/mutations.h"

namespace sipward::peers {

using namespace std::string_view_literals;

Draft CutDraft(const std::string& message) {
  Draft draft;
  size_t at = 0;
  while (message.compare(at, 2, "\r\n") != 0) {
    const size_t end = message.find("\r\n", at);
    draft.lines.push_back(message.substr(at, end - at));
    draft.ends.emplace_back("\r\n");
    at = end + 2;
  }
  draft.body = message.substr(at + 2);
  return draft;
}

std::string JoinDraft(const Draft& draft) {
  std::string text;
  for (size_t i = 0; i < draft.lines.size(); ++i) text += draft.lines[i] + draft.ends[i];
  return text + draft.head_end + draft.body;
}

void InsertLine(Draft* draft, size_t at, std::string line) {
  draft->lines.insert(draft->lines.begin() + static_cast<ptrdiff_t>(at), std::move(line));
  draft->ends.insert(draft->ends.begin() + static_cast<ptrdiff_t>(at), "\r\n");
}

void RemoveLine(Draft* draft, size_t at) {
  draft->lines.erase(draft->lines.begin() + static_cast<ptrdiff_t>(at));
  draft->ends.erase(draft->ends.begin() + static_cast<ptrdiff_t>(at));
}

std::string_view NameOf(std::string_view line) { return line.substr(0, line.find(':')); }

// The headers that decide who calls whom are changed more often than the others.
size_t PickHeader(const Draft& draft, Random& random) {
  constexpr std::array kTelling = {"Via"sv, "v"sv, "From"sv,    "f"sv,    "To"sv,
                                   "t"sv,   "i"sv, "Call-ID"sv, "CSeq"sv, "Content-Length"sv};
  size_t at = 1 + random.Below(draft.lines.size() - 1);
  for (int tries = 0; tries < 3; ++tries) {
    if (std::ranges::find(kTelling, NameOf(draft.lines[at])) != kTelling.end()) break;
    at = 1 + random.Below(draft.lines.size() - 1);
  }
  return at;
}

size_t PickNamed(const Draft& draft, Random& random,
                 std::initializer_list<std::string_view> names) {
  std::vector<size_t> found;
  for (size_t i = 1; i < draft.lines.size(); ++i) {
    if (std::ranges::find(names, NameOf(draft.lines[i])) != names.end()) found.push_back(i);
  }
  return found.empty() ? 0 : found[random.Below(found.size())];
}

// Where the value of a header line begins, or 0 in the start line.
size_t ValueBegin(const std::string& line, bool is_header) {
  if (!is_header) return 0;
  const size_t colon = line.find(':');
  if (colon == std::string::npos) return 0;
  const size_t value = line.find_first_not_of(' ', colon + 1);
  return value == std::string::npos ? line.size() : value;
}

size_t PickPlace(const std::string& line, bool is_header, Random& random) {
  const size_t begin = ValueBegin(line, is_header);
  return begin + random.Below(line.size() - begin + 1);
}

// A place at, before or behind one of `these`, or any.
size_t PickPlaceAt(const std::string& line, bool is_header, std::string_view these,
                   Random& random) {
  std::vector<size_t> places;
  for (size_t i = ValueBegin(line, is_header); i < line.size(); ++i) {
    if (these.find(line[i]) != these.npos) places.push_back(i);
  }
  if (places.empty()) return PickPlace(line, is_header, random);
  return places[random.Below(places.size())] + random.Below(2);
}

void ReplaceOnce(std::string* text, std::string_view from, std::string_view to) {
  const size_t at = text->find(from);
  if (at != std::string::npos) text->replace(at, from.size(), to);
}

}  // namespace sipward::peers
