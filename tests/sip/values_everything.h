// One text through every value parser, whatever it is.
#ifndef SIPWARD_TESTS_SIP_VALUES_EVERYTHING_H_
#define SIPWARD_TESTS_SIP_VALUES_EVERYTHING_H_

#include <gtest/gtest.h>

#include "tests/sip/values_support.h"

namespace sipward::sip::values_test {

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
  ParseDate(base, text, log);
  ParseCallId(base, text, log);
  CheckSdp(base, text, limits, log);
  CheckMultipart(base, text, text, limits, log);
  ValueCursor values(base, text);
  for (Slice value; values.Next(&value);) EXPECT_LE(value.end(), text.end());
  ParamCursor params(base, text);
  for (Param param; params.Next(&param);) EXPECT_LE(param.name.end(), text.end());
  for (const Anomaly& anomaly : log) EXPECT_LE(anomaly.offset, text.end());
}

}  // namespace sipward::sip::values_test

#endif  // SIPWARD_TESTS_SIP_VALUES_EVERYTHING_H_
