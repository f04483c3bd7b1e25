// What entries of feeds may stand on a list.
#include <algorithm>
#include <charconv>

#include "base/ascii.h"
#include "lists/feed.h"

namespace sipward::lists {
namespace {

constexpr size_t kMostAgent = 255;
constexpr size_t kMostHome = 7;
constexpr uint8_t kV4Bits = 32, kV6Bits = 128;

// RFC 6890 and its kin: no address of these is somebody's on the Internet.
constexpr std::array<std::string_view, 13> kSpecial = {
    "0.0.0.0/8",     "10.0.0.0/8",     "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
    "172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/3",   "::/8",        "fc00::/7",
    "fe80::/10",     "ff00::/8",       "fec0::/10"};

bool Touch(const Cidr& a, const Cidr& b) {
  return a.address.is_v4() == b.address.is_v4() && (a.Contains(b.address) || b.Contains(a.address));
}

bool IsSpecial(const Cidr& net) {
  static const std::array<Cidr, kSpecial.size()> kNets = [] {
    std::array<Cidr, kSpecial.size()> nets;
    std::transform(kSpecial.begin(), kSpecial.end(), nets.begin(),
                   [](std::string_view text) { return *Cidr::Parse(text); });
    return nets;
  }();
  return std::any_of(kNets.begin(), kNets.end(), [&](const Cidr& one) { return Touch(one, net); });
}

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r";
  const size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

// An address, or a network; bits of its host part are cleared, as many feeds leave them.
std::optional<Cidr> ParseNet(std::string_view text) {
  const size_t slash = text.find('/');
  const auto ip = IpAddress::Parse(text.substr(0, slash));
  if (!ip) return std::nullopt;
  const uint8_t most = ip->is_v4() ? kV4Bits : kV6Bits;
  uint8_t bits = most;
  if (slash != std::string_view::npos) {
    const char* const begin = text.data() + slash + 1;
    const char* const end = text.data() + text.size();
    const auto [at, error] = std::from_chars(begin, end, bits);
    if (error != std::errc() || at != end || begin == end || bits > most) return std::nullopt;
  }
  return Cidr{ip->Prefix(bits), bits};
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), ToLower);
  return lower;
}

std::string Reversed(std::string text) {
  std::reverse(text.begin(), text.end());
  return text;
}

// Digits of a number as people write it.
std::string DigitsOf(std::string_view text) {
  std::string digits;
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  for (const char c : text) {
    if (IsDigit(c)) {
      digits += c;
    } else if (std::string_view(" -.()/").find(c) == std::string_view::npos) {
      return {};
    }
  }
  return digits.size() <= kMostDigits ? digits : std::string();
}

Kind ListKind(FeedKind kind) {
  switch (kind) {
    case FeedKind::kAddress:
    case FeedKind::kNetwork:
      return Kind::kCidr;
    case FeedKind::kDomain:
      return Kind::kDomain;
    case FeedKind::kNumber:
      return Kind::kPrefix;
    case FeedKind::kAgent:
      break;
  }
  return Kind::kExact;
}

}  // namespace

bool Fits(FeedKind kind, Kind list) {
  return list == ListKind(kind) || (kind == FeedKind::kNumber && list == Kind::kExact);
}

std::optional<Nanos> ParseTtl(std::string_view text) {
  text = Trim(text);
  int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || at == text.data() || number < 0) return std::nullopt;
  const std::string_view unit(at, static_cast<size_t>(end - at));
  const Nanos scale = unit.empty() || unit == "s" ? kSecond
                      : unit == "m"               ? kMinute
                      : unit == "h"               ? kHour
                      : unit == "d"               ? kDay
                                                  : 0;
  Nanos ttl = 0;
  if (scale == 0 || __builtin_mul_overflow(number, scale, &ttl)) return std::nullopt;
  return ttl;
}

std::unique_ptr<FeedJudge> FeedJudge::Make(FeedSettings settings, std::string_view* wrong) {
  std::unique_ptr<FeedJudge> judge(new FeedJudge(std::move(settings)));
  *wrong = judge->Prepare();
  return wrong->empty() ? std::move(judge) : nullptr;
}

