#include "tests/sip/oracle/compare_body.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>

#include "sip/sdp_attribute.h"
#include "tests/sip/oracle/reference_body.h"
#include "tests/sip/oracle/reference_parts.h"
#include "tests/sip/oracle/reference_text.h"

namespace sipward::oracle {
namespace {

using sip::AnomalyId;

std::string Show(std::string_view bytes, Slice slice) {
  if (!slice.present()) return "absent";
  return "[" + std::string(slice.In(bytes.data())) + "]@" + std::to_string(slice.offset);
}

static_assert(static_cast<int>(RefPart::Kind::kOpaque) == static_cast<int>(sip::BodyKind::kOpaque));
static_assert(static_cast<int>(RefPart::Kind::kSdp) == static_cast<int>(sip::BodyKind::kSdp));
static_assert(static_cast<int>(RefPart::Kind::kMultipart) ==
              static_cast<int>(sip::BodyKind::kMultipart));
static_assert(static_cast<int>(RefPart::Kind::kText) == static_cast<int>(sip::BodyKind::kText));
static_assert(static_cast<int>(RefText::Charset::kAscii) == static_cast<int>(sip::Charset::kAscii));
static_assert(static_cast<int>(RefText::Charset::kUnknown) ==
              static_cast<int>(sip::Charset::kUnknown));

bool Has(const sip::AnomalyLog& log, AnomalyId id, Slice where) {
  return std::ranges::any_of(log, [&](const sip::Anomaly& anomaly) {
    return anomaly.id == id && anomaly.offset >= where.offset && anomaly.offset <= where.end();
  });
}

class BodyComparison {
 public:
  explicit BodyComparison(std::string_view body) : body_(body) { log_.Clear(); }

  std::vector<std::string> Description() {
    const auto sdp = std::make_unique<sip::Sdp>();
    sip::ParseSdp(body_.data(), Whole(), sip::Limits{}, log_, sdp.get());
    if (log_.HasClass(sip::AnomalyClass::kLimit)) return {};
    const RefSdp want = ReadReferenceSdp(body_);
    if (log_.omitted() == 0) Lines(want);
    if (Count(want.attributes.size(), sdp->attributes().size(), "attributes")) {
      for (size_t i = 0; i < want.attributes.size(); ++i) {
        Same(want.attributes[i].name, sdp->attributes()[i].name, "attribute");
        Same(want.attributes[i].value, sdp->attributes()[i].value, "value");
        if (want.attributes[i].good != sip::IsWellFormed(body_.data(), sdp->attributes()[i])) {
          Note("well-formed: " + Show(body_, want.attributes[i].name));
        }
      }
    }
    if (Count(want.media.size(), sdp->media().size(), "media")) {
      for (size_t i = 0; i < want.media.size(); ++i) {
        Same(want.media[i], sdp->media()[i].text, "medium");
      }
    }
    return std::move(notes_);
  }

  std::vector<std::string> Parts(const sip::MediaType& type, std::string_view boundary) {
    const auto parts = std::make_unique<sip::BodyParts>();
    sip::ParseMultipart(body_.data(), type, Whole(), sip::Limits{}, log_, parts.get());
    if (log_.HasClass(sip::AnomalyClass::kLimit)) return {};
    const RefParts want = ReadReferenceParts(body_, boundary);
    if (want.unsure || OpensUnsure(want, *parts)) return {};
    if (!Count(want.parts.size(), parts->all().size(), "parts")) return std::move(notes_);
    for (size_t i = 0; i < want.parts.size(); ++i) {
      Part(want.parts[i], parts->slots[i]);
    }
    Places(AnomalyId::kBodyPartHeaderMalformed, want.malformed_headers);
    Places(AnomalyId::kBodyPartHeaderDuplicate, want.double_headers);
    Places(AnomalyId::kBodyEncoded, want.encoded);
    Places(AnomalyId::kBodyMultipartNoBoundary, want.no_boundary);
    Places(AnomalyId::kBodyMultipartUnterminated, want.unterminated);
    return std::move(notes_);
  }

  // `charset`: its name as it stands behind the body; absent if none is given.
  std::vector<std::string> Text(const sip::MediaType& type, Slice charset) {
    sip::BodyText got;
    sip::ParseBodyText(body_.data(), type, Whole(), sip::Limits{}, log_, &got);
    std::optional<std::string_view> name;
    if (charset.present()) name = charset.In(body_.data());
    const RefText want = ReadReferenceText(body_, name);
    if (static_cast<int>(want.charset) != static_cast<int>(got.charset)) Note("charset");
    const bool unknown = want.charset == RefText::Charset::kUnknown;
    Place(AnomalyId::kBodyCharsetUnknown,
          unknown ? std::optional<size_t>(charset.offset) : std::nullopt);
    Place(AnomalyId::kBodyTextInvalid, want.invalid);
    Place(AnomalyId::kBodyTextControl, want.control);
    Place(AnomalyId::kUtf8Bidi, want.bidi);
    Place(AnomalyId::kUtf8ZeroWidth, want.zero_width);
    return std::move(notes_);
  }

