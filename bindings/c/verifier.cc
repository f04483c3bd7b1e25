#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "caller_policy.h"
#include "guard.h"
#include "handles.h"
#include "identity/identity.h"
#include "struct_size.h"

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside
namespace identity = sipward::identity;

namespace sipward::c {
namespace {

constexpr uint32_t kUnseen = 2 * SIPWARD_UNSEEN_BODY - 1;
constexpr size_t kMostTrusts = identity::Policy::kMostHeaders;
// One more than can count, so that too many are seen.
constexpr size_t kMostIdentity = identity::Policy::kMostHeaders + 1;
constexpr size_t kMostTexts = 16;
constexpr int64_t kMostSeconds = std::numeric_limits<int64_t>::max() / kSecond;

static_assert(static_cast<int>(facts::IdentityResult::kPending) == SIPWARD_IDENTITY_PENDING);
static_assert(static_cast<int>(facts::IdentityResult::kNone) == SIPWARD_IDENTITY_NONE);
static_assert(static_cast<int>(facts::IdentityResult::kFailed) == SIPWARD_IDENTITY_FAILED);
static_assert(static_cast<int>(facts::IdentityResult::kVerified) == SIPWARD_IDENTITY_VERIFIED);
static_assert(identity::kFlagCount == SIPWARD_FLAG_REPLAY_UNKNOWN + 1);

// A store for each header, the last for all behind it.
class Stores final : public identity::CredentialSource {
 public:
  void Add(std::shared_ptr<identity::TrustStore> store) { stores_.push_back(std::move(store)); }
  identity::Lookup Find(size_t position, std::string_view url, int64_t now) const override {
    return stores_[std::min(position, stores_.size() - 1)]->Find(url, now);
  }

 private:
  std::vector<std::shared_ptr<identity::TrustStore>> stores_;
};

bool UsableTexts(const sipward_text* texts, size_t count, size_t most) {
  return count == 0 ||
         (count <= most && Usable(texts) && std::all_of(texts, texts + count, UsableText));
}

bool UsableFingerprints(const sipward_identity_request& request) {
  const sipward_fingerprint* first = request.fingerprints;
  const size_t count = request.fingerprint_count;
  return count == 0 || (count <= kMostTexts && Usable(first) &&
                        std::all_of(first, first + count, [](const sipward_fingerprint& one) {
                          return UsableText(one.hash) && UsableText(one.value);
                        }));
}

bool UsableRequest(const sipward_identity_request& request) {
  const auto texts = {request.from,    request.to,       request.request_uri, request.date,
                      request.call_id, request.from_tag, request.body,        request.attest,
                      request.origid,  request.diverted};
  return (request.unseen & ~kUnseen) == 0 && request.now_s >= 0 && request.now_s <= kMostSeconds &&
         request.monotonic_ns <= INT64_MAX && std::all_of(texts.begin(), texts.end(), UsableText) &&
         UsableTexts(request.identity, request.identity_count, SIZE_MAX / sizeof(sipward_text)) &&
         UsableTexts(request.asserted, request.asserted_count, kMostTexts) &&
         UsableTexts(request.resource_priority, request.resource_priority_count, kMostTexts) &&
         UsableFingerprints(request);
}

// The texts of a request where the check wants them.
class Parts {
 public:
  // What `given` has takes the place of what *out says. False if its date is none.
  bool Put(const sipward_identity_request& given, identity::Request* out);

 private:
  template <size_t kMost>
  static std::span<const std::string_view> Copy(const sipward_text* texts, size_t count,
                                                std::array<std::string_view, kMost>* room) {
    const size_t copied = std::min(count, kMost);
    std::transform(texts, texts + copied, room->begin(),
                   [](const sipward_text& text) { return View(text); });
    return {room->data(), copied};
  }
  void PutLists(const sipward_identity_request& given, identity::Request* out);

