// Identity headers checked without an engine (RFC 8224 section 6.2, SHAKEN: RFC 8588).
//
//   auto verifier = sipward::Verifier::Create(trust).value();
//   sipward::IdentityRequest request;
//   request.set_now(now).AddIdentity(value).set_from(from).set_to(to).set_request_uri(uri);
//   const auto found = verifier.Check(request);
//   if (found->pending()) ... fetch found->missing, trust.Provide(...), check again
//   if (!found->verified()) Answer(found->sip_code, found->reason);
#ifndef SIPWARD_VERIFY_H_
#define SIPWARD_VERIFY_H_

#include <sipward.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sipward/handle.h"
#include "sipward/identity.h"
#include "sipward/message_view.h"
#include "sipward/result.h"
#include "sipward/state.h"
#include "sipward/status.h"
#include "sipward/trust.h"

namespace sipward {

// The parts of a request that its Identity headers speak of. Texts are views: they must live as
// long as what a check found is read. Reusable: Clear() keeps the memory.
class IdentityRequest {
 public:
  using Time = TrustStore::Time;

  IdentityRequest() noexcept { Clear(); }

  // The value of an Identity header; in the order of the message.
  IdentityRequest& AddIdentity(detail::Borrowed value) { return Add(value, &identity_); }
  // A URI of P-Asserted-Identity; at most 16.
  IdentityRequest& AddAsserted(detail::Borrowed uri) { return Add(uri, &asserted_); }
  // "ets.0" (RFC 4412); at most 16.
  IdentityRequest& AddPriority(detail::Borrowed value) { return Add(value, &priorities_); }
  // a=fingerprint (RFC 8122 section 5): "sha-256", "4A:AD:..."; at most 16.
  IdentityRequest& AddFingerprint(detail::Borrowed hash, detail::Borrowed value) {
    fingerprints_.push_back({{hash.data(), hash.size()}, {value.data(), value.size()}});
    return *this;
  }
  IdentityRequest& set_from(detail::Borrowed uri) noexcept { return Set(uri, &request_.from); }
  IdentityRequest& set_to(detail::Borrowed uri) noexcept { return Set(uri, &request_.to); }
  IdentityRequest& set_request_uri(detail::Borrowed uri) noexcept {
    return Set(uri, &request_.request_uri);
  }
  // The value of Date.
  IdentityRequest& set_date(detail::Borrowed value) noexcept { return Set(value, &request_.date); }
  IdentityRequest& set_call_id(detail::Borrowed id) noexcept { return Set(id, &request_.call_id); }
  IdentityRequest& set_from_tag(detail::Borrowed tag) noexcept {
    return Set(tag, &request_.from_tag);
  }
  // Of a MESSAGE.
  IdentityRequest& set_body(detail::Borrowed body) noexcept { return Set(body, &request_.body); }
  // What a token in compact form leaves out.
  IdentityRequest& set_attest(detail::Borrowed text) noexcept {
    return Set(text, &request_.attest);
  }
  IdentityRequest& set_origid(detail::Borrowed text) noexcept {
    return Set(text, &request_.origid);
  }
  IdentityRequest& set_diverted(detail::Borrowed uri) noexcept {
    return Set(uri, &request_.diverted);
  }

  IdentityRequest& set_now(Time now) noexcept {
    request_.now_s = now.time_since_epoch().count();
    return *this;
  }
  // For the memory of tokens.
  IdentityRequest& set_monotonic(std::chrono::nanoseconds time) noexcept {
    request_.monotonic_ns = static_cast<uint64_t>(time.count());
    return *this;
  }
  // SIPWARD_UNSEEN_...: nobody looked for these, so that they are not missed.
  IdentityRequest& set_unseen(uint32_t what) noexcept {
    request_.unseen = what;
    return *this;
  }

  void Clear() noexcept {
    request_ = {};
    request_.struct_size = sizeof request_;
    identity_.clear();
    asserted_.clear();
    priorities_.clear();
    fingerprints_.clear();
  }

