#include "tests/sip/oracle/grammar.h"

#include <initializer_list>

namespace sipward::oracle {
namespace {

// The initialisers follow the order of the rules; members are declared in that order too.
Abnf List(const Abnf& element, const Abnf& comma) { return element + Star(comma + element); }

Abnf Utf8NonAscii() {  // RFC 3629 section 4
  const Abnf tail = Abnf::Range(0x80, 0xBF);
  return (Abnf::Range(0xC2, 0xDF) + tail) |
         (Abnf::Range(0xE0, 0xE0) + Abnf::Range(0xA0, 0xBF) + tail) |
         (Abnf::Range(0xE1, 0xEC) + tail + tail) |
         (Abnf::Range(0xED, 0xED) + Abnf::Range(0x80, 0x9F) + tail) |
         (Abnf::Range(0xEE, 0xEF) + tail + tail) |
         (Abnf::Range(0xF0, 0xF0) + Abnf::Range(0x90, 0xBF) + tail + tail) |
         (Abnf::Range(0xF1, 0xF3) + tail + tail + tail) |
         (Abnf::Range(0xF4, 0xF4) + Abnf::Range(0x80, 0x8F) + tail + tail);
}

Abnf QuotedString(const Basic& b) {
  const Abnf qdtext = b.lws | Abnf::Range(0x21, 0x21) | Abnf::Range(0x23, 0x5B) |
                      Abnf::Range(0x5D, 0x7E) | b.utf8_nonascii;
  const Abnf quoted_pair =
      Abnf("\\") + (Abnf::Range(0x00, 0x09) | Abnf::Range(0x0B, 0x0C) | Abnf::Range(0x0E, 0x7F));
  return b.sws + "\"" + Star(qdtext | quoted_pair) + "\"";
}

Abnf Ipv4() {
  const Abnf digit = Abnf::Range('0', '9');
  const Abnf octet = (Abnf("25") + Abnf::Range('0', '5')) |
                     (Abnf("2") + Abnf::Range('0', '4') + digit) | (Abnf("1") + digit + digit) |
                     (Abnf::Range('1', '9') + digit) | digit;
  return octet + "." + octet + "." + octet + "." + octet;
}

Abnf Ipv6(const Abnf& hexdig, const Abnf& ipv4) {
  const Abnf h16 = Times(1, 4, hexdig);
  const Abnf group = h16 + ":";
  const Abnf ls32 = (group + h16) | ipv4;
  const auto before = [&](int most) { return Opt(Times(0, most, group) + h16) + "::"; };
  const Abnf corrected = (Times(6, 6, group) + ls32) | (Abnf("::") + Times(5, 5, group) + ls32) |
                         (before(0) + Times(4, 4, group) + ls32) |
                         (before(1) + Times(3, 3, group) + ls32) |
                         (before(2) + Times(2, 2, group) + ls32) | (before(3) + group + ls32) |
                         (before(4) + ls32) | (before(5) + h16) | before(6);
  return corrected | (before(4) + ":" + ipv4);
}

Abnf Hostname(const Basic& b) {
  const Abnf inner = Star(b.alphanum | "-") + b.alphanum;
  const Abnf domainlabel = b.alphanum | (b.alphanum + inner);
  const Abnf toplabel = b.alpha | (b.alpha + inner);
  return Star(domainlabel + ".") + toplabel + Opt(".");
}

}  // namespace

Basic::Basic()
    : alpha(Abnf::Range('a', 'z') | Abnf::Range('A', 'Z')),
      digit(Abnf::Range('0', '9')),
      alphanum(alpha | digit),
      hexdig(digit | Abnf::Range('a', 'f') | Abnf::Range('A', 'F')),
      mark(Abnf::AnyOf("-_.!~*'()")),
      reserved(Abnf::AnyOf(";/?:@&=+$,")),
      unreserved(alphanum | mark),
      escaped(Abnf("%") + hexdig + hexdig),
      wsp(Abnf::AnyOf(" \t")),
      lws(Opt(Star(wsp) + "\r\n") + Plus(wsp)),
      sws(Opt(lws)),
      utf8_nonascii(Utf8NonAscii()),
      token(Plus(alphanum | Abnf::AnyOf("-.!%*_+`'~"))),
      quoted_string(QuotedString(*this)),
      equal(sws + "=" + sws),
      semi(sws + ";" + sws),
      comma(sws + "," + sws),
      slash(sws + "/" + sws),
      colon(sws + ":" + sws),
      laquot(sws + "<"),
      raquot(">" + sws),
      ipv4(Ipv4()),
      ipv6(Ipv6(hexdig, ipv4)),
      ipv6_reference(Abnf("[") + ipv6 + "]"),
      hostname(Hostname(*this)),
      host(hostname | ipv4 | ipv6_reference),
      port(Plus(digit)),
      gen_value(token | host | quoted_string),
      generic_param(token + Opt(equal + gen_value)) {}

Matchers::Matchers() : Matchers(Basic(), UriGrammar(Basic())) {}

Matchers& Matchers::Get() {
  static Matchers matchers;
  return matchers;
}

namespace {

Abnf Text(const Basic& b) { return Star(Abnf::Range(0x21, 0x7E) | b.utf8_nonascii | b.lws); }

Abnf Address(const Basic& b, const UriGrammar& u, bool brackets_needed) {
  const Abnf display = (b.token + Star(b.lws + b.token) + b.sws) | b.quoted_string;
  const Abnf name_addr = Opt(display) + b.laquot + u.any + b.raquot;
  return (brackets_needed ? name_addr : name_addr | u.bare) + Star(b.semi + b.generic_param);
}

// protocol-name and protocol-version are SIP and 2.0 (section 20.42).
Abnf Via(const Basic& b) {
  const Abnf received = Abnf("received") + b.equal + b.ipv6;
  return Abnf("SIP") + b.slash + "2.0" + b.slash + b.token + b.lws + b.host +
         Opt(b.colon + b.port) + Star(b.semi + (received | b.generic_param));
}

Abnf CallId(const Basic& b) {
  const Abnf word = Plus(b.alphanum | Abnf::AnyOf("-.!%*_+`'~()<>:\\\"/[]?{}"));
  return word + Opt("@" + word);
}

Abnf AuthParams(const Basic& b) {
  return List(b.token + b.equal + (b.token | b.quoted_string), b.comma);
}

// Case-sensitive (section 20.17).
Abnf SipDate(const Basic& b) {
  const auto any_of = [](std::initializer_list<const char*> names) {
    Abnf any = Abnf::Exactly(*names.begin());
    for (const char* name : names) any = any | Abnf::Exactly(name);
    return any;
  };
  const Abnf d2 = b.digit + b.digit;
  const Abnf wkday = any_of({"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"});
  const Abnf month =
      any_of({"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"});
  const Abnf day = ("0" + Abnf::Range('1', '9')) | ((Abnf("1") | "2") + b.digit) | "30" | "31";
  const Abnf hour = ((Abnf("0") | "1") + b.digit) | ("2" + Abnf::Range('0', '3'));
  const Abnf sixty = Abnf::Range('0', '5') + b.digit;
  return wkday + ", " + day + " " + month + " " + d2 + d2 + " " + hour + ":" + sixty + ":" + sixty +
         Abnf::Exactly(" GMT");
}

}  // namespace

Matchers::Matchers(const Basic& b, const UriGrammar& u)
    : token(b.token),
      text(Text(b)),
      text_with_pairs(Star(Text(b) | (Abnf("\\") + Abnf::Range(0, 0x7F)))),
      digits(Plus(b.digit)),
      sip_uri(u.sip),
      tel_uri(u.tel),
      urn_uri(u.urn),
      absolute_uri(u.absolute),
      ipv4(b.ipv4),
      host(b.host),
      received(b.ipv4 | b.ipv6 | b.ipv6_reference),
      ttl(Times(1, 3, b.digit)),
      qvalue(("0" + Opt("." + Times(0, 3, b.digit))) | ("1" + Opt("." + Times(0, 3, "0")))),
      reason_phrase(
          Star(b.reserved | b.unreserved | b.escaped | b.utf8_nonascii | Abnf::AnyOf(" \t"))),
      status_code(Abnf::Range('1', '6') + b.digit + b.digit),
      address(Address(b, u, false)),
      addresses(List(Address(b, u, false), b.comma)),
      contact("*" | List(Address(b, u, false), b.comma)),
      route(List(Address(b, u, true), b.comma)),
      via(List(Via(b), b.comma)),
      cseq(Plus(b.digit) + b.lws + b.token),
      call_id(CallId(b)),
      digest("Digest" + b.lws + AuthParams(b)),
      unknown_scheme(b.token + b.lws + Star(Abnf::Range(0, 255))),
      other_credentials(b.token + b.lws + (AuthParams(b) | Text(b))),
      sip_date(SipDate(b)),
      info(List(b.laquot + u.any + b.raquot + Star(b.semi + b.generic_param), b.comma)) {}

}  // namespace sipward::oracle
