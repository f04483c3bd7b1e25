#include "fields.h"

#include <algorithm>

#include "field_list.h"

namespace sipward::cli {
namespace {

void AddUri(FieldList& fields, const std::string& path, const sipward_uri& uri) {
  fields.AddParts(path, {{"scheme", uri.scheme},
                         {"user", uri.user},
                         {"password", uri.password},
                         {"host", uri.host},
                         {"port", uri.port},
                         {"headers", uri.headers}});
  fields.AddParams(path, uri.params);
}

void AddStartLine(FieldList& fields) {
  const sipward_start_line line = fields.view().StartLine();
  fields.AddParts("start", {{"method", line.method},
                            {"request_uri", line.request_uri},
                            {"version", line.version},
                            {"status_code", line.status_text},
                            {"reason", line.reason}});
  if (const auto uri = fields.view().RequestUri()) AddUri(fields, "start.request_uri", *uri);
}

void AddAddresses(FieldList& fields, std::string_view header, const std::string& path) {
  const bool once = header == "From" || header == "To";
  for (uint32_t i = 0; const auto address = fields.view().Address(header, i); ++i) {
    const std::string value = once ? path : Indexed(path, i);
    if (!once) fields.Add(value, address->text);
    fields.AddParts(value, {{"display", address->display}, {"uri", address->uri.text}});
    AddUri(fields, value + ".uri", address->uri);
    fields.AddParams(value, address->params);
  }
}

void AddVias(FieldList& fields, const std::string& path) {
  for (uint32_t i = 0; const auto via = fields.view().Via(i); ++i) {
    const std::string value = Indexed(path, i);
    fields.Add(value, via->text);
    fields.AddParts(value, {{"protocol", via->protocol},
                            {"version", via->version},
                            {"transport", via->transport},
                            {"host", via->host},
                            {"port", via->port}});
    fields.AddParams(value, via->params);
  }
}

void AddDigests(FieldList& fields, std::string_view header, const std::string& path) {
  for (uint32_t i = 0; const auto digest = fields.view().Digest(header, i); ++i) {
    const std::string value = Indexed(path, i);
    fields.Add(value, digest->text);
    fields.AddParts(value, {{"scheme", digest->scheme},
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
}

// Each of these adds nothing if the header is none of its kind.
void AddValues(FieldList& fields, std::string_view header) {
  const std::string path = PathName(header);
  if (header == "Via") {
    AddVias(fields, path);
  } else if (header == "CSeq") {
    if (const auto cseq = fields.view().Cseq()) {
      fields.AddParts(path, {{"number", cseq->number_text}, {"method", cseq->method}});
    }
  } else {
    AddAddresses(fields, header, path);
    AddDigests(fields, header, path);
    AddItems(fields, header, path);
  }
}

void AddHeaders(FieldList& fields) {
  std::vector<std::string_view> read;
  for (const sipward_header& header : fields.view().Headers()) {
    const std::string_view name = View(header.known);
    fields.Add(name.empty() ? "header" : PathName(name), header.value);
    if (name.empty() || std::find(read.begin(), read.end(), name) != read.end()) continue;
    read.push_back(name);
    AddValues(fields, name);
  }
}

}  // namespace

std::vector<Field> FieldsOf(sipward_message* message) {
  FieldList list(message);
  AddStartLine(list);
  AddHeaders(list);
  AddBody(list);
  std::vector<Field> fields = list.Take();
  // Of two that begin together, the one that holds the other first.
  std::stable_sort(fields.begin(), fields.end(), [](const Field& a, const Field& b) {
    return a.place.offset != b.place.offset ? a.place.offset < b.place.offset
                                            : a.place.length > b.place.length;
  });
  return fields;
}

}  // namespace sipward::cli