// The setting that cannot be, if there is one.
std::string_view FeedJudge::Prepare() {
  const bool digits = std::all_of(settings_.home.begin(), settings_.home.end(), IsDigit);
  if (!digits || settings_.home.size() > kMostHome) return "home";
  std::vector<std::string> keys;
  for (const std::string& text : settings_.allowed) {
    // What is allowed may be as wide as it likes.
    std::string key(Trim(text));
    if (settings_.kind == FeedKind::kNumber) key = DigitsOf(key);
    if (settings_.kind == FeedKind::kDomain || settings_.kind == FeedKind::kAgent) key = Lower(key);
    if (settings_.kind == FeedKind::kDomain && !key.empty() && key.back() == '.') key.pop_back();
    keys.push_back(std::move(key));
  }
  std::vector<lists::Entry> entries;
  for (const std::string& key : keys) {
    entries.push_back({key, static_cast<uint32_t>(entries.size() + 1), 1});
  }
  allowed_ = List::Build(ListKind(settings_.kind), false, entries, nullptr);
  if (allowed_ == nullptr) return "allowed";
  if (settings_.kind == FeedKind::kDomain) {
    std::transform(keys.begin(), keys.end(), keys.begin(), Reversed);
  }
  std::sort(keys.begin(), keys.end());
  allowed_keys_ = std::move(keys);
  return {};
}

std::optional<Refusal> FeedJudge::Judge(const FeedItem& item, Entry* entry) const {
  entry->ttl = 0;
  if (!Trim(item.ttl).empty()) {
    const auto ttl = ParseTtl(item.ttl);
    if (!ttl || *ttl < settings_.limits.least_ttl || *ttl > settings_.limits.most_ttl) {
      return Refusal::kMalformed;
    }
    entry->ttl = *ttl;
  }
  const std::string_view text = Trim(item.text);
  switch (settings_.kind) {
    case FeedKind::kAddress:
    case FeedKind::kNetwork:
      return JudgeNet(text, entry);
    case FeedKind::kDomain:
      return JudgeDomain(text, entry);
    case FeedKind::kNumber:
      return JudgeNumber(text, entry);
    case FeedKind::kAgent:
      break;
  }
  return JudgeAgent(text, entry);
}

std::optional<Refusal> FeedJudge::JudgeNet(std::string_view text, Entry* entry) const {
  const auto net = ParseNet(text);
  if (!net) return Refusal::kMalformed;
  const bool v4 = net->address.is_v4();
  const bool single = net->bits == (v4 ? kV4Bits : kV6Bits);
  if (settings_.kind == FeedKind::kAddress && !single) return Refusal::kTooWide;
  if (net->bits < (v4 ? settings_.limits.v4_bits : settings_.limits.v6_bits)) {
    return Refusal::kTooWide;
  }
  if (!settings_.limits.special && IsSpecial(*net)) return Refusal::kSpecial;
  if (allowed_->Touches(*net)) return Refusal::kAllowed;
  entry->key = single ? net->address.ToString() : net->ToString();
  return std::nullopt;
}

// Whether an allowed key lies within this one. Keys that begin alike stand together.
bool FeedJudge::HasAllowedWithin(const std::string& key) const {
  const auto at = std::lower_bound(allowed_keys_.begin(), allowed_keys_.end(), key);
  return at != allowed_keys_.end() && at->compare(0, key.size(), key) == 0;
}

std::optional<Refusal> FeedJudge::JudgeDomain(std::string_view text, Entry* entry) const {
  if (text.substr(0, 2) == "*.") text.remove_prefix(2);
  if (!text.empty() && text.back() == '.') text.remove_suffix(1);
  // One dot for the root, not two: "com.." is no name of two labels.
  const bool rooted = !text.empty() && text.back() == '.';
  if (rooted || !IsEntry(Kind::kDomain, text)) return Refusal::kMalformed;
  entry->key = Lower(text);
  const auto dots = std::count(text.begin(), text.end(), '.');
  if (dots + 1 < settings_.limits.labels) return Refusal::kTooWide;
  if (allowed_->Contains(entry->key, nullptr) || HasAllowedWithin(Reversed(entry->key) + '.')) {
    return Refusal::kAllowed;
  }
  return std::nullopt;
}

std::optional<Refusal> FeedJudge::JudgeNumber(std::string_view text, Entry* entry) const {
  entry->key = DigitsOf(text);
  if (entry->key.empty()) return Refusal::kMalformed;
  const std::string& home = settings_.home;
  const bool at_home = !home.empty() && entry->key.compare(0, home.size(), home) == 0;
  const size_t least = at_home ? settings_.limits.home_digits : settings_.limits.digits;
  if (entry->key.size() < least) return Refusal::kTooWide;
  if (allowed_->Contains(entry->key, nullptr) || HasAllowedWithin(entry->key)) {
    return Refusal::kAllowed;
  }
  return std::nullopt;
}

std::optional<Refusal> FeedJudge::JudgeAgent(std::string_view text, Entry* entry) const {
  const auto control = [](char c) { return static_cast<uint8_t>(c) < ' ' || c == '\x7f'; };
  if (text.empty() || text.size() > kMostAgent || std::any_of(text.begin(), text.end(), control)) {
    return Refusal::kMalformed;
  }
  entry->key = Lower(text);
  if (allowed_->Contains(entry->key, nullptr)) return Refusal::kAllowed;
  return std::nullopt;
}

}  // namespace sipward::lists
