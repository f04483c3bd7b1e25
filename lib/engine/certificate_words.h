// What certificates of a record say, for people.
#ifndef SIPWARD_ENGINE_CERTIFICATE_WORDS_H_
#define SIPWARD_ENGINE_CERTIFICATE_WORDS_H_

#include <string_view>

#include "evidence/evidence.h"

namespace sipward::engine {

// Members of an object that has begun: names, serial number, validity, codes, fingerprint. Any
// octets may be given for a certificate. None without identity.
void AppendCertificateWords(std::string_view der, evidence::Writer* json);

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_CERTIFICATE_WORDS_H_
