#include <algorithm>

#include "field_list.h"

namespace sipward::cli {
namespace {

// Of these a message has one value, which has no number: those that lib/sip/header.def lets stand
// once, but for lists. A test of the command compares them.
constexpr std::string_view kOnce[] = {"Content-Disposition",
                                      "Content-Type",
                                      "Event",
                                      "Join",
                                      "MIME-Version",
                                      "Min-SE",
                                      "Organization",
                                      "P-Attestation-Indicator",
                                      "P-Origination-Id",
                                      "Priority",
                                      "RAck",
                                      "Replaces",
                                      "Retry-After",
                                      "Session-Expires",
                                      "Subject",
                                      "Subscription-State",
                                      "Timestamp"};

void AddMediaType(FieldList& fields, std::string_view header, uint32_t index,
                  const std::string& path) {
  auto media = Sized<sipward_media_type>();
  if (sipward_message_media_type(fields.message(), header.data(), header.size(), index, &media) ==
      SIPWARD_OK) {
    fields.AddParts(path, {{"type", media.type}, {"subtype", media.subtype}});
  }
}

void AddProduct(FieldList& fields, std::string_view header, uint32_t index,
                const std::string& path) {
  auto product = Sized<sipward_product>();
  if (sipward_message_product(fields.message(), header.data(), header.size(), index, &product) ==
      SIPWARD_OK) {
    fields.AddParts(
        path, {{"name", product.name}, {"version", product.version}, {"comment", product.comment}});
  }
}

void AddEvent(FieldList& fields, std::string_view header, uint32_t index, const std::string& path) {
  auto event = Sized<sipward_event>();
  if (sipward_message_event(fields.message(), header.data(), header.size(), index, &event) ==
      SIPWARD_OK) {
    fields.AddParts(path, {{"package", event.package}, {"template", event.event_template}});
  }
}

void AddIdentity(FieldList& fields, uint32_t index, const std::string& path) {
  auto identity = Sized<sipward_identity>();
  if (sipward_message_identity(fields.message(), index, &identity) != SIPWARD_OK) return;
  fields.AddParts(path, {{"header", identity.header},
                         {"payload", identity.payload},
                         {"signature", identity.signature}});
}

void AddWarning(FieldList& fields, uint32_t index, const std::string& path) {
  auto warning = Sized<sipward_warning>();
  if (sipward_message_warning(fields.message(), index, &warning) != SIPWARD_OK) return;
  fields.AddParts(path, {{"agent", warning.agent}, {"text", warning.text}});
}

void AddResourcePriority(FieldList& fields, uint32_t index, const std::string& path) {
  auto value = Sized<sipward_resource_priority>();
  if (sipward_message_resource_priority(fields.message(), index, &value) != SIPWARD_OK) return;
  fields.AddParts(path, {{"namespace", value.name_space}, {"priority", value.priority}});
}

}  // namespace

void AddItems(FieldList& fields, std::string_view header, const std::string& path) {
  const bool once = std::find(std::begin(kOnce), std::end(kOnce), header) != std::end(kOnce);
  for (uint32_t i = 0;; ++i) {
    auto item = Sized<sipward_item>();
    if (sipward_message_item(fields.message(), header.data(), header.size(), i, &item) !=
        SIPWARD_OK) {
      return;
    }
    const std::string value = once ? path : Indexed(path, i);
    if (!once) fields.Add(value, item.text);
    fields.AddParts(value, {{"value", item.value}});
    AddMediaType(fields, header, i, value);
    AddProduct(fields, header, i, value);
    AddEvent(fields, header, i, value);
    if (header == "Identity") AddIdentity(fields, i, value);
    if (header == "Warning") AddWarning(fields, i, value);
    if (header == "Resource-Priority") AddResourcePriority(fields, i, value);
    fields.AddParams(value, item.params);
  }
}

}  // namespace sipward::cli