  std::array<std::string_view, kMostIdentity> identity_;
  std::array<std::string_view, kMostTexts> asserted_, priorities_;
  std::array<identity::Fingerprint, kMostTexts> fingerprints_;
};

void Parts::PutLists(const sipward_identity_request& given, identity::Request* out) {
  if (given.identity_count != 0) {
    out->identity = Copy(given.identity, given.identity_count, &identity_);
  }
  if (given.asserted_count != 0 || given.from.size != 0) {
    out->asserted = Copy(given.asserted, given.asserted_count, &asserted_);
  }
  if (given.resource_priority_count != 0) {
    out->resource_priority =
        Copy(given.resource_priority, given.resource_priority_count, &priorities_);
  }
  if (given.fingerprint_count == 0) return;
  for (size_t i = 0; i < given.fingerprint_count; ++i) {
    fingerprints_[i] = {View(given.fingerprints[i].hash), View(given.fingerprints[i].value)};
  }
  out->fingerprints = {fingerprints_.data(), given.fingerprint_count};
}

bool Parts::Put(const sipward_identity_request& given, identity::Request* out) {
  const auto put = [](const sipward_text& text, std::string_view* to) {
    if (text.size != 0) *to = View(text);
  };
  PutLists(given, out);
  put(given.from, &out->from);
  put(given.to, &out->to);
  put(given.request_uri, &out->request_uri);
  put(given.call_id, &out->call_id);
  put(given.from_tag, &out->from_tag);
  put(given.attest, &out->attest);
  put(given.origid, &out->origid);
  put(given.diverted, &out->diverted);
  out->now = given.now_s;
  out->monotonic = static_cast<Nanos>(given.monotonic_ns);
  const auto seen = [&given](uint32_t what) { return (given.unseen & what) == 0; };
  out->knows_priority = seen(SIPWARD_UNSEEN_PRIORITY);
  out->knows_session = out->knows_session && seen(SIPWARD_UNSEEN_SESSION);
  if (!seen(SIPWARD_UNSEEN_BODY)) out->body.reset();
  if (given.body.size != 0) out->body = View(given.body);
  out->knows_date = seen(SIPWARD_UNSEEN_DATE);
  if (given.date.size == 0) return true;
  sip::AnomalyLog log;
  int64_t date = 0;
  const auto size = static_cast<uint32_t>(given.date.size);
  if (!sip::ParseDate(given.date.data, {0, size}, log, &date)) return false;
  out->date = date;
  return true;
}

}  // namespace
}  // namespace sipward::c

struct sipward_verifier {
  sipward_verifier(const identity::Policy& given, Stores given_stores,
                   std::shared_ptr<sipward::state::Region> given_region)
      : policy(given),
        stores(std::move(given_stores)),
        region(std::move(given_region)),
        replay(OpenReplay()),
        cache(policy.cached_tokens == 0
                  ? nullptr
                  : std::make_unique<identity::TokenCache>(policy.cached_tokens)),
        verifier(policy, stores, replay ? &*replay : nullptr, cache.get()) {}
  ~sipward_verifier() {
    if (replay) replay->Close();
  }
  sipward_verifier(const sipward_verifier&) = delete;
  sipward_verifier& operator=(const sipward_verifier&) = delete;

  std::optional<identity::ReplayMemory> OpenReplay() const {
    if (region == nullptr) return std::nullopt;
    return identity::ReplayMemory::Open(region.get(), policy.window,
                                        identity::ReplayMemory::kUsualCapacity);
  }

  const identity::Policy policy;
  const Stores stores;
  const std::shared_ptr<sipward::state::Region> region;
  std::optional<identity::ReplayMemory> replay;
  const std::unique_ptr<identity::TokenCache> cache;
  identity::Verifier verifier;
  identity::MessageRequest from_message;
  Parts parts;
  identity::Request request;
  const identity::Result* result = nullptr;  // of the last check
};

namespace sipward::c {
namespace {

sipward_identity_result ToC(const identity::Result& result, int64_t now) {
  sipward_identity_result out{};
  out.result = static_cast<uint32_t>(result.result);
  out.reason = Text(identity::Describe(result.reason).name);
  out.sip_code = result.sip_code;
  out.flags = result.flags.bits();
  out.attest = Text(result.attest);
  out.origid = Text(result.origid);
  out.spc = Text(result.spc);
  out.issuer = Text(result.issuer);
  out.nam = Text(result.nam);
  out.crn = Text(result.crn);
  out.verstat = Text(result.verstat);
  if (result.age) out.iat = now - *result.age;
  out.div_count = result.div_count;
  out.header_count = static_cast<uint32_t>(result.headers.size());
  out.missing = Text(result.missing);
  return out;
}

const identity::HeaderResult* HeaderAt(const sipward_verifier& verifier, uint32_t index) {
  if (verifier.result == nullptr || index >= verifier.result->headers.size()) return nullptr;
  return &verifier.result->headers[index];
}

int32_t Check(sipward_verifier* verifier, const sipward_identity_request& given,
              sipward_identity_result* out) {
  if (!verifier->parts.Put(given, &verifier->request)) return SIPWARD_ERR_MALFORMED;
  verifier->result = &verifier->verifier.Verify(verifier->request);
  WriteStruct(ToC(*verifier->result, given.now_s), out);
  return SIPWARD_OK;
}

}  // namespace
}  // namespace sipward::c

