#include "tests/sip/oracle/reference_parts.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "tests/sip/oracle/abnf.h"
#include "tests/sip/oracle/reference_body.h"
#include "tests/sip/oracle/reference_items.h"
#include "tests/sip/oracle/reference_parser.h"

namespace sipward::oracle {
namespace {

constexpr int kDeepest = 3;  // what the library reads

std::string Small(std::string_view text) {
  std::string small(text);
  for (char& c : small) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return small;
}

Slice WithoutQuotes(std::string_view bytes, Slice text) {
  const bool quoted = text.present() && text.length >= 2 && bytes[text.offset] == '"';
  return quoted ? Between(text.offset + 1, text.end() - 1) : text;
}

struct HeaderLine {
  Slice name, value;  // absent value: no colon
};

// Lines that begin with white space go on with the one before.
std::vector<HeaderLine> HeaderLines(std::string_view bytes, Slice headers) {
  std::vector<Slice> whole;
  for (const Slice text : CutLines(bytes.substr(0, headers.end()), headers.offset)) {
    // Its CR is white space like any other: a line of nothing else has an empty name behind it.
    const Slice line =
        Between(text.offset, std::min<size_t>(bytes.find('\n', text.end()), headers.end()));
    const bool goes_on = !line.empty() && (bytes[line.offset] == ' ' || bytes[line.offset] == '\t');
    if (goes_on && !whole.empty()) {
      whole.back() = Between(whole.back().offset, line.end());
    } else {
      whole.push_back(line);
    }
  }
  std::vector<HeaderLine> lines;
  for (const Slice line : whole) {
    const size_t colon = bytes.substr(0, line.end()).find(':', line.offset);
    HeaderLine header;
    header.name = Trim(bytes, Between(line.offset, std::min<size_t>(colon, line.end())));
    if (colon != bytes.npos) header.value = Trim(bytes, Between(colon + 1, line.end()));
    lines.push_back(header);
  }
  return lines;
}

bool IsToken(std::string_view text) {
  static Matcher token(Plus(Abnf::Range('a', 'z') | Abnf::Range('A', 'Z') | Abnf::Range('0', '9') |
                            Abnf::AnyOf("-.!%*_+`'~")));
  return token.Matches(text);
}

bool IsEncoded(std::string_view bytes, const RefPart& part) {
  if (!part.content_transfer_encoding.present()) return false;
  const std::string coding = Small(part.content_transfer_encoding.In(bytes.data()));
  constexpr std::array<std::string_view, 5> kPlain = {"", "7bit", "8bit", "binary", "identity"};
  return std::ranges::find(kPlain, coding) == kPlain.end();
}

RefPart::Kind KindOf(std::string_view bytes, const RefPart& part) {
  using Kind = RefPart::Kind;
  if (IsEncoded(bytes, part)) return Kind::kOpaque;
  if (!part.content_type.present()) return Kind::kText;
  if (!part.media.good) return Kind::kUnsure;
  if (part.media.type == "multipart") return Kind::kMultipart;
  if (part.media.type == "text") return Kind::kText;
  const bool sdp = part.media.type == "application" && part.media.subtype == "sdp";
  return sdp ? Kind::kSdp : Kind::kOpaque;
}

class PartsReader {
 public:
  explicit PartsReader(std::string_view bytes) : bytes_(bytes) {}

  RefParts Run(std::string_view boundary) {
    ReadLevel(Between(0, bytes_.size()), std::string(boundary), -1, false);
    return std::move(out_);
  }

 private:
  // The parts within `place`, which ends at an outer boundary if it is `delimited`.
  void ReadLevel(Slice place, const std::string& boundary, int parent, bool delimited) {
    for (const std::string& outer : boundaries_) {
      out_.unsure =
          out_.unsure || outer == boundary || outer + "--" == boundary || boundary + "--" == outer;
    }
    boundaries_.push_back(boundary);
    const std::string_view bytes = bytes_.substr(0, place.end());
    const std::string open = "--" + boundary;
    size_t begin = bytes.npos;
    bool closed = false;
    for (const Slice line : CutLines(bytes, place.offset)) {
      std::string_view text = line.In(bytes.data());
      while (!text.empty() && std::string_view(" \t\r").find(text.back()) != text.npos) {
        text.remove_suffix(1);
      }
      closed = text == open + "--" && begin != bytes.npos;
      if (text != open && !closed) continue;
      if (begin != bytes.npos) TakePart(Between(begin, line.offset), parent, true);
      begin = std::min(bytes.find('\n', line.offset), bytes.size() - 1) + 1;
      if (closed) break;
    }
    if (!closed) {
      if (begin != bytes.npos) TakePart(Between(begin, place.end()), parent, delimited);
      (begin == bytes.npos ? out_.no_boundary : out_.unterminated).push_back(place.offset);
    }
    boundaries_.pop_back();
  }

