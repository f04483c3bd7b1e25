#include "tests/peers/parts.h"

#include <algorithm>

#include "base/ascii.h"
#include "sip/header_line.h"

namespace sipward::peers {
namespace {

using sip::HeaderId;

constexpr HeaderId kMandatory[] = {HeaderId::kVia, HeaderId::kFrom, HeaderId::kTo,
                                   HeaderId::kCallId, HeaderId::kCseq};

std::string_view NameOf(std::string_view line) {
  std::string_view name = line.substr(0, std::min(line.find(':'), line.size()));
  while (!name.empty() && (name.back() == ' ' || name.back() == '\t')) name.remove_suffix(1);
  return name;
}

std::string PlainHeader(HeaderId id, const std::string& method) {
  switch (id) {
    case HeaderId::kVia:
      return "Via: SIP/2.0/UDP 192.0.2.77;branch=z9hG4bK77\r\n";
    case HeaderId::kFrom:
      return "From: <sip:seven@example.com>;tag=77\r\n";
    case HeaderId::kTo:
      return "To: <sip:eight@example.com>\r\n";
    case HeaderId::kCallId:
      return "Call-ID: 77@192.0.2.77\r\n";
    case HeaderId::kCseq:
      return "CSeq: 77 " + method + "\r\n";
    default:
      return "X-Plain: 77\r\n";
  }
}

// Where the logical line that begins at `at` ends, its line end included.
size_t LineEnd(std::string_view text, size_t at, bool folds) {
  for (;;) {
    const size_t lf = text.find('\n', at);
    if (lf == std::string_view::npos) return text.size();
    at = lf + 1;
    if (!folds || at == text.size() || (text[at] != ' ' && text[at] != '\t')) return at;
  }
}

bool IsEmptyLine(std::string_view text, size_t at) {
  return text.substr(at, 1) == "\n" || text.substr(at, 2) == "\r\n";
}

}  // namespace

Parts::Parts(std::string_view message) : message_(message) {
  size_t at = 0;
  while (at < message.size() && IsEmptyLine(message, at)) at = LineEnd(message, at, false);
  const auto add = [this](PartKind kind, HeaderId id, size_t begin, size_t end) {
    list_.push_back({kind, id, static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
  };
  size_t end = LineEnd(message, at, false);
  add(PartKind::kStart, HeaderId::kOther, 0, end);
  for (at = end; at < message.size() && !IsEmptyLine(message, at); at = end) {
    end = LineEnd(message, at, true);
    add(PartKind::kHeader, sip::FindHeader(NameOf(message.substr(at, end - at))), at, end);
  }
  end = at < message.size() ? LineEnd(message, at, false) : at;
  add(PartKind::kHeadEnd, HeaderId::kOther, at, end);
  add(PartKind::kBody, HeaderId::kOther, end, message.size());
}

size_t Parts::At(uint32_t offset) const {
  const size_t head_end = list_.size() - 2;
  for (size_t i = 0; i < head_end; ++i) {
    if (offset < list_[i].end) return i;
  }
  return offset <= list_[head_end].end ? head_end : head_end + 1;
}

std::string Parts::Name(size_t part) const {
  switch (list_[part].kind) {
    case PartKind::kStart:
      return "start line";
    case PartKind::kHeadEnd:
      return "end of head";
    case PartKind::kBody:
      return "body";
    case PartKind::kHeader:
      break;
  }
  const std::string_view known = sip::HeaderName(list_[part].id);
  return known.empty() ? "another header" : std::string(known);
}

bool Parts::IsFirst(size_t part) const {
  for (size_t i = 0; i < part; ++i) {
    if (list_[i].kind == PartKind::kHeader && list_[i].id == list_[part].id) return false;
  }
  return true;
}

// The method that the other place of a message names, where it is one that everybody knows.
std::string Parts::CseqMethod() const {
  for (size_t i = 0; i < list_.size(); ++i) {
    if (list_[i].kind != PartKind::kHeader || list_[i].id != HeaderId::kCseq) continue;
    std::string_view line = Text(i);
    while (!line.empty() && !IsAlpha(line.back())) line.remove_suffix(1);
    const size_t space = line.find_last_of(" \t\n");
    const std::string_view method = line.substr(space == line.npos ? 0 : space + 1);
    if (sip::FindMethod(method) != sip::Method::kOther) return std::string(method);
  }
  return "INVITE";
}

std::string Parts::StartMethod() const {
  const std::string_view line = Text(0);
  const std::string_view method = line.substr(0, line.find(' '));
  const bool response = line.starts_with("SIP/");
  return response || !sip::IsToken(method) ? CseqMethod() : std::string(method);
}

std::string Parts::Innocuous(size_t part) const {
  switch (list_[part].kind) {
    case PartKind::kStart:
      if (Text(part).starts_with("SIP/")) return "SIP/2.0 200 OK\r\n";
      return CseqMethod() + " sip:nine@example.com SIP/2.0\r\n";
    case PartKind::kHeader:
      return PlainHeader(IsFirst(part) ? list_[part].id : HeaderId::kOther, StartMethod());
    case PartKind::kHeadEnd:
      return InnocuousHead();
    case PartKind::kBody:
      break;
  }
  return "";
}

std::string Parts::InnocuousHead() const {
  std::string head;
  const size_t before = list_[list_.size() - 2].begin;
  if (before > 0 && message_[before - 1] != '\n') head += "\r\n";
  for (const HeaderId id : kMandatory) {
    const bool there = std::any_of(list_.begin(), list_.end(), [id](const Part& part) {
      return part.kind == PartKind::kHeader && part.id == id;
    });
    if (!there) head += PlainHeader(id, StartMethod());
  }
  return head + "\r\n";
}

std::string Parts::Without(const std::set<size_t>& parts) const {
  const bool without_body = parts.contains(list_.size() - 1);
  std::string text;
  for (size_t i = 0; i < list_.size(); ++i) {
    const bool is_length =
        list_[i].kind == PartKind::kHeader && list_[i].id == HeaderId::kContentLength;
    if (parts.contains(i)) {
      text += Innocuous(i);
    } else if (without_body && is_length) {
      text += "Content-Length: 0\r\n";  // otherwise the place of the disagreement would be this
    } else {
      text += Text(i);
    }
  }
  return text;
}

}  // namespace sipward::peers
