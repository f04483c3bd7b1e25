// The rules of RFC 3261 section 25 that the reference parser judges by, as matchers.
//
// What deviates from the letter of section 25, and why:
// - IPv4address and IPv6address are those of RFC 5954, which corrects section 25; the three colons
//   before an IPv4 part that section 25 generates are taken too (RFC 5118 section 4.10).
// - The numbers of a SIP-date are days of a month and times of a day, as its comments say.
// - UTF8-NONASCII is the UTF-8 of RFC 3629, which replaced the one that section 25 is built on.
// - No LWS is needed between an unquoted display name and "<" (RFC 4475 section 3.1.1.6).
// - `user` covers telephone-subscriber: what it does not allow must be escaped (section 19.1.1).
// - sip and sips URIs are never taken for an absoluteURI; tel is RFC 3966, urn is RFC 8141.
// - A header parameter that has a rule of its own follows that rule; generic-param, the other
//   alternative, would let every value of `tag`, `branch` or `ttl` pass.
// - URI parameters are other-param alone: what `token` adds for transport, user and method ("%" and
//   "`") may not stand in any URI (RFC 2396), and "lr=on" is what deployed proxies write.
// - Behind a scheme other than Digest any text may stand: RFC 8898 has no auth-param there.
// - rport is RFC 3581; `received` may have brackets (RFC 5118 section 4.5).
#ifndef SIPWARD_TESTS_SIP_ORACLE_GRAMMAR_H_
#define SIPWARD_TESTS_SIP_ORACLE_GRAMMAR_H_

#include "tests/sip/oracle/abnf.h"

namespace sipward::oracle {

// Rules that several grammars share.
struct Basic {
  Basic();
  Abnf alpha, digit, alphanum, hexdig, mark, reserved, unreserved, escaped;
  Abnf wsp, lws, sws, utf8_nonascii, token, quoted_string;
  Abnf equal, semi, comma, slash, colon, laquot, raquot;
  Abnf ipv4, ipv6, ipv6_reference, hostname, host, port;
  Abnf gen_value, generic_param;
};

struct UriGrammar {
  explicit UriGrammar(const Basic& b);
  Abnf sip, tel, urn, absolute;
  Abnf any;   // addr-spec
  Abnf bare;  // addr-spec without angle brackets (section 20.10)
};

// Whole values, white space around them left out.
struct Matchers {
  Matchers();
  static Matchers& Get();

  Matcher token, text, text_with_pairs, digits;
  Matcher sip_uri, tel_uri, urn_uri, absolute_uri;
  Matcher ipv4, host, received, ttl, qvalue, reason_phrase, status_code;
  Matcher address, addresses, contact, route, via, cseq, call_id, digest, unknown_scheme,
      other_credentials, sip_date, info;

 private:
  Matchers(const Basic& b, const UriGrammar& u);
};

}  // namespace sipward::oracle

#endif  // SIPWARD_TESTS_SIP_ORACLE_GRAMMAR_H_
