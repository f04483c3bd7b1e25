// The rules of RFC 3261 section 25.1 and of the RFCs that add headers.
//
// What deviates from the letter, and why:
// - Subtags of languages have digits too (RFC 5646 section 2.1).
// - A digest of an Identity is base64url, as the text of RFC 8224 section 4 has it, or base64, as
//   its rule has it; its parameters come in any order; without any it is one of RFC 4474.
// - White space may stand around the semicolons of Privacy.
// - Comments nest eight deep: what is deeper is beyond a limit of the library and left out.
#include "tests/sip/oracle/grammar.h"
#include "tests/sip/oracle/reference_items.h"

namespace sipward::oracle {
namespace {

Abnf List(const Basic& b, const Abnf& element) { return element + Star(b.comma + element); }

// comment = LPAREN *(ctext / quoted-pair / comment) RPAREN
Abnf Comment(const Basic& b) {
  const Abnf ctext = Abnf::Range(0x21, 0x27) | Abnf::Range(0x2A, 0x5B) | Abnf::Range(0x5D, 0x7E) |
                     b.utf8_nonascii | b.lws;
  const Abnf pair =
      Abnf("\\") + (Abnf::Range(0x00, 0x09) | Abnf::Range(0x0B, 0x0C) | Abnf::Range(0x0E, 0x7F));
  const Abnf open = b.sws + "(" + b.sws;
  const Abnf close = b.sws + ")" + b.sws;
  Abnf comment = open + Star(ctext | pair) + close;
  constexpr int kDeepest = 8;
  for (int depth = 1; depth < kDeepest; ++depth) {
    comment = open + Star(ctext | pair | comment) + close;
  }
  return comment;
}

class Rules {
 public:
  Rules() {
    Tokens();
    Bodies();
    Events();
    Dialogs();
    Others();
  }
  std::vector<ItemRule> all;

 private:
  using Cut = ItemRule::Cut;

  Abnf WithParams(const Abnf& head) const { return head + Star(b_.semi + b_.generic_param); }
  std::vector<ItemParamRule> Quality() const {
    const Abnf q =
        ("0" + Opt("." + Times(0, 3, b_.digit))) | ("1" + Opt("." + Times(0, 3, Abnf("0"))));
    return {{"q", Matcher(q)}};
  }
  ItemParamRule Digits(std::string_view name) const { return {name, Matcher(Plus(b_.digit))}; }
  ItemParamRule Token(std::string_view name, bool mandatory = false) const {
    return {name, Matcher(b_.token), mandatory};
  }

  void Tokens() {
    const Abnf tokens = List(b_, b_.token);
    for (const char* name : {"Priority", "P-Attestation-Indicator", "P-Origination-Id"}) {
      all.push_back({name, "", Matcher(b_.token)});
    }
    for (const auto& [name, compact] :
         std::initializer_list<std::pair<const char*, const char*>>{{"Require", ""},
                                                                    {"Proxy-Require", ""},
                                                                    {"Unsupported", ""},
                                                                    {"Content-Encoding", "e"},
                                                                    {"Request-Disposition", "d"}}) {
      all.push_back({name, compact, Matcher(tokens), Cut::kCommas});
    }
    all.push_back({"Allow", "", Matcher(Opt(tokens)), Cut::kCommas});
    all.push_back({"Supported", "k", Matcher(Opt(tokens)), Cut::kCommas});
    all.push_back(
        {"Privacy", "", Matcher(b_.token + Star(b_.semi + b_.token)), Cut::kEverySemicolon});
  }

  void Bodies() {
    const Abnf media = b_.token + b_.slash + b_.token;
    const Abnf m_parameter = b_.token + b_.equal + (b_.token | b_.quoted_string);
    const Abnf letters = Times(1, 8, b_.alpha);
    const Abnf tag = letters + Star("-" + Times(1, 8, b_.alphanum));
    all.push_back(
        {"Content-Type", "c", Matcher(media + Star(b_.semi + m_parameter)), Cut::kWhole, true});
    all.push_back(
        {"Accept", "", Matcher(Opt(List(b_, WithParams(media)))), Cut::kCommas, true, Quality()});
    all.push_back({"Accept-Encoding", "", Matcher(Opt(List(b_, WithParams(b_.token)))),
                   Cut::kCommas, true, Quality()});
    all.push_back({"Accept-Language", "", Matcher(Opt(List(b_, WithParams(tag | "*")))),
                   Cut::kCommas, true, Quality()});
    all.push_back({"Content-Language", "", Matcher(List(b_, tag)), Cut::kCommas});
    all.push_back({"Content-Disposition",
                   "",
                   Matcher(WithParams(b_.token)),
                   Cut::kWhole,
                   true,
                   {Token("handling")}});
    all.push_back({"MIME-Version", "", Matcher(Plus(b_.digit) + "." + Plus(b_.digit))});
  }

