#include "tests/sip/oracle/grammar.h"

namespace sipward::oracle {
namespace {

// RFC 3261 section 25.1, SIP-URI and SIPS-URI.
Abnf SipUri(const Basic& b) {
  const Abnf user = Plus(b.unreserved | b.escaped | Abnf::AnyOf("&=+$,;?/"));
  const Abnf password = Star(b.unreserved | b.escaped | Abnf::AnyOf("&=+$,"));
  const Abnf userinfo = user + Opt(":" + password) + "@";
  const Abnf paramchar = b.unreserved | b.escaped | Abnf::AnyOf("[]/:&+$");
  const Abnf parameter = Plus(paramchar) + Opt("=" + Plus(paramchar));
  const Abnf hnv = b.unreserved | b.escaped | Abnf::AnyOf("[]/?:+$");
  const Abnf header = Plus(hnv) + "=" + Star(hnv);
  return (Abnf("sip:") | "sips:") + Opt(userinfo) + b.host + Opt(":" + b.port) +
         Star(";" + parameter) + Opt("?" + header + Star("&" + header));
}

// RFC 3966 section 3.
Abnf TelUri(const Basic& b) {
  const Abnf visual = Abnf::AnyOf("-.()");
  const Abnf phonedigit = b.digit | visual;
  const Abnf phonedigit_hex = b.hexdig | "*" | "#" | visual;
  const Abnf global = "+" + Star(phonedigit) + b.digit + Star(phonedigit);
  const Abnf local = Star(phonedigit_hex) + (b.hexdig | "*" | "#") + Star(phonedigit_hex);
  const Abnf paramchar = b.unreserved | b.escaped | Abnf::AnyOf("[]/:&+$");
  const Abnf parameter = ";" + Plus(b.alphanum | "-") + Opt("=" + Plus(paramchar));
  const Abnf isub = ";isub=" + Plus(b.reserved | b.unreserved | b.escaped);
  const Abnf par = parameter | (";ext=" + Plus(phonedigit)) | isub;
  const Abnf context = ";phone-context=" + (b.hostname | global);
  return "tel:" + ((global + Star(par)) | (local + Star(par) + context + Star(par)));
}

// RFC 8141 section 2, without the fragment, which absoluteURI has not.
Abnf UrnUri(const Basic& b) {
  const Abnf pchar = b.alphanum | Abnf::AnyOf("-._~!$&'()*+,;=:@") | b.escaped;
  const Abnf nid = b.alphanum + Times(0, 30, b.alphanum | "-") + b.alphanum;
  const Abnf component = pchar + Star(pchar | "/" | "?");
  return "urn:" + nid + ":" + pchar + Star(pchar | "/") + Opt("?+" + component) +
         Opt("?=" + component);
}

// RFC 3261 section 25.1, absoluteURI.
Abnf AbsoluteUri(const Basic& b) {
  const Abnf uric = b.reserved | b.unreserved | b.escaped;
  const Abnf pchar = b.unreserved | b.escaped | Abnf::AnyOf(":@&=+$,");
  const Abnf segment = Star(pchar) + Star(";" + Star(pchar));
  const Abnf abs_path = "/" + segment + Star("/" + segment);
  const Abnf user = Plus(b.unreserved | b.escaped | Abnf::AnyOf("&=+$,;?/"));
  const Abnf password = Star(b.unreserved | b.escaped | Abnf::AnyOf("&=+$,"));
  // srvr writes the at sign behind a userinfo that already ends in one; both readings are taken.
  const Abnf srvr =
      Opt(Opt(user + Opt(":" + password) + "@" + Opt("@")) + b.host + Opt(":" + b.port));
  const Abnf reg_name = Plus(b.unreserved | b.escaped | Abnf::AnyOf("$,;:@&=+"));
  const Abnf hier = (("//" + (srvr | reg_name) + Opt(abs_path)) | abs_path) + Opt("?" + Star(uric));
  const Abnf opaque = (b.unreserved | b.escaped | Abnf::AnyOf(";?:@&=+$,")) + Star(uric);
  return b.alpha + Star(b.alphanum | Abnf::AnyOf("+-.")) + ":" + (hier | opaque);
}

}  // namespace

UriGrammar::UriGrammar(const Basic& b)
    : sip(SipUri(b)),
      tel(TelUri(b)),
      urn(UrnUri(b)),
      absolute(AbsoluteUri(b)),
      any(sip | tel | urn | absolute),
      bare(Without(",;?", any)) {}

}  // namespace sipward::oracle
