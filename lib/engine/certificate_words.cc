#include "engine/certificate_words.h"

#include "identity/identity.h"

namespace sipward::engine {

void AppendCertificateWords(std::string_view der, evidence::Writer* json) {
  const identity::CertificateText text = identity::DescribeCertificate(der);
  if (text.readable) {
    json->Key("subject").String(text.subject);
    json->Key("issuer").String(text.issuer);
    json->Key("serial").String(text.serial);
    json->Key("not_before").String(text.not_before);
    json->Key("not_after").String(text.not_after);
    json->Key("spc").Begin('[');
    for (const std::string& code : text.spcs) json->String(code);
    json->End(']');
  }
  json->Key("sha256").String(text.sha256);
}

}  // namespace sipward::engine