extern "C" {

int32_t sipward_verifier_create(const sipward_verifier_options* options, sipward_verifier** out) {
  sipward_verifier_options given{};
  if (!Usable(out) || !ReadStruct(options, &given) || given.reserved != 0 ||
      given.trust_count == 0 || given.trust_count > kMostTrusts || !Usable(given.trusts) ||
      (given.state != nullptr && !Usable(given.state))) {
    return SIPWARD_ERR_ARGUMENT;
  }
  const bool usable = std::all_of(given.trusts, given.trusts + given.trust_count,
                                  [](const sipward_trust* trust) { return Usable(trust); });
  identity::Policy policy;
  if (!usable || !ReadCallerPolicy(given.policy, &policy)) return SIPWARD_ERR_ARGUMENT;
  return Guard([&] {
    Stores stores;
    for (size_t i = 0; i < given.trust_count; ++i) stores.Add(given.trusts[i]->store);
    auto verifier = std::make_unique<sipward_verifier>(
        policy, std::move(stores), given.state == nullptr ? nullptr : given.state->region);
    if (given.state != nullptr && !verifier->replay) return int32_t{SIPWARD_ERR_STATE_FULL};
    *out = verifier.release();
    return int32_t{SIPWARD_OK};
  });
}

void sipward_verifier_destroy(sipward_verifier* verifier) {
  if (Usable(verifier)) delete verifier;
}

int32_t sipward_verifier_check(sipward_verifier* verifier, const sipward_identity_request* request,
                               sipward_identity_result* out) {
  sipward_identity_request given{};
  if (!Usable(verifier) || !ReadStruct(request, &given) || !UsableRequest(given) ||
      !HasStructSize(out)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  verifier->request = {};
  verifier->request.knows_session = true;
  verifier->request.body = "";
  return Check(verifier, given, out);
}

int32_t sipward_verifier_check_message(sipward_verifier* verifier, sipward_message* message,
                                       const sipward_identity_request* request,
                                       sipward_identity_result* out) {
  sipward_identity_request given{};
  if (!Usable(verifier) || !Usable(message) || !ReadStruct(request, &given) ||
      !UsableRequest(given) || !HasStructSize(out)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  if (!message->parsed || !message->message->is_request()) return SIPWARD_END;
  verifier->request = verifier->from_message.Read(*message->message, given.now_s * sipward::kSecond,
                                                  static_cast<sipward::Nanos>(given.monotonic_ns));
  return Check(verifier, given, out);
}

int32_t sipward_verifier_header(const sipward_verifier* verifier, uint32_t index,
                                sipward_identity_header* out) {
  if (!Usable(verifier) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  const identity::HeaderResult* header = HeaderAt(*verifier, index);
  if (header == nullptr) return SIPWARD_END;
  sipward_identity_header found{};
  found.flags = header->flags.bits();
  found.reason = Text(identity::Describe(header->reason).name);
  found.stage = Text(identity::StageName(header->stage));
  found.sip_code = header->sip_code;
  found.counts = header->ignored || header->duplicate ? 0 : 1;
  found.ppt = Text(identity::PptName(header->ppt));
  found.token = Text(header->token);
  found.x5u = Text(header->x5u);
  WriteStruct(found, out);
  return SIPWARD_OK;
}

int32_t sipward_verifier_reason_header(const sipward_verifier* verifier, uint32_t index, char* out,
                                       size_t capacity, size_t* size) {
  if (!Usable(verifier) || !UsableBytes(out, capacity) || !Usable(size)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  const identity::HeaderResult* header = HeaderAt(*verifier, index);
  if (header == nullptr) return SIPWARD_END;
  std::array<char, 512> line;  // a code, its phrase and 86 octets of signature
  *size = identity::WriteReasonHeader(*header, line);
  if (*size == 0) return SIPWARD_END;
  if (*size > capacity) return SIPWARD_ERR_SPACE;
  std::memcpy(out, line.data(), *size);
  return SIPWARD_OK;
}

int32_t sipward_identity_reason(const char* name, size_t name_size,
                                sipward_identity_reason_info* out) {
  if (!UsableBytes(name, name_size) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  const identity::ReasonInfo& info =
      identity::Describe(sipward::facts::ReasonNamed(View(name, name_size)));
  if (info.name != View(name, name_size)) return SIPWARD_END;
  sipward_identity_reason_info found{};
  found.sip_code = info.sip_code;
  found.stage = Text(identity::StageName(info.stage));
  found.text = Text(info.text);
  found.phrase = Text(identity::SipPhrase(info.sip_code));
  WriteStruct(found, out);
  return SIPWARD_OK;
}

int32_t sipward_identity_flag(uint32_t flag, sipward_text* name, sipward_text* text) {
  if ((name != nullptr && !Usable(name)) || (text != nullptr && !Usable(text))) {
    return SIPWARD_ERR_ARGUMENT;
  }
  if (flag >= identity::kFlagCount) return SIPWARD_END;
  const identity::FlagInfo& info = identity::Describe(static_cast<identity::Flag>(flag));
  if (name != nullptr) *name = Text(info.name);
  if (text != nullptr) *text = Text(info.text);
  return SIPWARD_OK;
}

}  // extern "C"
