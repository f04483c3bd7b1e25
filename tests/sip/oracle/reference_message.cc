#include <algorithm>

#include "base/ascii.h"
#include "tests/sip/oracle/grammar.h"
#include "tests/sip/oracle/reference_items.h"
#include "tests/sip/oracle/reference_parser.h"

namespace sipward::oracle {
namespace {

using Id = RefHeader::Id;

struct KnownHeader {
  std::string_view name;
  std::string_view compact;
  Id id;
};
constexpr KnownHeader kKnown[] = {
    {"From", "f", Id::kFrom},
    {"To", "t", Id::kTo},
    {"Contact", "m", Id::kContact},
    {"Route", "", Id::kRoute},
    {"Record-Route", "", Id::kRecordRoute},
    {"Path", "", Id::kPath},
    {"Service-Route", "", Id::kServiceRoute},
    {"Reply-To", "", Id::kReplyTo},
    {"Refer-To", "r", Id::kReferTo},
    {"Referred-By", "b", Id::kReferredBy},
    {"Via", "v", Id::kVia},
    {"CSeq", "", Id::kCseq},
    {"Call-ID", "i", Id::kCallId},
    {"Content-Length", "l", Id::kContentLength},
    {"Max-Forwards", "", Id::kMaxForwards},
    {"Expires", "", Id::kExpires},
    {"Min-Expires", "", Id::kMinExpires},
    {"Date", "", Id::kDate},
    {"Call-Info", "", Id::kCallInfo},
    {"Alert-Info", "", Id::kAlertInfo},
    {"Error-Info", "", Id::kErrorInfo},
    {"Geolocation", "", Id::kGeolocation},
    {"Authorization", "", Id::kAuthorization},
    {"Proxy-Authorization", "", Id::kProxyAuthorization},
};

struct Line {
  size_t begin, end, next;  // without and with its line end
};

// Lines end at LF; a CR right before it belongs to the line end. Whether that was clean is noted.
std::vector<Line> CutLines(std::string_view bytes, RefMessage* message) {
  size_t at = 0;
  while (bytes.substr(at).starts_with("\r\n") || bytes.substr(at).starts_with('\n')) {
    if (bytes[at] == '\n') message->lines_good = false;
    at += bytes[at] == '\n' ? 1 : 2;
  }
  std::vector<Line> lines;
  while (at < bytes.size()) {
    const size_t lf = bytes.find('\n', at);
    Line line{at, std::min(lf, bytes.size()), std::min(lf, bytes.size() - 1) + 1};
    if (lf != bytes.npos && lf > at && bytes[lf - 1] == '\r') {
      --line.end;
    } else if (lf != bytes.npos) {
      message->lines_good = false;
    }
    const std::string_view text = bytes.substr(line.begin, line.end - line.begin);
    if (text.find('\r') != text.npos) message->lines_good = false;
    at = line.next;
    message->body_offset = at;
    if (text.empty() && !lines.empty()) {
      message->complete = true;
      return lines;
    }
    lines.push_back(line);
  }
  return lines;
}

void ReadRequestLine(std::string_view bytes, RefStart* start) {
  const std::string_view line = start->line.In(bytes.data());
  const size_t first = line.find(' ');
  const size_t second = first == line.npos ? first : line.find(' ', first + 1);
  if (second == line.npos) return;
  const size_t at = start->line.offset;
  start->method = Between(at, at + first);
  start->request_uri = Between(at + first + 1, at + second);
  start->version = Between(at + second + 1, start->line.end());
  start->version_good = EqualsIgnoreCase(start->version.In(bytes.data()), "SIP/2.0");
  start->request = Matchers::Get().token.Matches(start->method.In(bytes.data())) &&
                   start->version_good && ReadUri(bytes, start->request_uri, false, &start->uri) &&
                   !start->uri.headers.present();
}

void ReadStatusLine(std::string_view bytes, RefStart* start) {
  const std::string_view line = start->line.In(bytes.data());
  if (line.size() < 12 || line[7] != ' ' || line[11] != ' ') return;
  const size_t at = start->line.offset;
  start->version = Between(at, at + 7);
  start->version_good = EqualsIgnoreCase(start->version.In(bytes.data()), "SIP/2.0");
  start->code = Between(at + 8, at + 11);
  start->reason = Between(at + 12, start->line.end());
  start->response = start->version_good &&
                    Matchers::Get().status_code.Matches(start->code.In(bytes.data())) &&
                    Matchers::Get().reason_phrase.Matches(start->reason.In(bytes.data()));
}

RefHeader NameHeader(std::string_view bytes, Line line) {
  RefHeader header;
  header.line = Between(line.begin, line.next);
  const size_t colon = bytes.find(':', line.begin);
  const size_t name_end = std::min(colon, line.end);
  size_t end = name_end;
  while (end > line.begin && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) --end;
  header.name = Between(line.begin, end);
  const std::string_view name = header.name.In(bytes.data());
  header.colon = colon < line.end;
  header.name_good = header.colon && Matchers::Get().token.Matches(name);
  header.value = header.colon ? Between(colon + 1, line.end) : Between(line.end, line.end);
  for (const KnownHeader& known : kKnown) {
    if (EqualsIgnoreCase(name, known.name) ||
        (name.size() == 1 && EqualsIgnoreCase(name, known.compact))) {
      header.id = known.id;
    }
  }
  header.item_rule = FindItemRule(name);
  return header;
}

// Puts lines that begin with white space behind the line that they continue.
std::vector<Line> Unfold(std::string_view bytes, const std::vector<Line>& lines) {
  std::vector<Line> whole;
  for (size_t i = 1; i < lines.size(); ++i) {
    const char first = bytes[lines[i].begin];
    if (whole.empty() || (first != ' ' && first != '\t')) {
      whole.push_back(lines[i]);
    } else {
      whole.back().end = lines[i].end;
      whole.back().next = lines[i].next;
    }
  }
  return whole;
}

void ReadHeaderLines(std::string_view bytes, const std::vector<Line>& lines, RefMessage* message) {
  for (const Line line : Unfold(bytes, lines)) {
    const char first = bytes[line.begin];
    const RefHeader header = NameHeader(bytes, line);
    if (first == ' ' || first == '\t' || header.name.empty() || !header.colon) {
      message->stray.push_back(header.line);
    } else {
      message->headers.push_back(header);
    }
  }
}

}  // namespace

RefMessage ReadReference(std::string_view bytes) {
  RefMessage message;
  const Slice everything = Between(0, bytes.size());
  const auto refuse = [&message](std::string why, Slice where) {
    message.refusals.push_back({std::move(why), where});
  };
  const std::vector<Line> lines = CutLines(bytes, &message);
  if (!message.lines_good) refuse("line ends", everything);
  if (!message.complete) refuse("no empty line", everything);
  if (lines.empty()) return message;
  RefStart& start = message.start;
  start.line = Between(lines[0].begin, lines[0].end);
  ReadStatusLine(bytes, &start);
  if (!start.response) ReadRequestLine(bytes, &start);
  if (!start.request && !start.response) {
    refuse("start line", Between(lines[0].begin, lines[0].next));
  }
  ReadHeaderLines(bytes, lines, &message);
  for (RefHeader& header : message.headers) {
    header.value = Trim(bytes, header.value);
    JudgeValue(bytes, &header);
    const std::string name(header.name.In(bytes.data()));
    if (!header.name_good) refuse("name of " + name, header.line);
    if (header.judgement == Judgement::kMalformed) refuse("value of " + name, header.line);
  }
  for (const Slice line : message.stray) refuse("no header line", line);
  JudgeMeaning(bytes, &message);
  return message;
}

}  // namespace sipward::oracle
