#include "identity/x5u.h"

#include <algorithm>
#include <optional>

#include "base/ascii.h"

namespace sipward::identity {
namespace {

constexpr std::string_view kScheme = "https";
constexpr size_t kMaxHost = 253;
constexpr size_t kMaxLabel = 63;

// Names that mean the own machine or network (RFC 6761, RFC 6762, RFC 8375, ICANN's "internal"),
// and onion services (RFC 7686), which no resolver knows.
constexpr std::string_view kInternal[] = {"localhost", "localdomain", "local",
                                          "internal",  "home.arpa",   "onion"};

struct Parts {
  std::string_view host;  // as written
  std::string_view port;
  bool has_port = false;
  std::string_view path;  // with query and fragment
};

bool IsUnreservedOrSubDelim(char c) {
  return IsAlpha(c) || IsDigit(c) ||
         std::string_view("-._~!$&'()*+,;=").find(c) != std::string_view::npos;
}

// *( "/" pchar ), RFC 3986 section 3.3.
bool IsPath(std::string_view path) {
  for (size_t i = 0; i < path.size(); ++i) {
    const char c = path[i];
    if (c == '%') {
      if (path.size() - i < 3 || !IsHexDigit(path[i + 1]) || !IsHexDigit(path[i + 2])) return false;
      i += 2;
    } else if (!IsUnreservedOrSubDelim(c) && c != '/' && c != ':' && c != '@') {
      return false;
    }
  }
  return path.starts_with('/');
}

std::optional<Parts> Cut(std::string_view url) {
  url.remove_prefix(kScheme.size() + 1);
  if (!url.starts_with("//")) return std::nullopt;
  url.remove_prefix(2);
  const size_t end = std::min(url.find_first_of("/?#\\"), url.size());
  std::string_view authority = url.substr(0, end);
  if (authority.find('@') != std::string_view::npos) return std::nullopt;
  Parts parts;
  parts.path = url.substr(end);
  const size_t bracket = authority.rfind(']');
  const size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (colon != std::string_view::npos) {
    parts.has_port = true;
    parts.port = authority.substr(colon + 1);
    authority = authority.substr(0, colon);
  }
  parts.host = authority;
  return parts;
}

bool IsName(std::string_view host) {
  if (host.empty() || host.size() > kMaxHost) return false;
  size_t label = 0;
  for (const char c : host) {
    if (c == '.') {
      if (label == 0) return false;
      label = 0;
      continue;
    }
    if (!IsAlpha(c) && !IsDigit(c) && c != '-' && c != '_') return false;
    if (++label > kMaxLabel) return false;
  }
  return label > 0;
}

// The last label of a name is never a number, decimal, octal or hexadecimal: where it is one, some
// resolver reads the whole as an IPv4 address (inet_aton; the WHATWG URL standard).
bool IsNumeric(std::string_view host) {
  std::string_view last = host.substr(host.rfind('.') + 1);
  if (last.size() >= 2 && last[0] == '0' && ToLower(last[1]) == 'x') {
    last.remove_prefix(2);
    return std::all_of(last.begin(), last.end(), IsHexDigit);
  }
  return std::all_of(last.begin(), last.end(), IsDigit);
}

bool IsBelow(std::string_view host, std::string_view domain) {
  return host.size() > domain.size() && host[host.size() - domain.size() - 1] == '.' &&
         EqualsIgnoreCase(host.substr(host.size() - domain.size()), domain);
}

bool IsInternal(std::string_view host) {
  if (host.find('.') == std::string_view::npos) return true;  // what the search list completes
  return std::any_of(std::begin(kInternal), std::end(kInternal), [&](std::string_view name) {
    return EqualsIgnoreCase(host, name) || IsBelow(host, name);
  });
}

enum class Match : uint8_t { kNone, kBelow, kItself };

Match Find(std::string_view host, const std::vector<std::string>& patterns) {
  Match best = Match::kNone;
  for (const std::string_view pattern : patterns) {
    if (EqualsIgnoreCase(host, pattern)) return Match::kItself;
    if (pattern.starts_with('.') && IsBelow(host, pattern.substr(1))) best = Match::kBelow;
  }
  return best;
}

bool IsDenied(std::string_view host, const X5uPolicy& policy) {
  if (Find(host, policy.denied_hosts) != Match::kNone) return true;
  const Match match = Find(host, policy.allowed_hosts);
  if (match == Match::kItself) return false;
  return IsInternal(host) || (match == Match::kNone && !policy.allowed_hosts.empty());
}

bool IsPort(std::string_view port, bool any) {
  if (port == "443" || port == "8443") return true;
  if (!any || port.empty() || port.size() > 5 || port[0] == '0') return false;
  if (!std::all_of(port.begin(), port.end(), IsDigit)) return false;
  return port.size() < 5 || port <= "65535";
}

std::string_view WithoutRoot(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  return host;
}

}  // namespace

Reason CheckX5u(std::string_view url, const X5uPolicy& policy) {
  if (url.size() <= kScheme.size() || url[kScheme.size()] != ':' ||
      !EqualsIgnoreCase(url.substr(0, kScheme.size()), kScheme)) {
    return Reason::kX5uScheme;
  }
  const std::optional<Parts> parts = Cut(url);
  if (!parts || url.size() > policy.max_length || parts->host.empty() || !IsPath(parts->path)) {
    return Reason::kX5uComponent;
  }
  if (parts->has_port && !IsPort(parts->port, policy.any_port)) return Reason::kX5uPort;
  if (parts->host.starts_with('[')) return Reason::kX5uAddressDenied;
  const std::string_view host = WithoutRoot(parts->host);
  if (!IsName(host)) return Reason::kX5uComponent;
  if (IsNumeric(host) || IsDenied(host, policy)) return Reason::kX5uAddressDenied;
  return Reason::kOk;
}

std::string_view HostOfX5u(std::string_view url) {
  if (url.size() <= kScheme.size()) return {};
  const std::optional<Parts> parts = Cut(url);
  return parts ? WithoutRoot(parts->host) : std::string_view();
}

}  // namespace sipward::identity