  // Valid until this is changed.
  sipward_identity_request c_request() const noexcept {
    sipward_identity_request out = request_;
    out.identity = identity_.data();
    out.identity_count = identity_.size();
    out.asserted = asserted_.data();
    out.asserted_count = asserted_.size();
    out.resource_priority = priorities_.data();
    out.resource_priority_count = priorities_.size();
    out.fingerprints = fingerprints_.data();
    out.fingerprint_count = fingerprints_.size();
    return out;
  }

 private:
  IdentityRequest& Add(detail::Borrowed text, std::vector<sipward_text>* to) {
    to->push_back({text.data(), text.size()});
    return *this;
  }
  IdentityRequest& Set(detail::Borrowed text, sipward_text* to) noexcept {
    *to = {text.data(), text.size()};
    return *this;
  }

  sipward_identity_request request_{};
  std::vector<sipward_text> identity_, asserted_, priorities_;
  std::vector<sipward_fingerprint> fingerprints_;
};

// What a reason means.
struct IdentityReason {
  std::string_view stage;  // of the check: "claims", "credential" and so on
  std::string_view text;   // a sentence without its full stop
  uint32_t sip_code = 0;   // of the answer, unless a policy has another; 0: none
  std::string_view phrase;

  // Nothing if no reason has this name.
  static std::optional<IdentityReason> Find(std::string_view name) noexcept {
    sipward_identity_reason_info info{};
    info.struct_size = sizeof info;
    if (sipward_identity_reason(name.data(), name.size(), &info) != SIPWARD_OK) return {};
    return IdentityReason{detail::View(info.stage), detail::View(info.text), info.sip_code,
                          detail::View(info.phrase)};
  }
};

// What a check noticed without refusing for it.
struct IdentityFlag {
  std::string_view name;  // "NONCANONICAL_JSON"
  std::string_view text;  // a sentence without its full stop

  // Of `flags`, bits 1 << SIPWARD_FLAG_..., in their order.
  static std::vector<IdentityFlag> Of(uint32_t flags) {
    std::vector<IdentityFlag> found;
    sipward_text name{};
    sipward_text text{};
    for (uint32_t i = 0; sipward_identity_flag(i, &name, &text) == SIPWARD_OK; ++i) {
      if ((flags >> i & 1) != 0) found.push_back({detail::View(name), detail::View(text)});
    }
    return found;
  }
};

// What came of one Identity header.
struct IdentityHeader {
  std::string_view reason;  // "OK", "NOT_CHECKED" (its certificate is missing), or why it failed
  std::string_view stage;   // at which
  uint32_t sip_code = 0;
  uint32_t flags = 0;
  bool counts = true;  // false: of an unsupported type, or there twice
  std::string_view ppt;
  std::string_view token;
  std::string_view x5u;
};

// What came of all of them. Texts live until the next check and as long as what was checked; what
// is empty is not there.
struct IdentityVerdict {
  IdentityResult result = IdentityResult::kPending;
  std::string_view reason;  // "OK", or of the earliest step that failed: "IAT_STALE"
  uint32_t sip_code = 0;    // that answers it; 0: none
  uint32_t flags = 0;       // of all headers: 1 << SIPWARD_FLAG_...
  std::string_view attest, origid, spc, issuer, nam, crn, verstat;
  std::optional<TrustStore::Time> iat;
  uint32_t div_count = 0;
  uint32_t header_count = 0;
  std::string_view missing;  // of what is pending: the URL to fetch

  bool verified() const noexcept { return result == IdentityResult::kVerified; }
  bool pending() const noexcept { return result == IdentityResult::kPending; }

