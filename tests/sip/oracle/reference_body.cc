#include "tests/sip/oracle/reference_body.h"

#include "tests/sip/oracle/abnf.h"
#include "tests/sip/oracle/reference_parser.h"

namespace sipward::oracle {
namespace {

Abnf Digits() { return Plus(Abnf::Range('0', '9')); }

struct SdpRules {
  Abnf digit = Abnf::Range('0', '9');
  Abnf digits = Digits();
  Abnf alphanum = Abnf::Range('a', 'z') | Abnf::Range('A', 'Z') | digit;
  Abnf integer = Abnf::Range('1', '9') + Star(digit);
  Abnf zero_based = Abnf("0") | integer;
  Abnf token_char = Abnf::Range(0x21, 0x21) | Abnf::Range(0x23, 0x27) | Abnf::Range(0x2A, 0x2B) |
                    Abnf::Range(0x2D, 0x2E) | digit | Abnf::Range(0x41, 0x5A) |
                    Abnf::Range(0x5E, 0x7E);
  Abnf token = Plus(token_char);
  Abnf vchar = Abnf::Range(0x21, 0x7E);
  Abnf non_ws = Plus(vchar | Abnf::Range(0x80, 0xFF));
  Abnf no_slash = Plus(Without("/", vchar | Abnf::Range(0x80, 0xFF)));
  Abnf byte_string =
      Plus(Abnf::Range(0x01, 0x09) | Abnf::Range(0x0B, 0x0C) | Abnf::Range(0x0E, 0xFF));
  Abnf sp = Abnf(" ");
  Abnf wsp = Plus(Abnf::AnyOf(" \t"));
  Abnf word = Plus(alphanum | Abnf("_"));
  Abnf key = word + ":" + Plus(Without(";", vchar));
  Abnf uhex = digit | Abnf::Range('A', 'F');
  Abnf ice_char = alphanum | Abnf::AnyOf("+/");
  Abnf address = no_slash;
};

struct SdpMatchers {
  static SdpMatchers& Get() {
    static SdpRules rules;
    static SdpMatchers matchers(rules);
    return matchers;
  }

  Matcher token, version, origin, connection, bandwidth, time, media;
  Matcher rtpmap, fmtp, crypto, fingerprint, setup, ice_ufrag, ice_pwd, ice_options, candidate;

