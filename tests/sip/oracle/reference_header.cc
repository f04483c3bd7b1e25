#include <string>

#include "base/ascii.h"
#include "tests/sip/oracle/grammar.h"
#include "tests/sip/oracle/reference_items.h"
#include "tests/sip/oracle/reference_parser.h"

namespace sipward::oracle {
namespace {

using Id = RefHeader::Id;

bool ReadAddresses(std::string_view bytes, RefHeader* header) {
  for (const Slice value : Split(bytes, header->value, ',')) {
    if (!ReadAddress(bytes, value, &header->addresses.emplace_back())) return false;
  }
  return true;
}

bool ReadCseq(std::string_view bytes, RefHeader* header) {
  const size_t space = bytes.find_first_of(" \t\r", header->value.offset);
  header->number = Between(header->value.offset, space);
  header->method = Trim(bytes, Between(space, header->value.end()));
  return true;
}

// The day of a SIP-date, "Sun, 06 Nov 1994 ...".
bool IsDayOfMonth(std::string_view date) {
  const int day = std::stoi(std::string(date.substr(5, 2)));
  const int year = std::stoi(std::string(date.substr(12, 4)));
  const std::string_view month = date.substr(8, 3);
  if (month == "Feb") {
    const bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
    return day <= (leap ? 29 : 28);
  }
  const bool short_month = month == "Apr" || month == "Jun" || month == "Sep" || month == "Nov";
  return day <= (short_month ? 30 : 31);
}

Judgement JudgeOther(std::string_view text) {
  // An escaped control character may stand in a quoted string of a header that has no rule here.
  return Matchers::Get().text_with_pairs.Matches(text) ? Judgement::kNotJudged
                                                       : Judgement::kMalformed;
}

bool JudgeKnown(std::string_view bytes, RefHeader* h) {
  Matchers& m = Matchers::Get();
  const std::string_view text = h->value.In(bytes.data());
  switch (h->id) {
    case Id::kFrom:
    case Id::kTo:
    case Id::kReplyTo:
    case Id::kReferTo:
    case Id::kReferredBy:
      return m.address.Matches(text) && ReadAddress(bytes, h->value, &h->addresses.emplace_back());
    case Id::kContact:
      return m.contact.Matches(text) && ReadAddresses(bytes, h);
    case Id::kRoute:
    case Id::kRecordRoute:
    case Id::kPath:
    case Id::kServiceRoute:
      return m.route.Matches(text) && ReadAddresses(bytes, h);
    case Id::kVia:
      if (!m.via.Matches(text)) return false;
      for (const Slice value : Split(bytes, h->value, ','))
        h->vias.push_back(ReadVia(bytes, value));
      return true;
    case Id::kCseq:
      return m.cseq.Matches(text) && ReadCseq(bytes, h);
    case Id::kCallId:
      return m.call_id.Matches(text);
    case Id::kContentLength:
    case Id::kMaxForwards:
    case Id::kExpires:
    case Id::kMinExpires:
      return m.digits.Matches(text);
    case Id::kDate:
      return m.sip_date.Matches(text) && IsDayOfMonth(text);
    case Id::kCallInfo:
    case Id::kAlertInfo:
    case Id::kErrorInfo:
    case Id::kGeolocation:
      return m.info.Matches(text) && ReadAddresses(bytes, h);
    case Id::kAuthorization:
    case Id::kProxyAuthorization:
      if (!m.digest.Matches(text) && !m.other_credentials.Matches(text)) return false;
      h->credentials = ReadCredentials(bytes, h->value);
      return m.digest.Matches(text) ||
             !EqualsIgnoreCase(h->credentials.scheme.In(bytes.data()), "Digest");
    case Id::kOther:
      break;
  }
  return false;
}

// Credentials of a scheme that is not Digest: what stands behind the scheme is the scheme's.
bool IsUnknownScheme(const RefHeader& header, std::string_view text) {
  const bool credentials = header.id == Id::kAuthorization || header.id == Id::kProxyAuthorization;
  return credentials && Matchers::Get().unknown_scheme.Matches(text) &&
         !EqualsIgnoreCase(text.substr(0, text.find_first_of(" \t\r")), "Digest");
}

}  // namespace

void JudgeValue(std::string_view bytes, RefHeader* header) {
  const std::string_view text = header->value.In(bytes.data());
  if (header->item_rule != nullptr) {
    header->judgement = JudgeItems(bytes, header->item_rule, header->value, &header->items);
    if (header->judgement == Judgement::kNotJudged) header->judgement = JudgeOther(text);
  } else if (header->id == Id::kOther) {
    header->judgement = JudgeOther(text);
  } else if (JudgeKnown(bytes, header) && ParamsFollowTheirRules(bytes, *header)) {
    header->judgement = Judgement::kWellFormed;
  } else if (IsUnknownScheme(*header, text)) {
    header->judgement = JudgeOther(text);
  } else {
    header->judgement = Judgement::kMalformed;
  }
}

}  // namespace sipward::oracle