  // For Packet::identity, where an engine does not check itself.
  IdentityCheck ToCheck() const noexcept {
    IdentityCheck check(result);
    check.set_reason(reason).set_attest(attest).set_origid(origid).set_spc(spc);
    check.set_verstat(verstat).set_div_count(div_count);
    if (iat) check.set_iat(*iat);
    return check;
  }
};

// One thread's, about 300 KiB.
class Verifier {
 public:
  // `trust` is whom to trust; `state`, which may be null, is where tokens are remembered so that
  // one that comes again with another call is found. kStateFull: it has no room. kUnsupported if
  // the library was built without identity.
  static Result<Verifier> Create(const TrustStore& trust, const CallerPolicy& policy = {},
                                 const State* state = nullptr) {
    return Create(std::vector<const TrustStore*>{&trust}, policy, state);
  }
  // The first for the first Identity header of a request and so on, the last for all behind it; at
  // most 8.
  static Result<Verifier> Create(const std::vector<const TrustStore*>& trusts,
                                 const CallerPolicy& policy = {}, const State* state = nullptr) {
    std::vector<const sipward_trust*> given_trusts;
    given_trusts.reserve(trusts.size());
    for (const TrustStore* trust : trusts) given_trusts.push_back(trust->c_trust());
    const sipward_caller_policy given_policy = policy.ToC();
    sipward_verifier_options given{};
    given.struct_size = sizeof given;
    given.trusts = given_trusts.data();
    given.trust_count = given_trusts.size();
    given.policy = &given_policy;
    given.state = state != nullptr ? state->c_state() : nullptr;
    sipward_verifier* verifier = nullptr;
    const Status status = Status::FromC(sipward_verifier_create(&given, &verifier));
    if (!status.ok()) return Error{status};
    return Verifier(verifier);
  }

  // kMalformed: its date is none. Costs one ES256 for each header whose form, claims, time and
  // parties are right.
  Result<IdentityVerdict> Check(const IdentityRequest& request) {
    const sipward_identity_request given = request.c_request();
    sipward_identity_result found{};
    found.struct_size = sizeof found;
    return Found(sipward_verifier_check(verifier_.get(), &given, &found), found);
  }
  // Of a request that was parsed: what `request` has besides its times holds, whatever the message
  // says. kEnd: the message is no request.
  Result<IdentityVerdict> Check(MessageView message, const IdentityRequest& request) {
    const sipward_identity_request given = request.c_request();
    sipward_identity_result found{};
    found.struct_size = sizeof found;
    return Found(
        sipward_verifier_check_message(verifier_.get(), message.c_message(), &given, &found),
        found);
  }

  // Header `index` of the last check; nothing behind the last.
  std::optional<IdentityHeader> header(uint32_t index) const noexcept {
    sipward_identity_header found{};
    found.struct_size = sizeof found;
    if (sipward_verifier_header(verifier_.get(), index, &found) != SIPWARD_OK) return {};
    IdentityHeader out;
    out.reason = detail::View(found.reason);
    out.stage = detail::View(found.stage);
    out.sip_code = found.sip_code;
    out.flags = found.flags;
    out.counts = found.counts != 0;
    out.ppt = detail::View(found.ppt);
    out.token = detail::View(found.token);
    out.x5u = detail::View(found.x5u);
    return out;
  }
  // The Reason header (RFC 9410) for a header that failed, with its line end; nothing if it did
  // not, or has no signature that could name it.
  std::optional<std::string> ReasonHeader(uint32_t index) const {
    std::array<char, 512> line;
    size_t size = 0;
    const int32_t status =
        sipward_verifier_reason_header(verifier_.get(), index, line.data(), line.size(), &size);
    if (status != SIPWARD_OK) return {};
    return std::string(line.data(), size);
  }

  const sipward_verifier* c_verifier() const noexcept { return verifier_.get(); }

 private:
  explicit Verifier(sipward_verifier* verifier) noexcept : verifier_(verifier) {}

  static Result<IdentityVerdict> Found(int32_t status, const sipward_identity_result& found) {
    if (status != SIPWARD_OK) return Error{Status::FromC(status)};
    IdentityVerdict out;
    out.result = static_cast<IdentityResult>(found.result);
    out.reason = detail::View(found.reason);
    out.sip_code = found.sip_code;
    out.flags = found.flags;
    out.attest = detail::View(found.attest);
    out.origid = detail::View(found.origid);
    out.spc = detail::View(found.spc);
    out.issuer = detail::View(found.issuer);
    out.nam = detail::View(found.nam);
    out.crn = detail::View(found.crn);
    out.verstat = detail::View(found.verstat);
    if (found.iat != 0) out.iat = TrustStore::Time(std::chrono::seconds(found.iat));
    out.div_count = found.div_count;
    out.header_count = found.header_count;
    out.missing = detail::View(found.missing);
    return out;
  }

  detail::Handle<sipward_verifier, sipward_verifier_destroy> verifier_;
};

}  // namespace sipward

#endif  // SIPWARD_VERIFY_H_
