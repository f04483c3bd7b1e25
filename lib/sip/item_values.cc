// What items say.
#include <algorithm>

#include "sip/item_rules.h"
#include "sip/items.h"
#include "sip/number.h"
#include "sip/scan.h"

namespace sipward::sip {
namespace {

// The value of the first parameter of this name; `*found` whether there is one.
Slice FindParam(const char* base, const Item& item, std::string_view name, bool* found = nullptr) {
  ParamCursor cursor(base, item.params);
  for (Param param; cursor.Next(&param);) {
    if (!EqualsIgnoreCase(param.name.In(base), name)) continue;
    if (found != nullptr) *found = true;
    return param.value;
  }
  return {};
}

Slice FindUnquoted(const char* base, const Item& item, std::string_view name) {
  const Slice value = FindParam(base, item, name);
  return value.present() ? Unquote(base, value) : value;
}

// A number of 32 bits that is all of `text`, or -1.
int64_t NumberOf(const char* base, Slice text) {
  if (!text.present() || text.empty()) return -1;
  uint32_t at = text.offset;
  const uint64_t value = ReadDigits(base, &at, text.end());
  return at == text.end() && value <= UINT32_MAX ? static_cast<int64_t>(value) : -1;
}

struct Halves {
  Slice before, behind;  // trimmed; behind is absent if the separator is not there
};
Halves CutAt(const char* base, Slice text, char separator) {
  if (!text.present()) return {};
  const uint32_t stop = FindChar(base, text.offset, text.end(), separator);
  Halves halves{Trim(base, Between(text.offset, stop)), {}};
  if (stop < text.end()) halves.behind = Trim(base, Between(stop + 1, text.end()));
  return halves;
}

// The bytes up to white space; moves `*at` behind that.
Slice TakeWord(const char* base, uint32_t* at, uint32_t end) {
  const uint32_t begin = *at;
  const uint32_t stop = FindWhiteSpace(base, begin, end);
  *at = SkipWhiteSpace(base, stop, end);
  return stop > begin ? Between(begin, stop) : Slice{};
}

// Without the brackets around it.
Slice Inside(Slice text) {
  return text.length < 2 ? Slice{} : Slice{text.offset + 1, text.length - 2};
}

}  // namespace

IdentityValue ReadIdentity(const char* base, const Item& item) {
  IdentityValue out;
  out.digest = item.value;
  out.alg = FindUnquoted(base, item, "alg");
  out.ppt = FindUnquoted(base, item, "ppt");
  const Slice info = FindParam(base, item, "info");
  const std::string_view text = info.In(base);
  out.info = text.size() >= 2 && text.front() == '<' && text.back() == '>' ? Inside(info) : info;
  if (!out.digest.present()) return out;
  const uint32_t end = out.digest.end();
  const uint32_t first = FindChar(base, out.digest.offset, end, '.');
  const uint32_t second = first == end ? end : FindChar(base, first + 1, end, '.');
  if (second == end || FindChar(base, second + 1, end, '.') != end) return out;
  out.header = Between(out.digest.offset, first);
  out.payload = Between(first + 1, second);
  out.signature = Between(second + 1, end);
  return out;
}

ReasonValue ReadReason(const char* base, const Item& item) {
  return {item.value, FindUnquoted(base, item, "text"),
          NumberOf(base, FindParam(base, item, "cause"))};
}

DialogReference ReadDialog(const char* base, const Item& item) {
  DialogReference out;
  out.call_id = item.value;
  out.to_tag = FindParam(base, item, "to-tag");
  out.from_tag = FindParam(base, item, "from-tag");
  static_cast<void>(FindParam(base, item, "early-only", &out.early_only));
  return out;
}

Product ReadProduct(const char* base, const Item& item) {
  Product out;
  if (!item.value.present() || item.value.empty()) return out;
  if (base[item.value.offset] == '(') {
    // One that does not close has no bracket behind it.
    const bool closed = item.value.length > 1 && base[item.value.end() - 1] == ')';
    out.comment = closed ? Inside(item.value) : Between(item.value.offset + 1, item.value.end());
    return out;
  }
  const Halves halves = CutAt(base, item.value, '/');
  out.name = halves.before;
  out.version = halves.behind;
  return out;
}

Rack ReadRack(const char* base, const Item& item) {
  Rack out;
  if (!item.value.present()) return out;
  const uint32_t end = item.value.end();
  uint32_t at = item.value.offset;
  out.rseq = NumberOf(base, TakeWord(base, &at, end));
  out.cseq = NumberOf(base, TakeWord(base, &at, end));
  out.method_text = TakeWord(base, &at, end);
  if (out.method_text.present()) out.method = FindMethod(out.method_text.In(base));
  return out;
}

SessionExpires ReadSessionExpires(const char* base, const Item& item) {
  SessionExpires out;
  out.seconds = NumberOf(base, item.value);
  const std::string_view refresher = FindParam(base, item, "refresher").In(base);
  if (EqualsIgnoreCase(refresher, "uac")) out.refresher = Refresher::kUac;
  if (EqualsIgnoreCase(refresher, "uas")) out.refresher = Refresher::kUas;
  return out;
}

EventType ReadEvent(const char* base, const Item& item) {
  const Halves halves = CutAt(base, item.value, '.');
  return {halves.before, halves.behind, FindParam(base, item, "id")};
}

Subscription ReadSubscription(const char* base, const Item& item) {
  return {item.value, FindParam(base, item, "reason"),
          NumberOf(base, FindParam(base, item, "expires")),
          NumberOf(base, FindParam(base, item, "retry-after"))};
}

ResourcePriority ReadResourcePriority(const char* base, const Item& item) {
  const Halves halves = CutAt(base, item.value, '.');
  return {halves.before, halves.behind};
}

WarningValue ReadWarning(const char* base, const Item& item) {
  WarningValue out;
  if (!item.value.present()) return out;
  const uint32_t end = item.value.end();
  uint32_t at = item.value.offset;
  out.code = NumberOf(base, TakeWord(base, &at, end));
  // COLON may have white space, so that the text is found from its quote.
  const uint32_t quote = FindChar(base, at, end, '"');
  const uint32_t agent_end = TrimEnd(base, at, quote);
  if (agent_end > at) out.agent = Between(at, agent_end);
  if (quote < end) out.text = Unquote(base, Between(quote, end));
  return out;
}

RetryAfter ReadRetryAfter(const char* base, const Item& item) {
  RetryAfter out;
  out.seconds = NumberOf(base, item.value);
  out.duration = NumberOf(base, FindParam(base, item, "duration"));
  if (!item.value.present()) return out;
  const uint32_t end = item.params.present() ? item.params.offset - 1 : item.text.end();
  const Slice rest = Trim(base, Between(item.value.end(), end));
  if (rest.length >= 2 && base[rest.offset] == '(' && base[rest.end() - 1] == ')') {
    out.comment = Inside(rest);
  }
  return out;
}

}  // namespace sipward::sip
