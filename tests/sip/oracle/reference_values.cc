#include "base/ascii.h"
#include "tests/sip/oracle/grammar.h"
#include "tests/sip/oracle/reference_parser.h"

namespace sipward::oracle {
namespace {

// Where `c` stands first in `text`, outside of quoted strings and angle brackets; its end if
// nowhere.
size_t FindPlain(std::string_view bytes, Slice text, char wanted) {
  bool quoted = false;
  bool angled = false;
  for (size_t i = text.offset; i < text.end(); ++i) {
    const char c = bytes[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
    } else if (c == wanted && !angled) {
      return i;
    } else if (c == '"' && !angled) {
      quoted = true;
    } else if (c == '<') {
      angled = true;
    } else if (c == '>') {
      angled = false;
    }
  }
  return text.end();
}

// [ name ":" ] host: splits at the colon behind the host.
void ReadHostPort(std::string_view bytes, Slice text, Slice* host, Slice* port) {
  size_t from = text.offset;
  if (from < text.end() && bytes[from] == '[') from = bytes.find(']', from);
  const size_t colon = bytes.find(':', from);
  if (colon >= text.end()) {
    *host = Trim(bytes, text);
    return;
  }
  *host = Trim(bytes, Between(text.offset, colon));
  *port = Trim(bytes, Between(colon + 1, text.end()));
}

}  // namespace

Slice Trim(std::string_view bytes, Slice text) {
  constexpr std::string_view kSpace = " \t\r\n";
  size_t begin = text.offset;
  size_t end = text.end();
  while (begin < end && kSpace.find(bytes[begin]) != kSpace.npos) ++begin;
  while (end > begin && kSpace.find(bytes[end - 1]) != kSpace.npos) --end;
  return Between(begin, end);
}

std::vector<Slice> Split(std::string_view bytes, Slice text, char separator) {
  std::vector<Slice> parts;
  size_t begin = text.offset;
  while (true) {
    const size_t at = FindPlain(bytes, Between(begin, text.end()), separator);
    parts.push_back(Trim(bytes, Between(begin, at)));
    if (at == text.end()) return parts;
    begin = at + 1;
  }
}

std::vector<RefParam> ReadParams(std::string_view bytes, Slice params, char separator) {
  std::vector<RefParam> list;
  if (!params.present()) return list;
  for (const Slice part : Split(bytes, params, separator)) {
    if (part.empty()) continue;  // only an isub of RFC 3966 allows that
    RefParam param;
    const size_t equals = FindPlain(bytes, part, '=');
    param.name = Trim(bytes, Between(part.offset, equals));
    if (equals < part.end()) param.value = Trim(bytes, Between(equals + 1, part.end()));
    list.push_back(param);
  }
  return list;
}

Slice ValueOf(std::string_view bytes, const std::vector<RefParam>& params, std::string_view name) {
  for (const RefParam& param : params) {
    if (EqualsIgnoreCase(param.name.In(bytes.data()), name)) return param.value;
  }
  return {};
}

RefUri::Host HostKindOf(std::string_view host) {
  if (host.find(":::") != host.npos) return RefUri::Host::kThreeColons;
  if (host.starts_with('[') || host.find(':') != host.npos) return RefUri::Host::kIpv6;
  return Matchers::Get().ipv4.Matches(host) ? RefUri::Host::kIpv4 : RefUri::Host::kName;
}

bool ReadUri(std::string_view bytes, Slice text, bool bare, RefUri* out) {
  Matchers& m = Matchers::Get();
  const std::string_view uri = text.In(bytes.data());
  const size_t colon = uri.find(':');
  if (colon == uri.npos) return false;
  if (bare && uri.find_first_of(",;?") != uri.npos) return false;
  out->text = text;
  out->scheme = {text.offset, static_cast<uint32_t>(colon)};
  const std::string_view scheme = uri.substr(0, colon);
  const size_t begin = text.offset + colon + 1;
  if (EqualsIgnoreCase(scheme, "urn")) {
    out->kind = RefUri::Kind::kUrn;
    return m.urn_uri.Matches(uri);
  }
  if (EqualsIgnoreCase(scheme, "tel")) {
    if (!m.tel_uri.Matches(uri)) return false;
    out->kind = RefUri::Kind::kTel;
    const size_t semicolon = std::min<size_t>(bytes.find(';', begin), text.end());
    out->user = Between(begin, semicolon);
    if (semicolon < text.end()) out->params = Between(semicolon + 1, text.end());
    out->param_list = ReadParams(bytes, out->params, ';');
    return true;
  }
  const bool sips = EqualsIgnoreCase(scheme, "sips");
  if (!sips && !EqualsIgnoreCase(scheme, "sip")) return m.absolute_uri.Matches(uri);
  if (!m.sip_uri.Matches(uri)) return false;
  out->kind = sips ? RefUri::Kind::kSips : RefUri::Kind::kSip;

  // An at sign stands nowhere but behind the userinfo, and a colon in userinfo is the password's.
  size_t host_begin = begin;
  const size_t at = bytes.find('@', begin);
  if (at < text.end()) {
    host_begin = at + 1;
    const size_t password = bytes.find(':', begin);
    out->user = Between(begin, std::min(password, at));
    if (password < at) out->password = Between(password + 1, at);
  }
  const size_t host_end = std::min<size_t>(bytes.find_first_of(";?", host_begin), text.end());
  ReadHostPort(bytes, Between(host_begin, host_end), &out->host, &out->port);
  out->host_kind = HostKindOf(out->host.In(bytes.data()));
  const size_t question = std::min<size_t>(bytes.find('?', host_begin), text.end());
  if (host_end < question) out->params = Between(host_end + 1, question);
  if (question < text.end()) out->headers = Between(question + 1, text.end());
  out->param_list = ReadParams(bytes, out->params, ';');
  return true;
}

bool ReadAddress(std::string_view bytes, Slice value, RefAddress* out) {
  out->text = value;
  if (value.In(bytes.data()) == "*") {
    out->is_star = true;
    return true;
  }
  Slice uri;
  size_t rest;
  const size_t open = FindPlain(bytes, value, '<');
  if (open < value.end()) {
    out->in_brackets = true;
    const Slice display = Trim(bytes, Between(value.offset, open));
    if (!display.empty()) out->display = display;
    const size_t close = bytes.find('>', open);
    uri = Between(open + 1, close);
    rest = close + 1;
  } else {
    rest = FindPlain(bytes, value, ';');
    uri = Trim(bytes, Between(value.offset, rest));
  }
  const size_t semicolon = FindPlain(bytes, Between(rest, value.end()), ';');
  if (semicolon < value.end()) out->params = Between(semicolon + 1, value.end());
  out->param_list = ReadParams(bytes, out->params, ';');
  out->tag = ValueOf(bytes, out->param_list, "tag");
  return ReadUri(bytes, uri, !out->in_brackets, &out->uri);
}

RefVia ReadVia(std::string_view bytes, Slice value) {
  RefVia via;
  via.text = value;
  const size_t end = FindPlain(bytes, value, ';');
  const Slice head = Between(value.offset, end);
  const size_t first = bytes.find('/', head.offset);
  const size_t second = bytes.find('/', first + 1);
  via.protocol = Trim(bytes, Between(head.offset, first));
  via.version = Trim(bytes, Between(first + 1, second));
  const Slice rest = Trim(bytes, Between(second + 1, end));
  const size_t space = bytes.find_first_of(" \t\r", rest.offset);
  via.transport = Between(rest.offset, space);
  ReadHostPort(bytes, Trim(bytes, Between(space, end)), &via.host, &via.port);
  via.host_kind = HostKindOf(via.host.In(bytes.data()));
  if (end < value.end()) via.params = Between(end + 1, value.end());
  via.param_list = ReadParams(bytes, via.params, ';');
  via.branch = ValueOf(bytes, via.param_list, "branch");
  via.received = ValueOf(bytes, via.param_list, "received");
  for (const RefParam& param : via.param_list) {
    if (via.rport.present() || !EqualsIgnoreCase(param.name.In(bytes.data()), "rport")) continue;
    via.rport = param.value.present() ? param.value : Slice{param.name.end(), 0};
  }
  via.maddr = ValueOf(bytes, via.param_list, "maddr");
  via.ttl = ValueOf(bytes, via.param_list, "ttl");
  return via;
}

RefCredentials ReadCredentials(std::string_view bytes, Slice value) {
  RefCredentials credentials;
  const size_t space = bytes.find_first_of(" \t\r", value.offset);
  credentials.scheme = Between(value.offset, space);
  // What other schemes write is theirs (RFC 8898).
  if (!EqualsIgnoreCase(credentials.scheme.In(bytes.data()), "Digest")) return credentials;
  credentials.param_list = ReadParams(bytes, Between(space, value.end()), ',');
  return credentials;
}

}  // namespace sipward::oracle