  void TakePart(Slice place, int parent, bool delimited) {
    RefPart part;
    part.depth = static_cast<int>(boundaries_.size());
    part.parent = parent;
    part.headers = place;
    part.body = Between(place.end(), place.end());
    bool has_body = false;
    const std::string_view bytes = bytes_.substr(0, place.end());
    for (const Slice line : CutLines(bytes, place.offset)) {
      if (!line.empty()) continue;
      has_body = true;
      part.headers = Between(place.offset, line.offset);
      part.body = Between(bytes.find('\n', line.offset) + 1, place.end());
      break;
    }
    const Slice inside = part.body;
    if (delimited && has_body) part.body = WithoutLineEnd(part.body);
    ReadHeaders(&part);
    const int index = static_cast<int>(out_.parts.size());
    out_.parts.push_back(part);
    if (!has_body || part.kind != RefPart::Kind::kMultipart || part.depth == kDeepest) return;
    const Slice boundary = part.media.boundary;
    if (!boundary.present() || !IsReferenceBoundary(boundary.In(bytes_.data()))) {
      out_.no_boundary.push_back(part.content_type.offset);
    } else {
      ReadLevel(inside, std::string(boundary.In(bytes_.data())), index, delimited);
    }
  }

  Slice WithoutLineEnd(Slice body) const {
    size_t end = body.end();
    if (end == body.offset || bytes_[end - 1] != '\n') return body;
    --end;
    if (end > body.offset && bytes_[end - 1] == '\r') --end;
    return Between(body.offset, end);
  }

  void ReadHeaders(RefPart* part) {
    const std::pair<std::string_view, Slice*> fields[] = {
        {"content-type", &part->content_type},
        {"content-disposition", &part->content_disposition},
        {"content-id", &part->content_id},
        {"content-transfer-encoding", &part->content_transfer_encoding},
        {"content-length", &part->content_length}};
    for (const HeaderLine& line : HeaderLines(bytes_, part->headers)) {
      const std::string_view name = line.name.In(bytes_.data());
      if (!line.value.present() || !IsToken(name)) {
        out_.malformed_headers.push_back(line.name.offset);
        continue;
      }
      for (const auto& [known, place] : fields) {
        if (!EqualsIgnoreCase(name, known)) continue;
        if (place->present()) out_.double_headers.push_back(line.name.offset);
        if (!place->present()) *place = line.value;
      }
    }
    if (part->content_type.present()) part->media = ReadReferenceMedia(bytes_, part->content_type);
    part->kind = KindOf(bytes_, *part);
    if (IsEncoded(bytes_, *part)) out_.encoded.push_back(part->content_transfer_encoding.offset);
  }

  std::string_view bytes_;
  std::vector<std::string> boundaries_;  // of the levels that are open
  RefParts out_;
};

}  // namespace

RefMedia ReadReferenceMedia(std::string_view bytes, Slice value) {
  RefMedia media;
  std::vector<RefItem> items;
  value = Trim(bytes, value);
  media.good =
      JudgeItems(bytes, FindItemRule("Content-Type"), value, &items) == Judgement::kWellFormed;
  if (!media.good) return media;
  const RefItem& item = items.front();
  const size_t slash = bytes.find('/', item.value.offset);
  media.type = Small(Trim(bytes, Between(item.value.offset, slash)).In(bytes.data()));
  media.subtype = Small(Trim(bytes, Between(slash + 1, item.value.end())).In(bytes.data()));
  media.boundary = WithoutQuotes(bytes, ValueOf(bytes, item.param_list, "boundary"));
  media.charset = WithoutQuotes(bytes, ValueOf(bytes, item.param_list, "charset"));
  return media;
}

bool IsReferenceBoundary(std::string_view text) {
  const Abnf alphanum = Abnf::Range('a', 'z') | Abnf::Range('A', 'Z') | Abnf::Range('0', '9');
  const Abnf no_space = alphanum | Abnf::AnyOf("'()+_,-./:=?");
  static Matcher boundary(Times(0, 69, no_space | Abnf(" ")) + no_space);
  return boundary.Matches(text);
}

RefParts ReadReferenceParts(std::string_view bytes, std::string_view boundary) {
  return PartsReader(bytes).Run(boundary);
}

}  // namespace sipward::oracle
