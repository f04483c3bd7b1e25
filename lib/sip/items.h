// Header values that are a head (a token, a number, a word) and parameters: one shape for some
// forty headers, and what can be read from it. Which header has which grammar: header_kind.h.
#ifndef SIPWARD_SIP_ITEMS_H_
#define SIPWARD_SIP_ITEMS_H_

#include <cstdint>
#include <span>

#include "base/slice.h"
#include "sip/anomaly.h"
#include "sip/values.h"

namespace sipward::sip {

// One value. Everything as written.
struct Item {
  Slice text;    // the whole value
  Slice value;   // before the parameters: `presence.winfo`, `application/sdp`, `1800`, a product
  Slice params;  // behind the first ';' to the end; walk it with ParamCursor; absent: none. Of
                 // Authentication-Info the value itself is one parameter, and all of it is here

  friend bool operator==(const Item&, const Item&) = default;
};

enum class ItemGrammar : uint8_t {
  kNone,              // the header is not made of items
  kText,              // TEXT-UTF8-TRIM: Subject, Organization
  kToken,             // one token: Priority
  kTokens,            // between commas, one at least: Require
  kTokensOrNone,      // Allow, Supported
  kMediaType,         // Content-Type
  kAccept,            // media ranges, or nothing
  kAcceptEncoding,    // codings, or nothing
  kAcceptLanguage,    // language ranges, or nothing
  kLanguages,         // Content-Language
  kDisposition,       // Content-Disposition
  kMimeVersion,       // digits, dot, digits
  kEvent,             // RFC 6665
  kEvents,            // Allow-Events
  kSubscription,      // Subscription-State
  kReason,            // RFC 3326
  kIdentity,          // RFC 8224
  kReplaces,          // RFC 3891
  kJoin,              // RFC 3911
  kCallIds,           // In-Reply-To
  kSessionExpires,    // RFC 4028
  kMinSe,             // RFC 4028
  kRack,              // RFC 3262
  kResourcePriority,  // RFC 4412
  kPrivacy,           // tokens between semicolons, RFC 3323
  kPreferences,       // Accept-Contact, Reject-Contact: RFC 3841
  kWarning,           // RFC 3261 section 20.43
  kTimestamp,         // RFC 3261 section 20.38
  kAuthInfo,          // Authentication-Info
  kProducts,          // User-Agent, Server: products and comments, between white space
  kRetryAfter,        // number, comment, parameters
};

inline constexpr int kItemGrammars = static_cast<int>(ItemGrammar::kRetryAfter) + 1;

// Where the values of one header go. Beyond `room` is header.too_many_values.
struct ItemSink {
  std::span<Item> room;
  uint32_t count = 0;
};

// All values of one header line. Notes header.value_malformed where nothing more exact is known
// (param.*, expires.range, number.*, comment.too_deep). False: the line does not follow its
// grammar; the sink then holds what separators cut out of it.
bool ParseItems(const char* base, Slice text, ItemGrammar grammar, const Limits& limits,
                AnomalyLog& log, ItemSink* sink);

// What an item says (of Content-Type and Accept, ReadMediaType of body.h): cut out of one that
// ParseItems made, of whatever header. Parts that are not there are absent, numbers that are not
// there or too large for their field are -1. Quoted values without their quotes, nothing unescaped.

// RFC 8224 section 4. A full form has a header, a payload and a signature between its dots; in the
// compact form the first two are empty.
struct IdentityValue {
  Slice digest;  // all of it
  Slice header, payload, signature;
  Slice info;  // the URI, without angle brackets
  Slice alg, ppt;
};
IdentityValue ReadIdentity(const char* base, const Item& item);

// RFC 3326 section 2.
struct ReasonValue {
  Slice protocol;
  Slice text;
  int64_t cause = -1;
};
ReasonValue ReadReason(const char* base, const Item& item);

// RFC 3891 section 6.1, RFC 3911 section 7.1: Replaces, Join.
struct DialogReference {
  Slice call_id, to_tag, from_tag;
  bool early_only = false;
};
DialogReference ReadDialog(const char* base, const Item& item);

// RFC 3261 section 20.41: User-Agent, Server. Either a product or a comment.
struct Product {
  Slice name, version;
  Slice comment;  // without the outermost brackets
};
Product ReadProduct(const char* base, const Item& item);

// RFC 3262 section 7.2.
struct Rack {
  int64_t rseq = -1;
  int64_t cseq = -1;
  Slice method_text;
  Method method = Method::kOther;
};
Rack ReadRack(const char* base, const Item& item);

// RFC 4028: Session-Expires, Min-SE.
enum class Refresher : uint8_t { kNone, kUac, kUas };
struct SessionExpires {
  int64_t seconds = -1;
  Refresher refresher = Refresher::kNone;
};
SessionExpires ReadSessionExpires(const char* base, const Item& item);

// RFC 6665 section 8.4: Event, Allow-Events. `package.template;id=`; templates after the first
// belong to the template.
struct EventType {
  Slice package, event_template, id;
};
EventType ReadEvent(const char* base, const Item& item);

// RFC 6665 section 4.1.3: Subscription-State.
struct Subscription {
  Slice state, reason;
  int64_t expires = -1;
  int64_t retry_after = -1;
};
Subscription ReadSubscription(const char* base, const Item& item);

// RFC 4412 section 3.1.
struct ResourcePriority {
  Slice name_space, priority;
};
ResourcePriority ReadResourcePriority(const char* base, const Item& item);

// RFC 3261 section 20.43.
struct WarningValue {
  int64_t code = -1;
  Slice agent, text;
};
WarningValue ReadWarning(const char* base, const Item& item);

// RFC 3261 section 20.33.
struct RetryAfter {
  int64_t seconds = -1;
  int64_t duration = -1;
  Slice comment;  // without the outermost brackets
};
RetryAfter ReadRetryAfter(const char* base, const Item& item);

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_ITEMS_H_
