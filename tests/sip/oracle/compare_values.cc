#include <algorithm>
#include <cstdlib>

#include "base/ascii.h"
#include "tests/sip/oracle/compare.h"

namespace sipward::oracle {
namespace {

using Id = RefHeader::Id;
using sip::HeaderId;

sip::UriScheme LibraryKind(RefUri::Kind kind) {
  switch (kind) {
    case RefUri::Kind::kSip:
      return sip::UriScheme::kSip;
    case RefUri::Kind::kSips:
      return sip::UriScheme::kSips;
    case RefUri::Kind::kTel:
      return sip::UriScheme::kTel;
    case RefUri::Kind::kUrn:
      return sip::UriScheme::kUrn;
    case RefUri::Kind::kOther:
      break;
  }
  return sip::UriScheme::kOther;
}

sip::HostKind LibraryHost(RefUri::Host kind) {
  switch (kind) {
    case RefUri::Host::kName:
      return sip::HostKind::kName;
    case RefUri::Host::kIpv4:
      return sip::HostKind::kIpv4;
    case RefUri::Host::kIpv6:
      return sip::HostKind::kIpv6;
    case RefUri::Host::kThreeColons:
      return sip::HostKind::kBad;
    case RefUri::Host::kNone:
      break;
  }
  return sip::HostKind::kNone;
}

constexpr std::pair<Id, HeaderId> kAddressHeaders[] = {
    {Id::kContact, HeaderId::kContact},           {Id::kRoute, HeaderId::kRoute},
    {Id::kRecordRoute, HeaderId::kRecordRoute},   {Id::kPath, HeaderId::kPath},
    {Id::kServiceRoute, HeaderId::kServiceRoute}, {Id::kReplyTo, HeaderId::kReplyTo},
    {Id::kReferTo, HeaderId::kReferTo},           {Id::kReferredBy, HeaderId::kReferredBy},
    {Id::kCallInfo, HeaderId::kCallInfo},         {Id::kAlertInfo, HeaderId::kAlertInfo},
    {Id::kErrorInfo, HeaderId::kErrorInfo},       {Id::kGeolocation, HeaderId::kGeolocation},
};

constexpr std::pair<Id, HeaderId> kNumberHeaders[] = {
    {Id::kContentLength, HeaderId::kContentLength},
    {Id::kMaxForwards, HeaderId::kMaxForwards},
    {Id::kExpires, HeaderId::kExpires},
    {Id::kMinExpires, HeaderId::kMinExpires},
};

}  // namespace

const RefHeader* Comparison::FirstOf(Id id) const {
  const auto at = std::ranges::find(reference_.headers, id, &RefHeader::id);
  return at == reference_.headers.end() ? nullptr : &*at;
}

// Values are counted through all headers of an id: one that cannot be read blurs the count.
bool Comparison::AllGood(Id id) const {
  return std::ranges::all_of(reference_.headers, [id](const RefHeader& header) {
    return header.id != id || (header.judgement == Judgement::kWellFormed && header.name_good);
  });
}

void Comparison::Values() {
  if (const RefHeader* from = FirstOf(Id::kFrom); from != nullptr && AllGood(Id::kFrom)) {
    Address(from->addresses[0], message_.from(), "from");
  }
  if (const RefHeader* to = FirstOf(Id::kTo); to != nullptr && AllGood(Id::kTo)) {
    Address(to->addresses[0], message_.to(), "to");
  }
  if (const RefHeader* cseq = FirstOf(Id::kCseq); cseq != nullptr && AllGood(Id::kCseq)) {
    const sip::Cseq& got = message_.cseq();
    Same(cseq->number, got.number_text, "cseq number");
    Same(cseq->method, got.method_text, "cseq method");
    const uint64_t number =
        std::strtoull(std::string(cseq->number.In(bytes_.data())).c_str(), nullptr, 10);
    if (got.number != number) Note("cseq as a number");
    if (got.number_valid != (number <= 0xFFFFFFFFu)) Note("cseq.number_valid");
  }
  if (const RefHeader* id = FirstOf(Id::kCallId)) Same(id->value, message_.call_id(), "call-id");
  for (const auto& [id, library_id] : kNumberHeaders) {
    const RefHeader* header = FirstOf(id);
    if (header == nullptr || !AllGood(id)) continue;
    // Two that contradict each other are no number.
    if (std::ranges::count(reference_.headers, id, &RefHeader::id) > 1) continue;
    const std::string text(header->value.In(bytes_.data()));
    const int64_t number = std::strtoll(text.c_str(), nullptr, 10);
    const int64_t most = id == Id::kMaxForwards ? 255 : 0xFFFFFFFF;
    const int64_t got = message_.number(library_id);
    if (got != (number <= most ? number : -1)) {
      Note("number of " + text + ": got " + std::to_string(got));
    }
  }
  for (const auto& [id, library_id] : kAddressHeaders) Addresses(id, library_id);
  Vias();
  Items();
  Credentials(Id::kAuthorization, HeaderId::kAuthorization);
  Credentials(Id::kProxyAuthorization, HeaderId::kProxyAuthorization);
}

void Comparison::Addresses(Id id, HeaderId library_id) {
  if (!AllGood(id)) return;
  const auto got = message_.addresses(library_id);
  size_t count = 0;
  for (const RefHeader& header : reference_.headers) {
    if (header.id != id) continue;
    for (const RefAddress& address : header.addresses) {
      if (count < got.size()) Address(address, got[count], std::string(HeaderName(library_id)));
      ++count;
    }
  }
  if (count != got.size()) Note(std::string(HeaderName(library_id)) + ": number of values");
}

void Comparison::Vias() {
  if (!AllGood(Id::kVia)) return;
  std::vector<RefVia> want;
  for (const RefHeader& header : reference_.headers) {
    want.insert(want.end(), header.vias.begin(), header.vias.end());
  }
  const auto got = message_.vias();
  if (want.size() != got.size()) {
    Note("via: number of values");
    return;
  }
  for (size_t i = 0; i < want.size(); ++i) {
    Same(want[i].text, got[i].text, "via");
    Same(want[i].protocol, got[i].protocol, "via protocol");
    Same(want[i].version, got[i].version, "via version");
    Same(want[i].transport, got[i].transport, "via transport");
    Same(want[i].host, got[i].host, "via host");
    Same(want[i].port, got[i].port, "via port");
    Same(want[i].branch, got[i].branch, "via branch");
    Same(want[i].received, got[i].received, "via received");
    Same(want[i].rport, got[i].rport, "via rport");
    Same(want[i].maddr, got[i].maddr, "via maddr");
    Same(want[i].ttl, got[i].ttl, "via ttl");
    if (LibraryHost(want[i].host_kind) != got[i].host_kind) Note("via host kind");
    Port(want[i].port, got[i].port_number, "via port");
    Same(want[i].params, got[i].params, "via params");
    Params(want[i].param_list, got[i].params, ';', "via");
  }
}

void Comparison::Credentials(Id id, HeaderId library_id) {
  if (!AllGood(id)) return;
  std::vector<RefCredentials> want;
  for (const RefHeader& header : reference_.headers) {
    if (header.id == id) want.push_back(header.credentials);
  }
  const auto got = message_.digests(library_id);
  if (want.size() != got.size()) {
    Note("credentials: number of values");
    return;
  }
  for (size_t i = 0; i < want.size(); ++i) {
    Same(want[i].scheme, got[i].scheme, "credentials scheme");
    if (!EqualsIgnoreCase(want[i].scheme.In(bytes_.data()), "Digest")) continue;
    const sip::Digest& digest = got[i];
    const std::pair<const char*, Slice> parts[] = {
        {"username", digest.username}, {"realm", digest.realm},
        {"nonce", digest.nonce},       {"uri", digest.uri},
        {"response", digest.response}, {"algorithm", digest.algorithm},
        {"cnonce", digest.cnonce},     {"opaque", digest.opaque},
        {"qop", digest.qop},           {"nc", digest.nc},
    };
    for (const auto& [name, slice] : parts) {
      Slice value = ValueOf(bytes_, want[i].param_list, name);
      if (value.length >= 2 && bytes_[value.offset] == '"') {
        value = {value.offset + 1, value.length - 2};
      }
      Same(value, slice, std::string("digest ") + name);
    }
  }
}

void Comparison::Address(const RefAddress& want, const sip::NameAddr& got,
                         const std::string& what) {
  Same(want.text, got.text, what + " text");
  if (want.is_star != got.is_star) Note(what + " star");
  if (want.is_star) return;
  Same(want.display, got.display, what + " display");
  Same(want.params, got.params, what + " params");
  Same(want.tag, got.tag, what + " tag");
  if (want.in_brackets != got.in_brackets) Note(what + " brackets");
  Params(want.param_list, got.params, ';', what);
  Uri(want.uri, got.uri, what + " uri");
}

void Comparison::Uri(const RefUri& want, const sip::Uri& got, const std::string& what) {
  Same(want.text, got.text, what + " text");
  Same(want.scheme, got.scheme, what + " scheme");
  if (LibraryKind(want.kind) != got.kind) Note(what + " kind");
  if (want.kind == RefUri::Kind::kUrn || want.kind == RefUri::Kind::kOther) return;
  Same(want.user, got.user, what + " user");
  Same(want.password, got.password, what + " password");
  Same(want.host, got.host, what + " host");
  Same(want.port, got.port, what + " port");
  Same(want.params, got.params, what + " params");
  Same(want.headers, got.headers, what + " headers");
  if (LibraryHost(want.host_kind) != got.host_kind) Note(what + " host kind");
  Port(want.port, got.port_number, what + " port");
  Params(want.param_list, got.params, ';', what);
}

void Comparison::Port(Slice want, int32_t got, const std::string& what) {
  const std::string text(want.In(bytes_.data()));
  const uint64_t number = std::strtoull(text.c_str(), nullptr, 10);
  const bool good = want.present() && number >= 1 && number <= 65535;
  if (got != (good ? static_cast<int32_t>(number) : -1)) Note(what + " as a number");
}

void Comparison::Params(const std::vector<RefParam>& want, Slice got, char separator,
                        const std::string& what) {
  sip::ParamCursor cursor(bytes_.data(), got, separator);
  sip::Param param;
  for (const RefParam& expected : want) {
    if (!cursor.Next(&param)) {
      Note(what + ": parameter lost: " + Quote(expected.name));
      return;
    }
    Same(expected.name, param.name, what + " parameter name");
    Same(expected.value, param.value, what + " parameter value");
  }
  if (cursor.Next(&param)) Note(what + ": parameter too many: " + Quote(param.name));
}

}  // namespace sipward::oracle
