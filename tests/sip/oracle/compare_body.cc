#include "tests/sip/oracle/compare_body.h"

#include <algorithm>
#include <memory>

#include "sip/sdp_attribute.h"
#include "tests/sip/oracle/reference_body.h"

namespace sipward::oracle {
namespace {

using sip::AnomalyId;

std::string Show(std::string_view bytes, Slice slice) {
  if (!slice.present()) return "absent";
  return "[" + std::string(slice.In(bytes.data())) + "]@" + std::to_string(slice.offset);
}

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

  // One level: what nests is cut by the boundary of the type alone.
  std::vector<std::string> Parts(const sip::MediaType& type, std::string_view boundary) {
    const auto parts = std::make_unique<sip::BodyParts>();
    sip::ParseMultipart(body_.data(), type, Whole(), sip::Limits{}, log_, parts.get());
    if (log_.HasClass(sip::AnomalyClass::kLimit)) return {};
    const RefParts want = ReadReferenceParts(body_, boundary);
    std::vector<sip::BodyPart> outer;
    bool nested = false;
    for (const sip::BodyPart& part : parts->all()) {
      if (part.depth == 1) outer.push_back(part);
      nested = nested || part.kind == sip::BodyKind::kMultipart;
    }
    if (nested) return {};  // boundaries within may be those without
    if (!Count(want.bodies.size(), outer.size(), "parts")) return std::move(notes_);
    for (size_t i = 0; i < outer.size(); ++i) {
      Same(Between(want.bodies[i].offset, want.bodies[i].offset),
           Between(outer[i].headers.offset, outer[i].headers.offset), "begin of part");
      // The line end before a boundary belongs to it.
      const uint32_t end = outer[i].body.end();
      const std::string_view rest = body_.substr(end, std::max(want.bodies[i].end(), end) - end);
      const bool cut = rest.empty() || rest == "\n" || rest == "\r\n";
      if (end > want.bodies[i].end() || !cut) Note("end of part " + std::to_string(i));
    }
    const bool noted = log_.Has(AnomalyId::kBodyMultipartUnterminated) ||
                       log_.Has(AnomalyId::kBodyMultipartNoBoundary);
    if (noted == want.closed) Note("whether the last boundary is there");
    return std::move(notes_);
  }

 private:
  static Slice Between(uint32_t begin, uint32_t end) { return {begin, end - begin}; }
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

  std::string_view body_;
  sip::AnomalyLog log_;
  std::vector<std::string> notes_;
};

}  // namespace

std::vector<std::string> CompareBody(std::string_view type, std::string_view body) {
  if (body.empty()) return {};
  std::vector<std::string> all = BodyComparison(body).Description();
  // The type stands behind the body, in bytes of one buffer.
  const std::string both = std::string(body) + std::string(type);
  const auto offset = static_cast<uint32_t>(body.size());
  const sip::MediaType media =
      sip::ReadMediaType(both.data(), {offset, static_cast<uint32_t>(type.size())});
  const Slice boundary = sip::FindMediaParam(both.data(), media, "boundary", sip::Limits{});
  if (!boundary.present() || !IsReferenceBoundary(boundary.In(both.data()))) return all;
  BodyComparison comparison(std::string_view(both).substr(0, body.size()));
  const auto more = comparison.Parts(media, boundary.In(both.data()));
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace sipward::oracle
