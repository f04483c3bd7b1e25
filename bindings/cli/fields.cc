#include "fields.h"

#include <algorithm>
#include <utility>

#include "message_view.h"

namespace sipward::cli {
namespace {

using Part = std::pair<std::string_view, sipward_slice>;

std::string Indexed(std::string_view name, uint32_t index) {
  return std::string(name) + "[" + std::to_string(index) + "]";
}

// "P-Asserted-Identity" as "p_asserted_identity".
std::string PathName(std::string_view header) {
  std::string path(header);
  for (char& c : path) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '-') c = '_';
  }
  return path;
}

class Collector {
 public:
  explicit Collector(sipward_message* message) : view_(message) {}

  std::vector<Field> Run() {
    StartLine();
    for (const sipward_header& header : view_.Headers()) Header(header);
    if (const auto body = view_.Body(); body && body->length != 0) Add("body", *body);
    // Of two that begin together, the one that holds the other first.
    std::stable_sort(fields_.begin(), fields_.end(), [](const Field& a, const Field& b) {
      return a.place.offset != b.place.offset ? a.place.offset < b.place.offset
                                              : a.place.length > b.place.length;
    });
    return std::move(fields_);
  }

 private:
  void Add(const std::string& name, const sipward_slice& place) { Add(name, name, place); }
  void Add(std::string name, std::string label, const sipward_slice& place) {
    if (place.offset != SIPWARD_ABSENT) {
      fields_.push_back({std::move(name), std::move(label), place});
    }
  }
  void AddPart(const std::string& path, std::string_view name, const sipward_slice& place) {
    Add(path + "." + std::string(name), std::string(name), place);
  }
  void AddParts(const std::string& path, std::initializer_list<Part> parts) {
    for (const auto& [name, place] : parts) AddPart(path, name, place);
  }

  void StartLine();
  void Header(const sipward_header& header);
  void Params(const std::string& path, const sipward_slice& params);
  void Uri(const std::string& path, const sipward_uri& uri);
  bool Addresses(std::string_view header, const std::string& path);
  void Vias(const std::string& path);
  bool Digests(std::string_view header, const std::string& path);

  MessageView view_;
  std::vector<Field> fields_;
  std::vector<std::string_view> read_;  // the headers whose values stand in fields_
};

void Collector::StartLine() {
  const sipward_start_line line = view_.StartLine();
  AddParts("start", {{"method", line.method},
                     {"request_uri", line.request_uri},
                     {"version", line.version},
                     {"status_code", line.status_text},
                     {"reason", line.reason}});
  if (const auto uri = view_.RequestUri()) Uri("start.request_uri", *uri);
}

void Collector::Header(const sipward_header& header) {
  const std::string_view name = View(header.known);
  if (name.empty()) {
    Add("header", header.value);
    return;
  }
  const std::string path = PathName(name);
  Add(path, header.value);
  if (std::find(read_.begin(), read_.end(), name) != read_.end()) return;
  read_.push_back(name);
  if (name == "Via") {
    Vias(path);
  } else if (name == "CSeq") {
    if (const auto cseq = view_.Cseq()) {
      AddParts(path, {{"number", cseq->number_text}, {"method", cseq->method}});
    }
  } else if (!Addresses(name, path)) {
    Digests(name, path);
  }
}

void Collector::Params(const std::string& path, const sipward_slice& params) {
  for (const sipward_param& param : view_.Params(params)) {
    const std::string name = PathName(view_.Text(param.name).value_or(""));
    Add(path + ".param." + name, ";" + name,
        param.value.offset == SIPWARD_ABSENT ? param.name : param.value);
  }
}

void Collector::Uri(const std::string& path, const sipward_uri& uri) {
  AddParts(path, {{"scheme", uri.scheme},
                  {"user", uri.user},
                  {"password", uri.password},
                  {"host", uri.host},
                  {"port", uri.port},
                  {"headers", uri.headers}});
  Params(path, uri.params);
}

// False if the header holds none.
bool Collector::Addresses(std::string_view header, const std::string& path) {
  uint32_t index = 0;
  const bool once = header == "From" || header == "To";
  for (; const auto address = view_.Address(header, index); ++index) {
    const std::string value = once ? path : Indexed(path, index);
    if (!once) Add(value, address->text);
    AddParts(value, {{"display", address->display}, {"uri", address->uri.text}});
    Uri(value + ".uri", address->uri);
    Params(value, address->params);
  }
  return index != 0;
}

void Collector::Vias(const std::string& path) {
  for (uint32_t index = 0; const auto via = view_.Via(index); ++index) {
    const std::string value = Indexed(path, index);
    Add(value, via->text);
    AddParts(value, {{"protocol", via->protocol},
                     {"version", via->version},
                     {"transport", via->transport},
                     {"host", via->host},
                     {"port", via->port}});
    Params(value, via->params);
  }
}

bool Collector::Digests(std::string_view header, const std::string& path) {
  uint32_t index = 0;
  for (; const auto digest = view_.Digest(header, index); ++index) {
    const std::string value = Indexed(path, index);
    Add(value, digest->text);
    AddParts(value, {{"scheme", digest->scheme},
                     {"username", digest->username},
                     {"realm", digest->realm},
                     {"nonce", digest->nonce},
                     {"uri", digest->uri},
                     {"response", digest->response},
                     {"algorithm", digest->algorithm},
                     {"cnonce", digest->cnonce},
                     {"opaque", digest->opaque},
                     {"qop", digest->qop},
                     {"nc", digest->nc},
                     {"stale", digest->stale},
                     {"domain", digest->domain}});
  }
  return index != 0;
}

}  // namespace

std::vector<Field> FieldsOf(sipward_message* message) { return Collector(message).Run(); }

}  // namespace sipward::cli
