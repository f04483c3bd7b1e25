#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <optional>
#include <string>

#include "auth/auth.h"
#include "auth_event.h"
#include "guard.h"
#include "handles.h"
#include "struct_size.h"

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside
namespace auth = sipward::auth;
using sipward::kMinute;
using sipward::kSecond;
using sipward::Nanos;

struct sipward_authenticator {
  std::shared_ptr<sipward::state::Region> region;  // behind what uses it
  std::unique_ptr<auth::Authenticator> authenticator;
  auth::MessageRequest from_message;
  auth::Request request;
  std::array<std::string_view, auth::Request::kMostCredentials> credentials;
  AuthEvent event;

  // Takes its tables back before the region goes.
  ~sipward_authenticator() { authenticator.reset(); }
};

namespace sipward::c {
namespace {

constexpr uint32_t kOptionFlags = 2 * SIPWARD_AUTH_REFUSE_DOWNGRADE - 1;
constexpr uint32_t kAllAlgorithms = 2 * SIPWARD_DIGEST_SHA_512_256_SESS - 1;
constexpr uint32_t kMostLate = 63;
constexpr uint32_t kMostEntries = uint32_t{1} << 24;

static_assert(static_cast<int>(auth::Outcome::kPending) == SIPWARD_AUTH_PENDING);
static_assert(static_cast<int>(auth::Outcome::kSuccess) == SIPWARD_AUTH_SUCCESS);
static_assert(static_cast<int>(auth::Outcome::kFail) == SIPWARD_AUTH_FAIL);
static_assert(static_cast<int>(auth::Outcome::kChallenged) == SIPWARD_AUTH_CHALLENGED);
static_assert(static_cast<int>(auth::Outcome::kExempt) == SIPWARD_AUTH_EXEMPT);
static_assert(auth::kFlags == SIPWARD_AUTH_FLAG_SEVERAL + 1);
static_assert(1 << static_cast<int>(auth::Algorithm::kSha512_256Session) ==
              SIPWARD_DIGEST_SHA_512_256_SESS);

bool UsableOptions(const sipward_auth_options& given) {
  return (given.flags & ~kOptionFlags) == 0 && given.reserved == 0 && UsableText(given.realm) &&
         UsableText(given.key) && auth::IsRealm(View(given.realm)) &&
         given.key.size >= auth::kLeastNonceKey && (given.algorithms & ~kAllAlgorithms) == 0 &&
         given.binding <= SIPWARD_NONCE_OF_ANYBODY &&
         given.lifetime_s <= static_cast<uint64_t>(auth::kLongestLife / kSecond) &&
         given.late <= kMostLate && given.nonces <= kMostEntries && given.clients <= kMostEntries &&
         (given.state == nullptr || Usable(given.state));
}

auth::Policy ToPolicy(const sipward_auth_options& given) {
  const auto has = [&given](uint32_t flag) { return (given.flags & flag) != 0; };
  auth::Policy policy;
  policy.realm = View(given.realm);
  if (given.algorithms != 0) {
    policy.offered = auth::Algorithms(static_cast<uint8_t>(given.algorithms));
  }
  policy.proxy = has(SIPWARD_AUTH_PROXY);
  policy.integrity = has(SIPWARD_AUTH_INTEGRITY);
  policy.user_hash = has(SIPWARD_AUTH_USERHASH);
  policy.without_qop = has(SIPWARD_AUTH_WITHOUT_QOP);
  policy.any_uri = has(SIPWARD_AUTH_ANY_URI);
  policy.refuses_downgrade = has(SIPWARD_AUTH_REFUSE_DOWNGRADE);
  if (given.binding == SIPWARD_NONCE_OF_HOST) policy.binding = auth::Binding::kHost;
  if (given.binding == SIPWARD_NONCE_OF_ANYBODY) policy.binding = auth::Binding::kNone;
  if (given.lifetime_s != 0) policy.lifetime = static_cast<Nanos>(given.lifetime_s) * kSecond;
  if (given.late != 0) policy.late = given.late;
  if (given.nonces != 0) policy.nonces = given.nonces;
  if (given.clients != 0) policy.clients = given.clients;
  return policy;
}

bool ReadRequest(const sipward_auth_request* request, sipward_auth_request* given) {
  if (!ReadStruct(request, given)) return false;
  const auto texts = {given->method, given->request_uri, given->body,  given->call_id,
                      given->cseq,   given->branch,      given->client};
  const bool usable = (given->flags & ~uint32_t{SIPWARD_AUTH_BODY_UNSEEN}) == 0 &&
                      given->reserved == 0 && given->source.reserved == 0 && given->wall_ns >= 0 &&
                      given->credential_count <= auth::Request::kMostCredentials &&
                      (given->credential_count == 0 || Usable(given->credentials)) &&
                      std::all_of(texts.begin(), texts.end(), UsableText);
  return usable &&
         std::all_of(given->credentials, given->credentials + given->credential_count, UsableText);
}

// False: it is not usable. Nothing: there is none.
bool ReadAccount(const sipward_auth_account* account, std::optional<auth::Credential>* out) {
  if (account == nullptr) return true;
  sipward_auth_account given{};
  if (!ReadStruct(account, &given) || given.unknown > 1) return false;
  const auto texts = {given.user, given.password, given.ha1_md5, given.ha1_sha_256,
                      given.ha1_sha_512_256};
  if (!std::all_of(texts.begin(), texts.end(), UsableText)) return false;
  auth::Credential known;
  known.known = given.unknown == 0;
  known.user = View(given.user);
  if (given.password.size != 0) known.password = View(given.password);
  known.ha1 = {View(given.ha1_md5), View(given.ha1_sha_256), View(given.ha1_sha_512_256)};
  *out = known;
  return true;
}

IpAddress AddressOf(const sipward_endpoint& endpoint) {
  IpAddress address;
  std::copy(std::begin(endpoint.address), std::end(endpoint.address), address.bytes.begin());
  return address;
}

void PutTexts(const sipward_auth_request& given, sipward_authenticator* to) {
  auth::Request& request = to->request;
  std::transform(given.credentials, given.credentials + given.credential_count,
                 to->credentials.begin(), [](const sipward_text& text) { return View(text); });
  request.credentials = {to->credentials.data(), given.credential_count};
  request.method = View(given.method);
  request.request_uri = View(given.request_uri);
  if ((given.flags & SIPWARD_AUTH_BODY_UNSEEN) == 0) request.body = View(given.body);
  request.call_id = View(given.call_id);
  request.cseq = View(given.cseq);
  request.branch = View(given.branch);
  request.client = View(given.client);
}

sipward_auth_result ToC(const auth::Result& result) {
  sipward_auth_result out{};
  out.outcome = static_cast<uint32_t>(result.outcome);
  out.reason = Text(auth::Describe(result.reason).name);
  out.sip_code = result.sip_code;
  out.stale = result.stale ? 1 : 0;
  out.flags = result.flags;
  out.user_hashed = result.user_hashed ? 1 : 0;
  out.fact = Text(FactName(auth::Describe(result.reason).fact));
  out.user = Text(result.user);
  out.realm = Text(result.realm);
  out.nonce = Text(result.nonce);
  out.uri = Text(result.uri);
  out.response = Text(result.response);
  out.algorithm = Text(result.algorithm_text);
  out.qop = Text(result.qop);
  out.nc = Text(result.nc);
  return out;
}

void Check(sipward_authenticator* it, const sipward_auth_request& given,
           const std::optional<auth::Credential>& known, sipward_auth_result* out) {
  it->request.source = AddressOf(given.source);
  it->request.wall = given.wall_ns;
  it->request.monotonic = given.monotonic_ns;
  const auth::Result& result = it->authenticator->Check(it->request, known ? &*known : nullptr);
  it->event.Fill(it->request, result, known ? &*known : nullptr);
  WriteStruct(ToC(result), out);
}

}  // namespace
}  // namespace sipward::c

