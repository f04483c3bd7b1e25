#include "facts/product.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/ascii.h"

namespace sipward::facts {
namespace {

// What programs begin with, in lower case, and the family that they are of. Longer ones first.
struct Family {
  std::string_view begins;
  std::string_view name;
  bool inner = false;  // the version is the one in parentheses
};
constexpr std::array kFamilies = {
    Family{"avm fritz!box", "fritzbox"},
    Family{"asterisk pbx certified", "asterisk-certified"},
    Family{"asterisk", "asterisk"},
    Family{"fpbx-", "asterisk", true},
    Family{"freepbx", "asterisk", true},
    Family{"pbxact", "asterisk", true},
    Family{"freeswitch", "freeswitch"},
    Family{"mod_sofia", "freeswitch"},
    Family{"sofia-sip", "sofia-sip"},
    Family{"kamailio", "kamailio"},
    Family{"opensips", "opensips"},
    Family{"openser", "openser"},
    Family{"sip express router", "ser"},
    Family{"pjsua", "pjsip"},
    Family{"pjsip", "pjsip"},
    Family{"linphone", "linphone"},
    Family{"belle-sip", "belle-sip"},
    Family{"exosip", "exosip"},
    Family{"grandstream gxp16", "grandstream-gxp1600"},
    Family{"grandstream", "grandstream"},
    Family{"yealink", "yealink"},
    Family{"cisco/spa3", "cisco-spa300"},
    Family{"cisco/spa5", "cisco-spa500"},
    Family{"cisco/spa", "cisco-spa"},
    Family{"linksys/spa", "cisco-spa"},
    Family{"cisco-cucm", "cisco-cucm"},
    Family{"cisco-sipgateway", "cisco-ios"},
    Family{"cisco-cp", "cisco-phone"},
    Family{"polycom", "polycom"},
    Family{"snom", "snom"},
    Family{"fanvil", "fanvil"},
    Family{"3cxphone", "3cx"},
    Family{"jitsi", "jitsi"},
    Family{"baresip", "baresip"},
    Family{"zoiper", "zoiper"},
    Family{"z 5", "zoiper"},
    Family{"z 3", "zoiper"},
};

constexpr std::array<std::string_view, 5> kBeforeFinal = {"rc", "beta", "alpha", "pre", "dev"};
constexpr size_t kLongestSearched = 512;  // no program calls itself longer than that
constexpr size_t kMostNumbers = 16;

bool IsAlnum(char c) { return IsAlpha(c) || IsDigit(c); }

bool BeginsNocase(std::string_view text, std::string_view with) {
  return text.size() >= with.size() && EqualsIgnoreCase(text.substr(0, with.size()), with);
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  return text.substr(0, kLongestSearched);
}

const Family* FamilyOf(std::string_view text) {
  if (text.empty()) return nullptr;
  const char first = ToLower(text.front());  // which of most tells enough
  const auto found = std::find_if(kFamilies.begin(), kFamilies.end(), [&](const Family& family) {
    return family.begins.front() == first && BeginsNocase(text, family.begins);
  });
  return found == kFamilies.end() ? nullptr : &*found;
}

// How many bytes at `at` are numbers with dots between them; `dots` says how many dots.
size_t NumbersAt(std::string_view text, size_t at, size_t* dots) {
  size_t end = at;
  *dots = 0;
  while (end < text.size() && IsDigit(text[end])) ++end;
  while (end > at && end + 1 < text.size() && text[end] == '.' && IsDigit(text[end + 1])) {
    ++*dots;
    for (++end; end < text.size() && IsDigit(text[end]);) ++end;
  }
  return end - at;
}

// The word behind numbers that says what sort of version it is, with its own number: "-rc2", "b".
size_t SuffixAt(std::string_view text, size_t at) {
  const size_t begin =
      at + (at < text.size() && (text[at] == '-' || text[at] == '~' || text[at] == '.') ? 1 : 0);
  size_t end = begin;
  while (end < text.size() && IsAlpha(text[end])) ++end;
  const std::string_view word = text.substr(begin, end - begin);
  const auto is_word = [&](std::string_view known) { return EqualsIgnoreCase(word, known); };
  const bool known = std::any_of(kBeforeFinal.begin(), kBeforeFinal.end(), is_word) ||
                     is_word("cert") || (word.size() == 1 && begin == at);
  if (!known) return 0;
  size_t behind = end;
  if (behind + 1 < text.size() && (text[behind] == '.' || text[behind] == '-') &&
      IsDigit(text[behind + 1])) {
    ++behind;
  }
  while (behind < text.size() && IsDigit(text[behind])) ++behind;
  return behind - at;
}

// Where a version may begin: not within a word, unless that is the name or a "v" of its own.
bool MayBegin(std::string_view text, size_t at, size_t name) {
  if (!IsDigit(text[at])) return false;
  if (at == 0 || at == name || !IsAlnum(text[at - 1])) return at == 0 || text[at - 1] != '.';
  return ToLower(text[at - 1]) == 'v' && (at == 1 || !IsAlnum(text[at - 2]));
}

// Where the first word ends, a version behind it left out.
size_t FirstWord(std::string_view text) {
  constexpr std::string_view kEnds = "/ \t(),;[]<>\"";
  const size_t end = std::min(text.find_first_of(kEnds), text.size());
  for (size_t at = 1; at < end; ++at) {
    size_t dots = 0;
    if (IsDigit(text[at]) && !IsDigit(text[at - 1]) && NumbersAt(text, at, &dots) > 0 && dots > 0) {
      return IsAlnum(text[at - 1]) ? at : at - 1;
    }
  }
  return end;
}

// One number between dots, as digits without zeros in front.
std::string_view TakeNumber(std::string_view* text) {
  size_t end = 0;
  while (end < text->size() && IsDigit((*text)[end])) ++end;
  std::string_view digits = text->substr(0, end);
  text->remove_prefix(end);
  while (!digits.empty() && digits.front() == '0') digits.remove_prefix(1);
  return digits;
}

int CompareDigits(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  return a.compare(b);
}

// What stands behind the numbers: -1 comes before the final version, 1 behind it; with the number
// that follows it.
int RankOf(std::string_view* suffix) {
  while (!suffix->empty() && !IsAlnum(suffix->front())) suffix->remove_prefix(1);
  if (suffix->empty()) return 0;
  for (size_t i = 0; i < kBeforeFinal.size(); ++i) {
    if (!BeginsNocase(*suffix, kBeforeFinal[i])) continue;
    suffix->remove_prefix(kBeforeFinal[i].size());
    while (!suffix->empty() && !IsAlnum(suffix->front())) suffix->remove_prefix(1);
    return -1 - static_cast<int>(i);  // rc is the latest of them
  }
  if (BeginsNocase(*suffix, "cert")) {
    suffix->remove_prefix(std::string_view("cert").size());
    return 1;
  }
  if (!IsAlpha(suffix->front())) return 0;
  const char letter = ToLower(suffix->front());
  suffix->remove_prefix(1);
  return letter;
}

}  // namespace

std::string_view ProductOf(std::string_view text, std::span<char> out) {
  text = Trimmed(text);
  if (const Family* family = FamilyOf(text)) return family->name;
  text = text.substr(0, std::min({FirstWord(text), kMaxProduct, out.size()}));
  std::transform(text.begin(), text.end(), out.begin(), ToLower);
  return {out.data(), text.size()};
}

std::string_view VersionOf(std::string_view text) {
  text = Trimmed(text);
  const Family* family = FamilyOf(text);
  const size_t name = family == nullptr ? FirstWord(text) : family->begins.size();
  size_t from = 0;
  if (family != nullptr && family->inner && text.find('(') != std::string_view::npos) {
    from = text.find('(');
  }
  std::string_view plain;
  for (size_t at = from; at < text.size(); ++at) {
    if (!MayBegin(text, at, name)) continue;
    size_t dots = 0;
    const size_t size = NumbersAt(text, at, &dots);
    if (dots > 0) return text.substr(at, size + SuffixAt(text, at + size));
    const bool alone = at + size == text.size() || !IsAlnum(text[at + size]);
    if (plain.empty() && alone && at > 0 && at >= name) plain = text.substr(at, size);
    at += size - 1;
  }
  return plain;
}

std::string_view BranchOf(std::string_view text, std::span<char> out) {
  std::array<char, kMaxProduct> room;
  const std::string_view product = ProductOf(text, room);
  const std::string_view version = VersionOf(text);
  const size_t major = std::min(version.find('.'), version.size());
  size_t used = std::min(product.size(), out.size());
  if (used > 0) std::memcpy(out.data(), product.data(), used);
  size_t digits = 0;
  while (digits < major && IsDigit(version[digits])) ++digits;
  if (digits == 0 || out.size() - used < digits + 1) return {out.data(), used};
  out[used++] = ' ';
  std::memcpy(out.data() + used, version.data(), digits);
  return {out.data(), used + digits};
}

bool VersionLess(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty() || !IsDigit(a.front()) || !IsDigit(b.front())) return false;
  for (size_t i = 0; i < kMostNumbers; ++i) {
    const int order = CompareDigits(TakeNumber(&a), TakeNumber(&b));
    if (order != 0) return order < 0;
    const auto more = [](std::string_view* rest) {
      if (rest->size() < 2 || rest->front() != '.' || !IsDigit((*rest)[1])) return false;
      rest->remove_prefix(1);
      return true;
    };
    const bool more_a = more(&a), more_b = more(&b);
    if (!more_a && !more_b) break;
  }
  const int rank_a = RankOf(&a), rank_b = RankOf(&b);
  if (rank_a != rank_b) return rank_a < rank_b;
  return CompareDigits(TakeNumber(&a), TakeNumber(&b)) < 0;
}

}  // namespace sipward::facts
