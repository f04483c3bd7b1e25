#include "io/fetch_head.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace sipward::io {
namespace {

// RFC 9111 section 1.2.2: what is larger counts as this.
constexpr int64_t kMostSeconds = 2'147'483'648;

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool IsWord(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                    [](char a, char b) { return Lower(a) == b; });
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

// 1*DIGIT, and nothing else.
std::optional<int64_t> Seconds(std::string_view text) {
  if (text.empty()) return std::nullopt;
  int64_t value = 0;
  for (const char c : text) {
    if (!IsDigit(c)) return std::nullopt;
    value = std::min(value * 10 + (c - '0'), kMostSeconds);
  }
  return value;
}

// The digits at a place of a date.
int64_t Number(std::string_view text, size_t at, size_t size) {
  int64_t value = 0;
  for (const char c : text.substr(at, size)) value = value * 10 + (c - '0');
  return value;
}

// Days since 1970 of a date in the Gregorian calendar; the year begins with March here, so that the
// day that some years have more is the last.
int64_t DaysOf(int64_t year, int64_t month, int64_t day) {
  const int64_t y = month <= 2 ? year - 1 : year;
  const int64_t m = (month + 9) % 12;
  return y * 365 + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + day - 1 - 719'468;
}

// Cuts at commas outside quotes.
std::string_view NextElement(std::string_view* rest) {
  bool quoted = false;
  size_t at = 0;
  for (; at < rest->size(); ++at) {
    const char c = (*rest)[at];
    if (quoted && c == '\\') {
      ++at;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      break;
    }
  }
  at = std::min(at, rest->size());
  const std::string_view element = Trim(rest->substr(0, at));
  rest->remove_prefix(std::min(at + 1, rest->size()));
  return element;
}

std::string_view Unquoted(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  return text;
}

}  // namespace

std::optional<int64_t> ParseHttpDate(std::string_view text) {
  // "Sun, 06 Nov 1994 08:49:37 GMT": N a digit, A any letter, the rest itself. The weekday is not
  // compared: the date says it.
  constexpr std::string_view kForm = "AAA, NN AAA NNNN NN:NN:NN GMT";
  if (text.size() != kForm.size()) return std::nullopt;
  for (size_t i = 0; i < kForm.size(); ++i) {
    const bool fits = kForm[i] == 'N'   ? IsDigit(text[i])
                      : kForm[i] == 'A' ? Lower(text[i]) >= 'a' && Lower(text[i]) <= 'z'
                                        : text[i] == kForm[i];
    if (!fits) return std::nullopt;
  }
  const auto month = std::find(kMonths.begin(), kMonths.end(), text.substr(8, 3));
  const int64_t day = Number(text, 5, 2);
  const int64_t hour = Number(text, 17, 2);
  const int64_t minute = Number(text, 20, 2);
  const int64_t second = Number(text, 23, 2);
  if (month == kMonths.end() || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) {
    return std::nullopt;
  }
  const int64_t days = DaysOf(Number(text, 12, 4), month - kMonths.begin() + 1, day);
  return days * 86'400 + hour * 3'600 + minute * 60 + second;
}

void ResponseHead::Add(std::string_view line) {
  const size_t bytes = bytes_ + line.size();
  line = Trim(line);
  if (line.starts_with("HTTP/")) {
    *this = ResponseHead();
    const size_t space = line.find(' ');
    if (space != std::string_view::npos && line.size() - space > 3) {
      const std::string_view code = line.substr(space + 1, 3);
      if (std::all_of(code.begin(), code.end(), IsDigit)) {
        status_ = static_cast<int>(Number(code, 0, 3));
      }
    }
  } else if (line.empty()) {
    complete_ = true;
  } else if (!complete_) {  // what comes behind the body says nothing of it any more
    const size_t colon = std::min(line.find(':'), line.size());
    AddField(line.substr(0, colon), Trim(line.substr(std::min(colon + 1, line.size()))));
  }
  bytes_ = bytes;
}

void ResponseHead::AddField(std::string_view name, std::string_view value) {
  if (IsWord(name, "content-encoding")) {
    encoded_ = encoded_ || !IsWord(value, "identity");
  } else if (IsWord(name, "transfer-encoding")) {
    encoded_ = encoded_ || !IsWord(value, "chunked");
  } else if (IsWord(name, "cache-control")) {
    AddCacheControl(value);
  } else if (IsWord(name, "expires")) {
    // "0" and the like mean that it is over (RFC 9111 section 5.3).
    if (!expires_) expires_ = ParseHttpDate(value).value_or(0);
  } else if (IsWord(name, "date")) {
    if (!date_) date_ = ParseHttpDate(value);
  } else if (IsWord(name, "age")) {
    if (!age_) age_ = Seconds(value);
  }
}

void ResponseHead::AddCacheControl(std::string_view value) {
  while (!value.empty()) {
    const std::string_view element = NextElement(&value);
    const size_t equals = std::min(element.find('='), element.size());
    const std::string_view name = Trim(element.substr(0, equals));
    const std::string_view argument = Trim(element.substr(std::min(equals + 1, element.size())));
    if (IsWord(name, "no-store") || IsWord(name, "no-cache")) {
      no_store_ = true;
    } else if (IsWord(name, "max-age")) {
      // What stands twice or cannot be read is stale (RFC 9111 section 4.2.1).
      const int64_t seconds = Seconds(Unquoted(argument)).value_or(0);
      fresh_for_ = std::min(seconds, fresh_for_.value_or(seconds));
    }
  }
}

int64_t ResponseHead::max_age(int64_t now) const {
  if (no_store_) return 0;
  int64_t fresh = -1;
  if (fresh_for_) {
    fresh = *fresh_for_;
  } else if (expires_) {
    fresh = *expires_ == 0 ? 0 : *expires_ - date_.value_or(now);
    fresh = std::clamp<int64_t>(fresh, 0, kMostSeconds);
  }
  if (fresh < 0) return -1;
  return std::max<int64_t>(fresh - age_.value_or(0), 0);
}

}  // namespace sipward::io
