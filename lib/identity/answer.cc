#include "identity/answer.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/ascii.h"

namespace sipward::identity {
namespace {

bool IsBase64Url(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return IsAlpha(c) || IsDigit(c) || c == '-' || c == '_';
  });
}

}  // namespace

facts::Identity FactsOf(const Result& result) {
  facts::Identity facts;
  facts.result = result.result;
  facts.reason = result.reason;
  facts.attest = result.attest;
  facts.origid = result.origid;
  facts.spc = result.spc;
  facts.verstat = result.verstat;
  if (result.age) facts.age = *result.age * kSecond;
  facts.div_count = result.div_count;
  return facts;
}

size_t WriteReasonHeader(const HeaderResult& header, std::span<char> out) {
  const bool failed = header.stage != Stage::kNone && !header.ignored && !header.duplicate;
  const size_t dot = header.token.rfind('.');
  if (!failed || dot == header.token.npos) return 0;
  const std::string_view signature = header.token.substr(dot + 1);
  // Whatever stands there was written by a stranger: only what base64url has goes out again.
  if (!IsBase64Url(signature)) return 0;
  std::array<char, 8> code;
  const auto end = std::to_chars(code.data(), code.data() + code.size(), header.sip_code).ptr;
  size_t size = 0;
  for (const std::string_view part :
       {std::string_view("Reason: STIR;cause="),
        std::string_view(code.data(), static_cast<size_t>(end - code.data())),
        std::string_view(";text=\""), SipPhrase(header.sip_code), std::string_view("\";ppi=\".."),
        signature, std::string_view("\"\r\n")}) {
    if (part.size() > out.size() - size) return 0;
    std::copy(part.begin(), part.end(), out.begin() + static_cast<std::ptrdiff_t>(size));
    size += part.size();
  }
  return size;
}

}  // namespace sipward::identity
