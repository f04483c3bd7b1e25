// Registrations and attempts to authenticate: a request, and the answer that judges it.
#include <algorithm>
#include <span>

#include "base/ascii.h"
#include "base/plain.h"
#include "calls/calls.h"

namespace sipward::calls {
namespace {

using sip::HeaderId;

// Of one answer: a challenge for each algorithm, and no more.
constexpr size_t kMostNonces = 4;

std::span<const sip::Digest> CredentialsOf(sip::Message& message) {
  const auto first = message.digests(HeaderId::kAuthorization);
  return first.empty() ? message.digests(HeaderId::kProxyAuthorization) : first;
}

// What the answer asks for; empty if it is neither a 401 nor a 407.
std::span<const sip::Digest> ChallengesOf(sip::Message& message) {
  switch (message.start().code) {
    case 401:
      return message.digests(HeaderId::kWwwAuthenticate);
    case 407:
      return message.digests(HeaderId::kProxyAuthenticate);
    default:
      return {};
  }
}

}  // namespace

// Everything that an answer repeats of its request.
Hash128 Tracker::RequestKey() const {
  const sip::Cseq& cseq = message_->cseq();
  const bool other = cseq.method == sip::Method::kOther;
  struct {
    Hash128 call;
    uint64_t number, method;
  } const parts{from_key_, cseq.number,
                other ? KeyedHash64(region_.secret(), cseq.method_text.In(message_->bytes().data()))
                      : static_cast<uint64_t>(cseq.method)};
  return KeyedHash128(region_.secret(), BytesOf(parts));
}

Hash128 Tracker::NonceKey(std::string_view nonce, const IpAddress& source) const {
  struct {
    Hash128 nonce;
    IpAddress host;
  } const parts{KeyedHash128(region_.secret(), nonce), HostOf(source).address};
  return KeyedHash128(region_.secret(), BytesOf(parts));
}

bool Tracker::IsAttempt() const {
  const sip::Method method = message_->start().method;
  if (method == sip::Method::kAck || method == sip::Method::kCancel) return false;
  return method == sip::Method::kRegister || !CredentialsOf(*message_).empty();
}

void Tracker::NoteAttempt(const facts::Packet& packet) {
  const char* base = message_->bytes().data();
  RequestRecord request{};
  request.asker = Asker::Of(packet);
  request.expires = -1;
  std::string_view user, realm, contact;
  const auto credentials = CredentialsOf(*message_);
  if (!credentials.empty()) {
    const sip::Digest& digest = credentials.front();
    request.has_credentials = true;
    user = digest.username.In(base);
    realm = digest.realm.In(base);
    // Who has a nonce that was sent to that host receives what is sent there.
    request.nonce_known =
        region_.Contains(tables_.nonces, NonceKey(digest.nonce.In(base), packet.source), now_);
  }
  if (message_->start().method == sip::Method::kRegister) {
    const auto contacts = message_->addresses(HeaderId::kContact);
    request.contacts = static_cast<uint16_t>(contacts.size());
    if (!contacts.empty()) contact = contacts.front().uri.text.In(base);
    const int64_t expires = message_->number(HeaderId::kExpires);
    if (expires >= 0 && expires <= INT32_MAX) request.expires = static_cast<int32_t>(expires);
  }
  request.texts.Fill({message_->to().uri.text.In(base), user, realm, contact,
                      packet.account.value_or(std::string_view()),
                      message_->ValueOf(HeaderId::kUserAgent).In(base)});
  state::Record record{own_now_ + kAnswerTime, 0, {}};
  Store(request, &record);
  state::Record displaced;
  region_.AddRecord(tables_.requests, RequestKey(), record, own_now_, &displaced);
}

void Tracker::TakeFinal(const facts::Packet& packet) {
  const int code = message_->start().code;
  if (code < 200 || message_->cseq().method == sip::Method::kBye) return;
  const char* base = message_->bytes().data();
  const auto challenges = ChallengesOf(*message_);
  for (const sip::Digest& challenge : challenges.first(std::min(challenges.size(), kMostNonces))) {
    region_.Insert(tables_.nonces, NonceKey(challenge.nonce.In(base), packet.destination),
                   now_ + kNonceTime, now_);
  }
  RequestRecord request;
  bool first = false;
  region_.ChangeRecord(tables_.requests, RequestKey(), [&](state::Record& record) {
    request = Load<RequestRecord>(record);
    first = !request.answered && record.until > own_now_;
    RequestRecord answered = request;
    answered.answered = true;
    Store(answered, &record);
  });
  if (first) JudgeAttempt(code, request);
}

void Tracker::JudgeAttempt(int code, const RequestRecord& request) {
  using facts::AuthReason;
  using facts::EventKind;
  using facts::Result;
  const bool is_register = message_->cseq().method == sip::Method::kRegister;
  const bool accepted = code < 300;
  const bool challenged = code == 401 || code == 407;
  const auto tell = [&](EventKind kind, Result result, AuthReason reason) {
    Happened* what = Tell(kind);
    what->request = request;
    what->result = result;
    what->reason = reason;
  };
  if (request.has_credentials) {
    const char* base = message_->bytes().data();
    if (accepted) {
      tell(EventKind::kAuth, Result::kSuccess, AuthReason::kUnspecified);
    } else if (challenged) {
      const auto challenges = ChallengesOf(*message_);
      const bool stale =
          !challenges.empty() && EqualsIgnoreCase(challenges.front().stale.In(base), "true");
      tell(EventKind::kAuth, Result::kFail,
           stale ? AuthReason::kStaleNonce : AuthReason::kWrongPassword);
    } else if (is_register && (code == 403 || code == 404)) {
      tell(EventKind::kAuth, Result::kFail,
           code == 404 ? AuthReason::kUnknownUser : AuthReason::kWrongPassword);
    }
  } else if (challenged) {
    tell(EventKind::kAuth, Result::kChallenged, AuthReason::kNoCredentials);
  }
  if (!is_register) return;
  if (accepted) {
    tell(EventKind::kRegister, Result::kSuccess, AuthReason::kUnspecified);
  } else if (!challenged || request.has_credentials) {
    tell(EventKind::kRegister, Result::kFail, AuthReason::kUnspecified);
  }
}

}  // namespace sipward::calls