  void Events() {
    const Abnf nodot = Plus(b_.alphanum | Abnf::AnyOf("-!%*_+`'~"));
    const Abnf type = nodot + Star("." + nodot);
    all.push_back({"Event", "o", Matcher(WithParams(type)), Cut::kWhole, true, {Token("id")}});
    all.push_back({"Allow-Events", "u", Matcher(List(b_, type)), Cut::kCommas});
    all.push_back({"Subscription-State",
                   "",
                   Matcher(WithParams(b_.token)),
                   Cut::kWhole,
                   true,
                   {Digits("expires"), Digits("retry-after"), Token("reason")}});
    all.push_back({"Resource-Priority", "", Matcher(List(b_, nodot + "." + nodot)), Cut::kCommas});
  }

  void Dialogs() {
    const Abnf word = Plus(b_.alphanum | Abnf::AnyOf("-.!%*_+`'~()<>:\\\"/[]?{}"));
    const Abnf callid = word + Opt("@" + word);
    const Abnf seconds = WithParams(Plus(b_.digit));
    all.push_back({"In-Reply-To", "", Matcher(List(b_, callid)), Cut::kEveryComma});
    std::vector<ItemParamRule> tags = {Token("to-tag", true), Token("from-tag", true)};
    all.push_back({"Join", "", Matcher(WithParams(callid)), Cut::kWhole, true, tags});
    tags.push_back({"early-only", Matcher(b_.token), false, true});
    all.push_back({"Replaces", "", Matcher(WithParams(callid)), Cut::kWhole, true, tags});
    all.push_back({"Session-Expires",
                   "x",
                   Matcher(seconds),
                   Cut::kWhole,
                   true,
                   {{"refresher", Matcher(Abnf("uac") | "uas")}},
                   true});
    all.push_back({"Min-SE", "", Matcher(seconds), Cut::kWhole, true, {}, true});
    all.push_back({"RAck",
                   "",
                   Matcher(Plus(b_.digit) + b_.lws + Plus(b_.digit) + b_.lws + b_.token),
                   Cut::kWhole,
                   false,
                   {},
                   true});
    Identity();
  }

  void Identity() {
    const Abnf digest = Plus(b_.alphanum | Abnf::AnyOf("+/-_.")) + Opt("=") + Opt("=");
    const Abnf uri = Abnf("<") + UriGrammar(b_).absolute + ">";
    const Abnf uri_like = Abnf("<") + Plus(Without("<>\"", Abnf::Range(0x21, 0x7E))) + ">";
    const Abnf info = "info" + b_.equal + uri_like;
    all.push_back({"Identity",
                   "y",
                   Matcher(List(b_, digest + Star(b_.semi + (info | b_.generic_param)))),
                   Cut::kCommas,
                   true,
                   {{"info", Matcher(uri), true}}});
  }

  void Others() {
    const Abnf quoted = b_.quoted_string;
    all.push_back({"Reason",
                   "",
                   Matcher(List(b_, WithParams(b_.token))),
                   Cut::kCommas,
                   true,
                   {Digits("cause"), {"text", Matcher(quoted)}}});
    for (const auto& [name, compact] : std::initializer_list<std::pair<const char*, const char*>>{
             {"Accept-Contact", "a"}, {"Reject-Contact", "j"}}) {
      all.push_back({name, compact, Matcher(List(b_, WithParams("*"))), Cut::kCommas, true});
    }
    const Abnf agent = (b_.host + Opt(b_.colon + b_.port)) | b_.token;
    all.push_back({"Warning", "",
                   Matcher(List(b_, Times(3, 3, b_.digit) + " " + agent + " " + quoted)),
                   Cut::kCommas});
    const Abnf digits = Star(b_.digit);
    all.push_back(
        {"Timestamp", "",
         Matcher(Plus(b_.digit) + Opt("." + digits) + Opt(b_.lws + digits + Opt("." + digits)))});
    const Abnf product = b_.token + Opt(b_.slash + b_.token);
    const Abnf value = product | comment_;
    for (const char* name : {"User-Agent", "Server"}) {
      all.push_back({name, "", Matcher(value + Star(b_.lws + value)), Cut::kProducts});
    }
    all.push_back({"Retry-After",
                   "",
                   Matcher(WithParams(Plus(b_.digit) + Opt(comment_))),
                   Cut::kRetryAfter,
                   true,
                   {Digits("duration")},
                   true});
  }

  const Basic b_;
  const Abnf comment_ = Comment(b_);
};

}  // namespace

std::span<ItemRule> ItemRules() {
  static Rules rules;
  return rules.all;
}

}  // namespace sipward::oracle
