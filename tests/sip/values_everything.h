// One text through every value parser, whatever it is.
#ifndef SIPWARD_TESTS_SIP_VALUES_EVERYTHING_H_
#define SIPWARD_TESTS_SIP_VALUES_EVERYTHING_H_

#include <gtest/gtest.h>

#include <array>
#include <span>

#include "sip/body.h"
#include "sip/sdp_attribute.h"
#include "tests/sip/item_parts.h"
#include "tests/sip/values_support.h"

namespace sipward::sip::values_test {

// The text is its own content type, too.
inline void ParseAsBody(const char* base, Slice text, AnomalyLog& log) {
  const Limits limits;
  static Sdp sdp;
  ParseSdp(base, text, limits, log, nullptr);
  ParseSdp(base, text, limits, log, &sdp);
  const MediaType type = ReadMediaType(base, text);
  static BodyParts parts;
  ParseMultipart(base, type, text, limits, log, &parts);
  for (const BodyPart& part : parts.all()) EXPECT_LE(part.body.end(), text.end());
  BodyText body_text;
  ParseBodyText(base, type, text, limits, log, &body_text);
  SdpRtpmap rtpmap;
  ReadRtpmap(base, text, &rtpmap);
  SdpFmtp fmtp;
  ReadFmtp(base, text, &fmtp);
  SdpCrypto crypto;
  ReadCrypto(base, text, &crypto);
  SdpFingerprint fingerprint;
  ReadFingerprint(base, text, &fingerprint);
  SdpCandidate candidate;
  ReadCandidate(base, text, &candidate);
  IsIceOptions(base, text);
  ReadSetup(base, text);
}

inline void ParseAsEverything(const char* base, Slice text) {
  AnomalyLog log = EmptyLog(Profile::kStrict);
  const Limits limits;
  Uri uri;
  for (const UriPlace place : {UriPlace::kRequestUri, UriPlace::kBracketed, UriPlace::kBare}) {
    ParseUri(base, text, place, limits, log, &uri);
  }
  NameAddr address;
  ParseNameAddr(base, text, limits, log, &address);
  Via via;
  ParseVia(base, text, limits, log, &via);
  Cseq cseq;
  ParseCseq(base, text, log, &cseq);
  Digest digest;
  ParseDigest(base, text, limits, log, &digest);
  StartLine line;
  ParseStartLine(base, text, log, &line);
  uint64_t number;
  ParseNumber(base, text, 255, AnomalyId::kNumberOverflow, log, &number);
  int64_t seconds;
  ParseDate(base, text, log, &seconds);
  ParseCallId(base, text, log);
  ParseAsBody(base, text, log);
  std::array<Item, 32> items;
  for (int i = 0; i < kItemGrammars; ++i) {
    ItemSink sink{items};
    ParseItems(base, text, static_cast<ItemGrammar>(i), limits, log, &sink);
    for (const Item& item : std::span(items).first(sink.count)) {
      EXPECT_LE(item.text.end(), text.end());
      ForEachPart(base, item,
                  [&](Slice part) { EXPECT_TRUE(!part.present() || part.end() <= text.end()); });
    }
  }
  ValueCursor values(base, text);
  for (Slice value; values.Next(&value);) EXPECT_LE(value.end(), text.end());
  ParamCursor params(base, text);
  for (Param param; params.Next(&param);) EXPECT_LE(param.name.end(), text.end());
  for (const Anomaly& anomaly : log) EXPECT_LE(anomaly.offset, text.end());
}

}  // namespace sipward::sip::values_test

#endif  // SIPWARD_TESTS_SIP_VALUES_EVERYTHING_H_