 private:
  Slice Whole() const { return {0, static_cast<uint32_t>(body_.size())}; }
  void Note(std::string what) { notes_.push_back("body: " + std::move(what)); }
  bool Count(size_t want, size_t got, const std::string& what) {
    if (want != got) Note(what + ": want " + std::to_string(want) + " got " + std::to_string(got));
    return want == got;
  }
  void Same(Slice want, Slice got, const std::string& what) {
    if (want != got) Note(what + ": want " + Show(body_, want) + " got " + Show(body_, got));
  }

  void Lines(const RefSdp& want) {
    for (const RefSdpLine& line : want.lines) {
      const AnomalyId id = line.type == 0     ? AnomalyId::kSdpMalformed
                           : line.type == 'a' ? AnomalyId::kSdpAttributeMalformed
                                              : AnomalyId::kSdpFieldMalformed;
      const bool noted = Has(log_, id, line.line);
      if (noted == line.good) Note("line " + Show(body_, line.line));
    }
  }

  // Whether the library looks for parts in one whose Content-Type follows no rule.
  static bool OpensUnsure(const RefParts& want, const sip::BodyParts& got) {
    for (size_t i = 0; i < std::min(want.parts.size(), got.all().size()); ++i) {
      const bool unsure = want.parts[i].kind == RefPart::Kind::kUnsure;
      if (unsure && got.slots[i].kind == sip::BodyKind::kMultipart) return true;
    }
    return false;
  }

  void Part(const RefPart& want, const sip::BodyPart& got) {
    Same(want.headers, got.headers, "headers of part");
    Same(want.body, got.body, "body of part");
    Same(want.content_type, got.content_type, "Content-Type");
    Same(want.content_disposition, got.content_disposition, "Content-Disposition");
    Same(want.content_id, got.content_id, "Content-ID");
    Same(want.content_transfer_encoding, got.content_transfer_encoding, "encoding");
    Same(want.content_length, got.content_length, "Content-Length");
    if (want.depth != got.depth || want.parent != got.parent) Note("place of a part");
    const bool sure = want.kind != RefPart::Kind::kUnsure;
    if (sure && static_cast<int>(want.kind) != static_cast<int>(got.kind)) Note("kind of a part");
  }

  // The anomaly stands at these places and nowhere else.
  void Places(AnomalyId id, const std::vector<size_t>& places) {
    if (log_.omitted() != 0) return;
    const std::set<size_t> want(places.begin(), places.end());
    std::set<size_t> got;
    for (const sip::Anomaly& anomaly : log_) {
      if (anomaly.id == id) got.insert(anomaly.offset);
    }
    if (want == got) return;
    std::string line = std::string(sip::Describe(id).name) + ": want";
    for (const size_t place : want) line += ' ' + std::to_string(place);
    line += " got";
    for (const size_t place : got) line += ' ' + std::to_string(place);
    Note(std::move(line));
  }
  void Place(AnomalyId id, std::optional<size_t> place) {
    Places(id, place ? std::vector<size_t>{*place} : std::vector<size_t>{});
  }

  std::string_view body_;
  sip::AnomalyLog log_;
  std::vector<std::string> notes_;
};

}  // namespace

std::vector<std::string> CompareBody(std::string_view type, std::string_view body) {
  if (body.empty()) return {};
  std::vector<std::string> all = BodyComparison(body).Description();
  const auto take = [&all](std::vector<std::string> more) {
    all.insert(all.end(), more.begin(), more.end());
  };
  // The type stands behind the body, in bytes of one buffer.
  const std::string both = std::string(body) + std::string(type);
  const Slice place = {static_cast<uint32_t>(body.size()), static_cast<uint32_t>(type.size())};
  const RefMedia media = ReadReferenceMedia(both, place);
  if (!media.good) return all;
  const std::string_view text = std::string_view(both).substr(0, body.size());
  const sip::MediaType read = sip::ReadMediaType(both.data(), place);
  take(BodyComparison(text).Text(read, media.charset));
  if (media.boundary.present() && IsReferenceBoundary(media.boundary.In(both.data()))) {
    take(BodyComparison(text).Parts(read, media.boundary.In(both.data())));
  }
  return all;
}

}  // namespace sipward::oracle
