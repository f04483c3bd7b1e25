#include <algorithm>
#include <set>

#include "base/ascii.h"
#include "tests/sip/oracle/reference_items.h"
#include "tests/sip/oracle/reference_parser.h"

namespace sipward::oracle {
namespace {

using Id = RefHeader::Id;

// Headers that are no comma-separated list and therefore stand once (section 7.3.1), by the rules
// of RFC 3261 and of the RFCs that add headers.
constexpr std::string_view kOnce[][2] = {
    {"Call-ID", "i"},
    {"Content-Disposition", ""},
    {"Content-Length", "l"},
    {"Content-Type", "c"},
    {"CSeq", ""},
    {"Date", ""},
    {"Event", "o"},
    {"Expires", ""},
    {"From", "f"},
    {"Join", ""},
    {"Max-Forwards", ""},
    {"MIME-Version", ""},
    {"Min-Expires", ""},
    {"Min-SE", ""},
    {"Organization", ""},
    {"P-Attestation-Indicator", ""},
    {"P-Origination-Id", ""},
    {"Priority", ""},
    {"Privacy", ""},
    {"RAck", ""},
    {"Refer-To", "r"},
    {"Referred-By", "b"},
    {"Replaces", ""},
    {"Reply-To", ""},
    {"Retry-After", ""},
    {"RSeq", ""},
    {"Server", ""},
    {"Session-Expires", "x"},
    {"Subject", "s"},
    {"Subscription-State", ""},
    {"Timestamp", ""},
    {"To", "t"},
    {"User-Agent", ""},
};

class Judge {
 public:
  Judge(std::string_view bytes, RefMessage* message) : bytes_(bytes), message_(message) {}

  void Run() {
    where_ = message_->start.line;
    if (message_->start.request) Uri(message_->start.uri);
    for (const RefHeader& header : message_->headers) {
      where_ = header.line;
      if (header.judgement == Judgement::kWellFormed) Header(header);
    }
    where_ = {0, static_cast<uint32_t>(bytes_.size())};
    Mandatory();
    Once();
    Star();
  }

 private:
  void Refuse(std::string_view why) { message_->refusals.push_back({std::string(why), where_}); }
  std::string_view Text(Slice slice) const { return slice.In(bytes_.data()); }

  // Digits without leading zeros, compared as a number of any size.
  bool AtMost(Slice digits, std::string_view most) const {
    std::string_view text = Text(digits);
    text.remove_prefix(std::min(text.find_first_not_of('0'), text.size()));
    return text.size() != most.size() ? text.size() < most.size() : text <= most;
  }

  void Port(Slice port) {
    if (!port.present()) return;
    if (!AtMost(port, "65535") || AtMost(port, "")) Refuse("port");
  }

  // Section 7.3.1: no parameter name more than once.
  void NoDuplicates(const std::vector<RefParam>& params) {
    std::set<std::string> seen;
    for (const RefParam& param : params) {
      std::string name(Text(param.name));
      std::ranges::transform(name, name.begin(), ToLower);
      if (!seen.insert(name).second) Refuse("parameter twice");
    }
  }

  void Number(const std::vector<RefParam>& params, std::string_view name, std::string_view most) {
    const Slice value = ValueOf(bytes_, params, name);
    if (value.present() && !AtMost(value, most)) Refuse(name);
  }

  void Uri(const RefUri& uri) {
    Port(uri.port);
    NoDuplicates(uri.param_list);
  }

