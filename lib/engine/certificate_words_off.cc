// For a library that is built without identity.
#include "engine/certificate_words.h"

namespace sipward::engine {

void AppendCertificateWords(std::string_view, evidence::Writer*) {}

}  // namespace sipward::engine
