// One value parser at a time, picked by the first byte. The rest of the input is copied behind a
// few other bytes, so that the slice does not begin at the base and ends where the buffer ends.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <span>

#include "sip/machines.h"
#include "sip/scan.h"
#include "sip/values.h"
#include "tests/sip/item_parts.h"

namespace {

using namespace sipward;
using namespace sipward::sip;

constexpr uint32_t kBefore = 5;

void Require(bool holds) {
  if (!holds) std::abort();
}

struct Input {
  std::unique_ptr<char[]> bytes;
  Slice text;
  const char* base() const { return bytes.get(); }
};

Input CopyIn(const uint8_t* data, size_t size) {
  Input input{std::make_unique<char[]>(kBefore + size), {kBefore, static_cast<uint32_t>(size)}};
  std::memset(input.bytes.get(), '"', kBefore);
  if (size > 0) std::memcpy(input.bytes.get() + kBefore, data, size);
  return input;
}

void Inside(const Input& input, Slice slice) {
  if (!slice.present()) return;
  Require(slice.offset >= input.text.offset);
  Require(slice.offset <= input.text.end());
  Require(slice.length <= input.text.end() - slice.offset);
}

template <typename... Slices>
void AllInside(const Input& input, Slices... slices) {
  (Inside(input, slices), ...);
}

void ParamsInside(const Input& input, Slice params, char separator) {
  ParamCursor cursor(input.base(), params, separator);
  for (Param param; cursor.Next(&param);) {
    Require(!param.name.empty() || param.value.present());
    AllInside(input, param.name, param.value);
  }
}

void CheckUri(const Input& input, const Uri& uri) {
  AllInside(input, uri.text, uri.scheme, uri.user, uri.password, uri.host, uri.port, uri.params,
            uri.headers);
  ParamsInside(input, uri.params, ';');
  ParamsInside(input, uri.headers, '&');
  Require(uri.port_number >= -1 && uri.port_number <= 65'535);
}

// A value that its grammar refuses never passes without a name.
void RequireNamed(bool accepted, const AnomalyLog& log) {
  bool named = false;
  for (const Anomaly& anomaly : log) named = named || Describe(anomaly.id).refused_in_strict;
  Require(accepted || named || log.HasClass(AnomalyClass::kViolation) ||
          log.HasClass(AnomalyClass::kAmbiguous) || log.Has(AnomalyId::kProductMalformed));
}

void RunUri(const Input& input, UriPlace place, AnomalyLog& log) {
  Uri uri;
  ParseUri(input.base(), input.text, place, Limits{}, log, &uri);
  CheckUri(input, uri);
  if (uri.kind != UriScheme::kSip && uri.kind != UriScheme::kSips) return;
  SipUriMarks marks;
  RequireNamed(MatchSipUri(input.base(), input.text, &marks).accepted, log);
}

void RunNameAddr(const Input& input, AnomalyLog& log) {
  NameAddr address;
  const bool usable = ParseNameAddr(input.base(), input.text, Limits{}, log, &address);
  Require(usable || log.size() > 0);
  AllInside(input, address.text, address.display, address.params, address.tag);
  CheckUri(input, address.uri);
  ParamsInside(input, address.params, ';');
  NameAddrMarks marks;
  RequireNamed(MatchNameAddr(input.base(), Trim(input.base(), input.text), &marks).accepted, log);
}

void RunVia(const Input& input, AnomalyLog& log) {
  Via via;
  ParseVia(input.base(), input.text, Limits{}, log, &via);
  AllInside(input, via.text, via.protocol, via.version, via.transport, via.host, via.port,
            via.params);
  AllInside(input, via.branch, via.received, via.rport, via.maddr, via.ttl);
  ViaMarks marks;
  RequireNamed(MatchVia(input.base(), Trim(input.base(), input.text), &marks).accepted, log);
}

void RunCseq(const Input& input, AnomalyLog& log) {
  Cseq cseq;
  ParseCseq(input.base(), input.text, log, &cseq);
  AllInside(input, cseq.number_text, cseq.method_text);
  Require(!cseq.number_valid || cseq.number <= UINT32_MAX);
}

void RunDigest(const Input& input, AnomalyLog& log) {
  Digest d;
  ParseDigest(input.base(), input.text, Limits{}, log, &d);
  AllInside(input, d.text, d.scheme, d.username, d.realm, d.nonce, d.uri, d.response);
  AllInside(input, d.algorithm, d.cnonce, d.opaque, d.qop, d.nc, d.stale, d.domain);
}

void RunStartLine(const Input& input, AnomalyLog& log) {
  StartLine line;
  const bool usable = ParseStartLine(input.base(), input.text, log, &line);
  Require(usable == (line.kind != StartKind::kNone));
  AllInside(input, line.text, line.method_text, line.request_uri, line.version, line.reason,
            line.code_text);
  Require(line.code <= 999);
}

void RunValues(const Input& input) {
  ValueCursor cursor(input.base(), input.text);
  uint64_t count = 0;
  for (Slice value; cursor.Next(&value); ++count) Inside(input, value);
  Require(count >= 1 && count <= uint64_t{input.text.length} + 1);
}

void RunText(const Input& input, AnomalyLog& log) {
  uint64_t number;
  const bool valid =
      ParseNumber(input.base(), input.text, 70, AnomalyId::kNumberOverflow, log, &number);
  Require(!valid || number <= 70);
  int64_t seconds;
  ParseDate(input.base(), input.text, log, &seconds);
  ParseCallId(input.base(), input.text, log);
}

// A line of items, of the grammar that its first byte names.
void RunItems(const Input& input, AnomalyLog& log) {
  if (input.text.empty()) return;
  const auto first = static_cast<unsigned char>(input.base()[input.text.offset]);
  const auto grammar = static_cast<ItemGrammar>(first % kItemGrammars);
  const Slice line = {input.text.offset + 1, input.text.length - 1};
  std::array<Item, 64> room;
  ItemSink sink{room};
  const bool good = ParseItems(input.base(), line, grammar, Limits{}, log, &sink);
  Require(sink.count <= room.size());
  RequireNamed(good || grammar == ItemGrammar::kNone || log.HasClass(AnomalyClass::kLimit), log);
  for (const Item& item : std::span(room).first(sink.count)) {
    AllInside(input, item.text, item.value);
    ParamsInside(input, item.params, ';');
    ForEachPart(input.base(), item, [&](Slice part) { Inside(input, part); });
    ForEachNumber(input.base(), item, [](int64_t n) { Require(n >= -1 && n <= UINT32_MAX); });
  }
}

void RunOne(unsigned which, const Input& input, AnomalyLog& log) {
  switch (which % 11) {
    case 0:
      return RunUri(input, UriPlace::kRequestUri, log);
    case 1:
      return RunUri(input, UriPlace::kBracketed, log);
    case 2:
      return RunUri(input, UriPlace::kBare, log);
    case 3:
      return RunNameAddr(input, log);
    case 4:
      return RunVia(input, log);
    case 5:
      return RunCseq(input, log);
    case 6:
      return RunDigest(input, log);
    case 7:
      return RunStartLine(input, log);
    case 8:
      return RunValues(input);
    case 9:
      return RunItems(input, log);
    default:
      return RunText(input, log);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const Input input = CopyIn(data + 1, size - 1);
  AnomalyLog log;
  log.Clear();
  log.set_refusing(RefusedBy(data[0] & 0x80 ? Profile::kStrict : Profile::kTolerant));
  RunOne(data[0] & 0x7F, input, log);
  for (const Anomaly& anomaly : log) {
    Require(anomaly.offset >= input.text.offset && anomaly.offset <= input.text.end());
  }
  return 0;
}