  void Header(const RefHeader& header) {
    for (const RefAddress& address : header.addresses) {
      NoDuplicates(address.param_list);
      // Section 20.10: up to 2^32-1 seconds.
      if (header.id == Id::kContact) Number(address.param_list, "expires", "4294967295");
      Uri(address.uri);
    }
    for (const RefVia& via : header.vias) {
      NoDuplicates(via.param_list);
      Number(via.param_list, "ttl", "255");
      Number(via.param_list, "rport", "65535");
      Port(via.port);
    }
    for (const RefItem& item : header.items) {
      NoDuplicates(item.param_list);
      if (header.item_rule->numbers) Numbers(item);
    }
    switch (header.id) {
      case Id::kContentLength:
        ContentLength(header);
        break;
      case Id::kMaxForwards:
        if (!AtMost(header.value, "255")) Refuse("Max-Forwards");  // section 20.22
        break;
      case Id::kExpires:
      case Id::kMinExpires:
        if (!AtMost(header.value, "4294967295")) Refuse("Expires");  // section 20.19
        break;
      case Id::kCseq:
        Cseq(header);
        break;
      case Id::kAuthorization:
      case Id::kProxyAuthorization:
        Credentials(header.credentials);
        break;
      default:
        break;
    }
  }

  // One number, or the two of RAck before the method: 32 bits each.
  void Numbers(const RefItem& item) {
    size_t words = 0;
    for (size_t at = item.value.offset; at < item.value.end() && words < 2; ++words) {
      size_t end = at;
      while (end < item.value.end() && IsDigit(bytes_[end])) ++end;
      if (end == at) return;
      if (!AtMost(Between(at, end), "4294967295")) Refuse("number");
      at = std::min<size_t>(bytes_.find_first_not_of(" \t\r\n", end), item.value.end());
    }
  }

  // Section 18.3.
  void ContentLength(const RefHeader& header) {
    // Of two, nobody knows which one to hold against the body.
    if (!message_->complete || Count("Content-Length", "l") > 1) return;
    const std::string rest = std::to_string(bytes_.size() - message_->body_offset);
    if (!AtMost(header.value, rest == "0" ? "" : rest)) Refuse("Content-Length");
  }

  // Sections 8.1.1.5 and 20.16.
  void Cseq(const RefHeader& header) {
    if (!AtMost(header.number, "4294967295")) Refuse("CSeq number");
    if (message_->start.request && Text(header.method) != Text(message_->start.method)) {
      Refuse("CSeq method");
    }
  }

  void Credentials(const RefCredentials& credentials) {
    NoDuplicates(credentials.param_list);
    const bool realm = ValueOf(bytes_, credentials.param_list, "realm").present();
    if (EqualsIgnoreCase(Text(credentials.scheme), "Digest") && !realm) Refuse("realm");
  }

  int Count(std::string_view name, std::string_view compact) const {
    return static_cast<int>(std::ranges::count_if(message_->headers, [&](const RefHeader& header) {
      const std::string_view text = Text(header.name);
      return EqualsIgnoreCase(text, name) || (text.size() == 1 && EqualsIgnoreCase(text, compact));
    }));
  }

  // Section 8.1.1; Max-Forwards is younger than peers that are still met.
  void Mandatory() {
    constexpr std::string_view kMandatory[][2] = {
        {"Via", "v"}, {"From", "f"}, {"To", "t"}, {"Call-ID", "i"}, {"CSeq", ""}};
    for (const auto& [name, compact] : kMandatory) {
      if (Count(name, compact) == 0) Refuse("no " + std::string(name));
    }
  }

  void Once() {
    for (const auto& [name, compact] : kOnce) {
      if (Count(name, compact) > 1) Refuse(std::string(name) + " twice");
    }
  }

  // Section 20.10: a star is the only value.
  void Star() {
    size_t values = 0;
    bool star = false;
    for (const RefHeader& header : message_->headers) {
      if (header.id != Id::kContact) continue;
      for (const RefAddress& address : header.addresses) star = star || address.is_star;
      values += header.addresses.size();
    }
    if (star && values > 1) Refuse("Contact: star and more");
  }

  std::string_view bytes_;
  RefMessage* message_;
  Slice where_;
};

}  // namespace

void JudgeMeaning(std::string_view bytes, RefMessage* message) { Judge(bytes, message).Run(); }

}  // namespace sipward::oracle
