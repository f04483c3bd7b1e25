#include "engine/describe_chains.h"

#include "engine/certificate_words.h"

namespace sipward::engine {
namespace {

using facts::Noted;

void AppendCertificate(const facts::Fact& fact, evidence::Writer* json) {
  if (!fact.value.present()) return json->Null();
  json->Begin('{');
  AppendCertificateWords(fact.value.str(), json);
  json->Key("der").Base64(fact.value.str());
  json->End('}');
}

void BeginChain(const facts::Fact& fact, evidence::Writer* json) {
  json->Begin('{');
  json->Key("x5u").String(fact.value.str());
  json->Key("headers").Begin('[');
  for (uint32_t i = 0; i < 32; ++i) {
    if ((fact.index >> i & 1) != 0) json->UInt(i);
  }
  json->End(']');
  json->Key("certificates").Begin('[');
}

void EndChain(evidence::Writer* json) {
  json->End(']');
  json->End('}');
}

}  // namespace

void AppendChains(const facts::Tape& tape, evidence::Writer* json) {
  uint32_t left_out = 0;
  bool open = false;
  json->Key("chains").Begin('[');
  tape.ForEachKeyed([&](const facts::Fact& fact) {
    if (fact.kind == Noted::kChain && !fact.value.present()) left_out = fact.index;
    if (fact.kind == Noted::kChain && fact.value.present()) {
      if (open) EndChain(json);
      BeginChain(fact, json);
      open = true;
    }
    if (fact.kind == Noted::kCertificate && open) AppendCertificate(fact, json);
  });
  if (open) EndChain(json);
  json->End(']');
  json->Key("chains_left_out").UInt(left_out);
}

}  // namespace sipward::engine