extern "C" {

int32_t sipward_authenticator_create(const sipward_auth_options* options,
                                     sipward_authenticator** out) {
  sipward_auth_options given{};
  if (!Usable(out) || !ReadStruct(options, &given) || !UsableOptions(given)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return Guard([&] {
    auto made = std::make_unique<sipward_authenticator>();
    if (given.state != nullptr) made->region = given.state->region;
    made->authenticator =
        auth::Authenticator::Create(ToPolicy(given), View(given.key), made->region.get(), 0);
    if (made->authenticator == nullptr) return int32_t{SIPWARD_ERR_STATE_FULL};
    *out = made.release();
    return int32_t{SIPWARD_OK};
  });
}

void sipward_authenticator_destroy(sipward_authenticator* authenticator) {
  if (Usable(authenticator)) delete authenticator;
}

int32_t sipward_authenticator_set_key(sipward_authenticator* authenticator, const char* key,
                                      size_t size) {
  if (!Usable(authenticator) || !UsableBytes(key, size) || size < auth::kLeastNonceKey) {
    return SIPWARD_ERR_ARGUMENT;
  }
  authenticator->authenticator->SetKey(View(key, size));
  return SIPWARD_OK;
}

int32_t sipward_authenticator_check(sipward_authenticator* authenticator,
                                    const sipward_auth_request* request,
                                    const sipward_auth_account* account, sipward_auth_result* out) {
  sipward_auth_request given{};
  std::optional<auth::Credential> known;
  if (!Usable(authenticator) || !ReadRequest(request, &given) || !ReadAccount(account, &known) ||
      !HasStructSize(out)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  authenticator->request = {};
  PutTexts(given, authenticator);
  Check(authenticator, given, known, out);
  return SIPWARD_OK;
}

int32_t sipward_authenticator_check_message(sipward_authenticator* authenticator,
                                            sipward_message* message,
                                            const sipward_auth_request* request,
                                            const sipward_auth_account* account,
                                            sipward_auth_result* out) {
  sipward_auth_request given{};
  std::optional<auth::Credential> known;
  if (!Usable(authenticator) || !Usable(message) || !ReadRequest(request, &given) ||
      !ReadAccount(account, &known) || !HasStructSize(out)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  if (!message->parsed || !message->message->is_request()) return SIPWARD_END;
  authenticator->request = authenticator->from_message.Read(
      *message->message, authenticator->authenticator->policy().proxy);
  Check(authenticator, given, known, out);
  return SIPWARD_OK;
}

int32_t sipward_authenticator_event(const sipward_authenticator* authenticator,
                                    sipward_host_event* out) {
  if (!Usable(authenticator) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  if (authenticator->event.empty()) return SIPWARD_END;
  WriteStruct(authenticator->event.ToC(), out);
  return SIPWARD_OK;
}

int32_t sipward_authenticator_challenge(sipward_authenticator* authenticator,
                                        const sipward_auth_request* request, uint32_t stale,
                                        char* out, size_t capacity, size_t* size) {
  sipward_auth_request given{};
  if (!Usable(authenticator) || !ReadRequest(request, &given) || stale > 1 ||
      !UsableBytes(out, capacity) || !Usable(size)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  *size = authenticator->authenticator->Challenge(AddressOf(given.source), given.wall_ns,
                                                  stale != 0, {out, capacity});
  return *size <= capacity ? SIPWARD_OK : SIPWARD_ERR_SPACE;
}

int32_t sipward_auth_reason(const char* name, size_t name_size, sipward_auth_reason_info* out) {
  if (!UsableBytes(name, name_size) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  const auto reason = auth::FindReason(View(name, name_size));
  if (!reason) return SIPWARD_END;
  const auth::ReasonInfo& info = auth::Describe(*reason);
  sipward_auth_reason_info found{};
  found.outcome = static_cast<uint32_t>(info.outcome);
  found.sip_code = info.sip_code;
  found.stale = info.stale ? 1 : 0;
  found.fact = Text(FactName(info.fact));
  found.text = Text(info.text);
  WriteStruct(found, out);
  return SIPWARD_OK;
}

int32_t sipward_auth_flag(uint32_t flag, sipward_text* name, sipward_text* text) {
  if ((name != nullptr && !Usable(name)) || (text != nullptr && !Usable(text))) {
    return SIPWARD_ERR_ARGUMENT;
  }
  if (flag >= auth::kFlags) return SIPWARD_END;
  const auth::FlagInfo& info = auth::Describe(static_cast<auth::Flag>(flag));
  if (name != nullptr) *name = Text(info.name);
  if (text != nullptr) *text = Text(info.text);
  return SIPWARD_OK;
}

int32_t sipward_auth_hash(uint32_t algorithm, const sipward_text* user, const sipward_text* realm,
                          const sipward_text* password, char* out, size_t capacity, size_t* size) {
  const bool one =
      algorithm != 0 && (algorithm & ~kAllAlgorithms) == 0 && (algorithm & (algorithm - 1)) == 0;
  const auto usable = [](const sipward_text* text) { return Usable(text) && UsableText(*text); };
  if (!one || !usable(user) || !usable(realm) || !usable(password) || !UsableBytes(out, capacity) ||
      !Usable(size)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return Guard([&] {
    uint32_t number = 0;
    while ((algorithm >> number & 1) == 0) ++number;
    const auth::Strength strength = auth::StrengthOf(static_cast<auth::Algorithm>(number));
    const auth::HashText hash =
        password->size == 0 ? auth::MakeUserHash(strength, View(*user), View(*realm))
                            : auth::MakeHa1(strength, View(*user), View(*realm), View(*password));
    if (hash.size == 0) return int32_t{SIPWARD_ERR_UNSUPPORTED};
    *size = hash.size;
    if (hash.size > capacity) return int32_t{SIPWARD_ERR_SPACE};
    std::memcpy(out, hash.digits.data(), hash.size);
    return int32_t{SIPWARD_OK};
  });
}

}  // extern "C"