 private:
  explicit SdpMatchers(const SdpRules& r)
      : token(r.token),
        version(Abnf("0")),
        origin(r.non_ws + r.sp + r.digits + r.sp + r.digits + r.sp + r.token + r.sp + r.token +
               r.sp + r.address),
        connection(r.token + r.sp + r.token + r.sp + r.address +
                   Opt(Abnf("/") + r.zero_based + Opt(Abnf("/") + r.integer))),
        bandwidth(r.token + ":" + r.digits),
        time(r.digits + r.sp + r.digits),
        media(r.token + r.sp + r.digits + Opt(Abnf("/") + r.integer) + r.sp + r.token +
              Star(Abnf("/") + r.token) + Plus(r.sp + r.token)),
        rtpmap(r.zero_based + r.sp + r.token +
               Opt(Abnf("/") + r.integer + Opt(Abnf("/") + r.integer))),
        fmtp(r.token + r.sp + r.byte_string),
        crypto(Times(1, 9, r.digit) + r.wsp + r.word + r.wsp + r.key + Star(Abnf(";") + r.key) +
               Star(r.wsp + Plus(r.vchar))),
        fingerprint(r.token + r.sp + r.uhex + r.uhex + Star(Abnf(":") + r.uhex + r.uhex)),
        setup(Abnf::Exactly("active") | Abnf::Exactly("passive") | Abnf::Exactly("actpass") |
              Abnf::Exactly("holdconn")),
        ice_ufrag(Times(4, 256, r.ice_char)),
        ice_pwd(Times(22, 256, r.ice_char)),
        ice_options(Plus(r.ice_char) + Star(r.sp + Plus(r.ice_char))),
        candidate(Times(1, 32, r.ice_char) + r.sp + Times(1, 3, r.digit) + r.sp + r.token + r.sp +
                  Times(1, 10, r.digit) + r.sp + r.address + r.sp + r.digits + r.sp + "typ" + r.sp +
                  r.token + Opt(r.sp + "raddr" + r.sp + r.address) +
                  Opt(r.sp + "rport" + r.sp + r.digits) +
                  Star(r.sp + r.token + r.sp + Star(r.vchar))) {}
};

bool FieldIsGood(char type, std::string_view value) {
  SdpMatchers& m = SdpMatchers::Get();
  switch (type) {
    case 'v':
      return m.version.Matches(value);
    case 'o':
      return m.origin.Matches(value);
    case 'c':
      return m.connection.Matches(value);
    case 'b':
      return m.bandwidth.Matches(value);
    case 't':
      return m.time.Matches(value);
    case 'm':
      return m.media.Matches(value);
    default:
      return true;
  }
}

bool AttributeIsGood(std::string_view name, bool has_value, std::string_view value) {
  SdpMatchers& m = SdpMatchers::Get();
  if (!m.token.Matches(name) || (has_value && value.empty())) return false;
  const std::pair<std::string_view, Matcher*> rules[] = {
      {"rtpmap", &m.rtpmap},       {"fmtp", &m.fmtp},
      {"crypto", &m.crypto},       {"fingerprint", &m.fingerprint},
      {"setup", &m.setup},         {"ice-ufrag", &m.ice_ufrag},
      {"ice-pwd", &m.ice_pwd},     {"ice-options", &m.ice_options},
      {"candidate", &m.candidate},
  };
  for (const auto& [known, matcher] : rules) {
    if (name == known) return has_value && matcher->Matches(value);
  }
  for (const std::string_view flag : {"sendrecv", "sendonly", "recvonly", "inactive"}) {
    if (name == flag) return !has_value;
  }
  return true;
}

RefSdpAttribute ReadAttribute(std::string_view bytes, Slice text) {
  RefSdpAttribute attribute;
  const size_t colon = bytes.substr(0, text.end()).find(':', text.offset);
  const bool has_value = colon != bytes.npos;
  attribute.name = has_value ? Between(text.offset, colon) : text;
  if (has_value) attribute.value = Between(colon + 1, text.end());
  attribute.good =
      AttributeIsGood(attribute.name.In(bytes.data()), has_value, attribute.value.In(bytes.data()));
  return attribute;
}

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

std::vector<Slice> CutLines(std::string_view bytes, size_t begin) {
  std::vector<Slice> lines;
  for (size_t at = begin; at < bytes.size();) {
    const size_t lf = std::min(bytes.find('\n', at), bytes.size());
    const bool crlf = lf < bytes.size() && lf > at && bytes[lf - 1] == '\r';
    lines.push_back(Between(at, crlf ? lf - 1 : lf));
    at = lf + 1;
  }
  return lines;
}

RefSdp ReadReferenceSdp(std::string_view bytes) {
  RefSdp sdp;
  for (const Slice text : CutLines(bytes)) {
    RefSdpLine line;
    line.line = text;
    const std::string_view words = text.In(bytes.data());
    if (words.size() >= 2 && IsLetter(words[0]) && words[1] == '=') {
      line.type = words[0];
      line.value = Between(text.offset + 2, text.end());
      line.good = FieldIsGood(line.type, line.value.In(bytes.data()));
      if (line.type == 'a') {
        sdp.attributes.push_back(ReadAttribute(bytes, line.value));
        line.good = sdp.attributes.back().good;
      }
      if (line.type == 'm') sdp.media.push_back(line.value);
    }
    sdp.lines.push_back(line);
  }
  return sdp;
}

}  // namespace sipward::oracle
