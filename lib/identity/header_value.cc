#include "identity/header_value.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace sipward::identity {
namespace {

constexpr std::string_view kPptNames[] = {"", "shaken", "div", "div-o", "rph", "rcd", "msg", ""};

// RFC 3261 section 25.1.
bool IsTokenChar(char c) {
  return IsAlpha(c) || IsDigit(c) ||
         (c != '\0' && std::string_view("-.!%*_+`'~").find(c) != std::string_view::npos);
}

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// The token is most of a value: one look into a table for each of its characters.
constexpr std::array<bool, 256> kEndsToken = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view(";, \t\r\n")) table[static_cast<unsigned char>(c)] = true;
  return table;
}();

// RFC 3986 section 2: what a URI may hold.
bool IsUriChar(char c) { return c > ' ' && c < 0x7f && c != '<' && c != '>' && c != '"'; }

struct Param {
  std::string_view name;
  std::string_view value;  // with its quotes or brackets
  bool has_value = false;
};

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool done() const { return at_ == text_.size(); }
  char peek() const { return done() ? '\0' : text_[at_]; }
  bool Take(char c) {
    if (done() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void SkipSpace() {
    while (!done() && IsSpace(text_[at_])) ++at_;
  }
  template <typename Belongs>
  std::string_view TakeWhile(Belongs belongs) {
    const size_t begin = at_;
    while (!done() && belongs(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }
  // From the opening quote to the closing one; empty if there is none.
  std::string_view TakeQuoted() {
    const size_t begin = at_;
    for (++at_; !done(); ++at_) {
      if (text_[at_] == '"') return text_.substr(begin, ++at_ - begin);
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
    }
    return {};
  }
  // False: it does not follow the grammar. `*param` is behind a semicolon.
  bool TakeParam(Param* param);

 private:
  bool TakeValue(Param* param);

  std::string_view text_;
  size_t at_ = 0;
};

bool Reader::TakeValue(Param* param) {
  param->has_value = true;
  if (peek() == '"') {
    param->value = TakeQuoted();
    return !param->value.empty();
  }
  if (peek() == '<') {
    const size_t begin = at_++;
    TakeWhile(IsUriChar);
    if (!Take('>')) return false;
    param->value = text_.substr(begin, at_ - begin);
    return true;
  }
  // A host may have colons and brackets; an info without its brackets is told apart later.
  param->value = TakeWhile([](char c) { return IsUriChar(c) && c != ';' && c != ','; });
  return !param->value.empty();
}

bool Reader::TakeParam(Param* param) {
  *param = {};
  SkipSpace();
  param->name = TakeWhile(IsTokenChar);
  if (param->name.empty()) return false;
  SkipSpace();
  if (!Take('=')) return true;
  SkipSpace();
  if (!TakeValue(param)) return false;
  SkipSpace();
  return true;
}

std::string_view Unquote(std::string_view text) {
  if (text.starts_with('"')) text = text.substr(1, text.size() - 2);
  return text;
}

// Those that mean something here, as they stand; all others are ignored.
struct Params {
  Param info, alg, ppt;
};

Reason Keep(const Param& param, Params* params) {
  Param* place = nullptr;
  if (EqualsIgnoreCase(param.name, "info")) place = &params->info;
  if (EqualsIgnoreCase(param.name, "alg")) place = &params->alg;
  if (EqualsIgnoreCase(param.name, "ppt")) place = &params->ppt;
  if (place == nullptr) return Reason::kOk;
  if (!place->name.empty()) return Reason::kHeaderParamDup;
  *place = param;
  return Reason::kOk;
}

Reason ReadParams(Reader reader, const HeaderPolicy& policy, Params* params, FlagSet* flags) {
  for (uint32_t count = 0;; ++count) {
    reader.SkipSpace();
    if (reader.done()) return Reason::kOk;
    if (reader.peek() == ',' && count != 0) {
      flags->Add(Flag::kCommaIgnored);
      return Reason::kOk;
    }
    Param param;
    if (!reader.Take(';') || !reader.TakeParam(&param)) return Reason::kHeaderSyntax;
    if (count == policy.params) return Reason::kHeaderTooLarge;
    const Reason reason = Keep(param, params);
    if (reason != Reason::kOk) return reason;
  }
}

Reason ReadPpt(const Param& param, const HeaderPolicy& policy, HeaderValue* out) {
  if (!param.name.empty()) {
    out->ppt_text = Unquote(param.value);
    if (out->ppt_text.empty()) return Reason::kHeaderSyntax;
    out->ppt = FindPpt(out->ppt_text);
  }
  return (policy.ppts & SetOf(out->ppt)) != 0 ? Reason::kOk : Reason::kPptUnsupported;
}

}  // namespace

std::string_view PptName(Ppt ppt) { return kPptNames[static_cast<size_t>(ppt)]; }

Ppt FindPpt(std::string_view name) {
  if (name.empty()) return Ppt::kNone;
  const auto* found = std::find(std::begin(kPptNames), std::end(kPptNames), name);
  return found == std::end(kPptNames) ? Ppt::kUnknown : static_cast<Ppt>(found - kPptNames);
}

Reason CutToken(std::string_view token, HeaderValue* out) {
  out->token = token;
  const size_t first = token.find('.');
  const size_t second = first == token.npos ? token.npos : token.find('.', first + 1);
  if (second == token.npos || token.find('.', second + 1) != token.npos) {
    return Reason::kJwsMalformed;
  }
  out->header = token.substr(0, first);
  out->payload = token.substr(first + 1, second - first - 1);
  out->signature = token.substr(second + 1);
  const bool half = out->header.empty() != out->payload.empty();
  return half || out->signature.empty() ? Reason::kJwsMalformed : Reason::kOk;
}

Reason ReadHeaderValue(std::string_view value, const HeaderPolicy& policy, HeaderValue* out) {
  *out = {};
  if (value.size() > std::min(policy.octets, kMostHeaderOctets)) return Reason::kHeaderTooLarge;
  Reader reader(value);
  reader.SkipSpace();
  // Whatever the token is made of, base64 judges it.
  const std::string_view token =
      reader.TakeWhile([](char c) { return !kEndsToken[static_cast<unsigned char>(c)]; });
  if (token.empty()) return Reason::kHeaderSyntax;
  Params params;
  Reason reason = ReadParams(reader, policy, &params, &out->flags);
  const Reason cut = CutToken(token, out);
  if (reason != Reason::kOk) return reason;
  // First of all: what is of a type that nobody here understands is not judged, but ignored.
  reason = ReadPpt(params.ppt, policy, out);
  if (reason != Reason::kOk) return reason;
  const std::string_view info = params.info.value;
  if (!info.starts_with('<') || info.size() < 3) return Reason::kInfoMissing;
  out->info = info.substr(1, info.size() - 2);
  if (!params.alg.name.empty() && params.alg.value != "ES256") return Reason::kAlgUnsupported;
  if (cut != Reason::kOk) return cut;
  return out->compact() && !policy.allow_compact ? Reason::kCompactFormRefused : Reason::kOk;
}

}  // namespace sipward::identity
