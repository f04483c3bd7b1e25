// Bodies: read at the first question for them, and nothing of them before.
#include "sip/body.h"
#include "sip/message_scratch.h"
#include "sip/sip.h"
#include "sip/walk.h"

namespace sipward::sip {
namespace {

// What most bodies are, as most programs write it.
constexpr std::string_view kUsualType = "application/sdp";

// RFC 5621 section 3, RFC 3959: "session" is what a description is for if nothing is said.
std::string_view DispositionOf(const char* base, const BodyPart& part) {
  if (!part.content_disposition.present()) return "session";
  const std::string_view text = part.content_disposition.In(base);
  return text.substr(0, text.find_first_of("; \t\r\n"));
}

}  // namespace

BodyKind Message::body_kind() {
  if (FirstRead(Scratch::kBody)) ReadBody();
  return scratch_->body_kind;
}

const MediaType& Message::body_type() {
  body_kind();
  return scratch_->body_type;
}

std::span<const BodyPart> Message::parts() {
  body_kind();
  return scratch_->parts.all();
}

const Sdp* Message::sdp() {
  if (FirstRead(Scratch::kSessions)) ReadSessions();
  return scratch_->has_sdp ? &scratch_->sdp : nullptr;
}

const BodyText* Message::text() {
  if (FirstRead(Scratch::kTexts)) ReadTexts();
  return scratch_->has_text ? &scratch_->text : nullptr;
}

void Message::ReadBody() {
  const char* base = bytes_.data();
  scratch_->parts.count = 0;
  scratch_->body_kind = BodyKind::kNone;
  const Slice type = ValueOf(HeaderId::kContentType);
  const bool is_usual = type.In(base) == kUsualType;
  scratch_->body_type = is_usual ? MediaType{type, {type.offset, 11}, {type.offset + 12, 3}, {}}
                                 : ReadMediaType(base, type);
  if (!body_.present() || body_.empty()) return;
  if (!type.present()) log_.Add(AnomalyId::kContentTypeMissing, body_.offset);
  const Slice encoding = ValueOf(HeaderId::kContentEncoding);
  if (encoding.present() && IsEncoded(base, encoding)) {
    log_.Add(AnomalyId::kBodyEncoded, encoding.offset);
    scratch_->body_kind = BodyKind::kOpaque;
    return;
  }
  scratch_->body_kind = is_usual ? BodyKind::kSdp : KindOfBody(base, scratch_->body_type);
  if (scratch_->body_kind == BodyKind::kMultipart) {
    ParseMultipart(base, scratch_->body_type, body_, options_.limits, log_, &scratch_->parts);
  }
}

// The one that counts is kept; the others are checked.
void Message::ReadSessions() {
  const char* base = bytes_.data();
  const Limits& limits = options_.limits;
  scratch_->has_sdp = body_kind() == BodyKind::kSdp;
  if (scratch_->has_sdp) {
    MarkText(bytes_.substr(0, body_.end()), body_.offset, &scratch_->body_marks);
    if (!WalkSdp(scratch_->body_marks, base, body_, limits, log_, &scratch_->sdp)) {
      ParseSdp(base, body_, limits, log_, &scratch_->sdp);
    }
  }
  const BodyPart* chosen = nullptr;
  for (const BodyPart& part : parts()) {
    if (part.kind != BodyKind::kSdp) continue;
    const bool session = EqualsIgnoreCase(DispositionOf(base, part), "session");
    if (chosen == nullptr || (session && !scratch_->has_sdp)) chosen = &part;
    if (session && scratch_->has_sdp) log_.Add(AnomalyId::kSdpDuplicate, part.body.offset);
    scratch_->has_sdp = scratch_->has_sdp || session;
  }
  if (chosen == nullptr) return;
  scratch_->has_sdp = true;
  for (const BodyPart& part : parts()) {
    if (part.kind != BodyKind::kSdp) continue;
    ParseSdp(base, part.body, limits, log_, &part == chosen ? &scratch_->sdp : nullptr);
  }
}

void Message::ReadTexts() {
  const char* base = bytes_.data();
  const Limits& limits = options_.limits;
  scratch_->has_text = body_kind() == BodyKind::kText;
  if (scratch_->has_text) {
    ParseBodyText(base, body_type(), body_, limits, log_, &scratch_->text);
  }
  for (const BodyPart& part : parts()) {
    if (part.kind != BodyKind::kText) continue;
    BodyText text;
    ParseBodyText(base, part.type, part.body, limits, log_, &text);
    if (!scratch_->has_text) scratch_->text = text;
    scratch_->has_text = true;
  }
}

}  // namespace sipward::sip
