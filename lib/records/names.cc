#include "records/records.h"

namespace sipward::records {
namespace {

struct ReasonText {
  std::string_view name, sentence;
};
constexpr ReasonText kReasonTexts[] = {
#define SIPWARD_RECORD_REASON(symbol, name, sentence) {name, sentence},
#include "records/reason.def"
#undef SIPWARD_RECORD_REASON
};
constexpr std::string_view kFormatNames[kFormats] = {"auto",     "asterisk", "freeswitch",
                                                     "kamailio", "csv",      "jsonl"};

}  // namespace

std::string_view FormatName(Format format) { return kFormatNames[static_cast<size_t>(format)]; }
std::string_view ReasonName(Reason reason) {
  return kReasonTexts[static_cast<size_t>(reason)].name;
}
std::string_view ReasonSentence(Reason reason) {
  return kReasonTexts[static_cast<size_t>(reason)].sentence;
}

}  // namespace sipward::records
