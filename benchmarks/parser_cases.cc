#include <array>
#include <string>

#include "benchmarks/corpus.h"
#include "sip/edit.h"
#include "sip/sip.h"

namespace sipward::bench {
namespace {

enum class Depth { kIndex, kSecurity, kFull };

// What a decision about one message needs at least.
void ReadSecurityFields(sip::Message& message) {
  Use(message.request_uri().host.length);
  Use(message.from().tag.length);
  Use(message.to().tag.length);
  Use(message.call_id().length);
  Use(message.cseq().number);
  Use(message.vias().size());
  Use(message.addresses(sip::HeaderId::kContact).size());
  Use(message.number(sip::HeaderId::kContentLength));
}

template <Depth depth>
class ParserWorkload final : public MessageWorkload {
 public:
  using MessageWorkload::MessageWorkload;

 private:
  bool Handle(std::string_view bytes) override {
    sip::ParseStatus status = message_.Parse(bytes, {});
    if constexpr (depth == Depth::kSecurity) {
      ReadSecurityFields(message_);
      status = message_.status();
    }
    if constexpr (depth == Depth::kFull) status = message_.Validate();
    return status == sip::ParseStatus::kOk;
  }

  sip::Message message_;
};

template <Depth depth>
void AddDepth(Catalogue& rows, std::string_view set, const char* suffix, const char* note) {
  rows.push_back({"parser", std::string(set) + suffix, "sipward", note,
                  [set] { return std::make_unique<ParserWorkload<depth>>(set); }});
}

// What a border does to a request that it passes on.
class EditWorkload final : public MessageWorkload {
 public:
  using MessageWorkload::MessageWorkload;

 private:
  bool Handle(std::string_view bytes) override {
    static constexpr sip::Edit kEdits[] = {
        {.kind = sip::EditKind::kStripIdentity, .number = sip::kStripUntrusted},
        {.kind = sip::EditKind::kAdd,
         .place = sip::EditPlace::kTop,
         .name = "Via",
         .value = "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKedge"},
        {.kind = sip::EditKind::kReplace, .name = "Max-Forwards", .value = "69"},
        {.kind = sip::EditKind::kRemove, .name = "User-Agent"}};
    if (message_.Parse(bytes, {}) != sip::ParseStatus::kOk) return false;
    const sip::EditResult written =
        sip::WriteMessage(message_, kEdits, {}, buffer_.data(), buffer_.size());
    Use(written.size);
    return written.problem == sip::EditProblem::kNone;
  }

  sip::Message message_;
  std::array<char, 4096> buffer_{};
};

}  // namespace

void AddParserCases(Catalogue& rows) {
  for (const std::string_view set : kMessageSets) {
    AddDepth<Depth::kIndex>(rows, set, ".index",
                            "lines found, control bytes checked, headers named, start line and "
                            "framing read, missing and doubled headers named");
    AddDepth<Depth::kSecurity>(rows, set, ".security",
                               "index; Request-URI, From, To, Call-ID, CSeq, Via, Contact and "
                               "Content-Length read and validated");
    AddDepth<Depth::kFull>(rows, set, ".full",
                           "index; every value and body that is known read and validated, every "
                           "anomaly named");
  }
  rows.push_back({"parser", "invite.edit", "sipward",
                  "index; untrusted identity headers stripped, a Via added, Max-Forwards replaced, "
                  "User-Agent removed, written into a buffer",
                  [] { return std::make_unique<EditWorkload>("invite"); }});
}

}  // namespace sipward::bench
