// A list of fields in the making.
#ifndef SIPWARD_BINDINGS_CLI_FIELD_LIST_H_
#define SIPWARD_BINDINGS_CLI_FIELD_LIST_H_

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fields.h"
#include "message_view.h"

namespace sipward::cli {

class FieldList {
 public:
  explicit FieldList(sipward_message* message) : message_(message), view_(message) {}

  sipward_message* message() const { return message_; }
  const MessageView& view() const { return view_; }

  // Absent places are left out.
  void Add(const std::string& name, const sipward_slice& place) { Add(name, name, place); }
  void Add(std::string name, std::string label, const sipward_slice& place) {
    if (place.offset != SIPWARD_ABSENT) {
      fields_.push_back({std::move(name), std::move(label), place});
    }
  }
  void AddParts(const std::string& path,
                std::initializer_list<std::pair<std::string_view, sipward_slice>> parts) {
    for (const auto& [name, place] : parts) {
      Add(path + "." + std::string(name), std::string(name), place);
    }
  }
  // Every parameter under its name.
  void AddParams(const std::string& path, const sipward_slice& params);

  std::vector<Field> Take() { return std::move(fields_); }

 private:
  sipward_message* message_;
  MessageView view_;
  std::vector<Field> fields_;
};

// "P-Asserted-Identity" as "p_asserted_identity".
std::string PathName(std::string_view header);
std::string Indexed(std::string_view name, uint32_t index);

// The values of `header`, whose fields begin with `path`, if it is one of those that consist of
// tokens, products, numbers and parameters (sipward/c/values.h).
void AddItems(FieldList& fields, std::string_view header, const std::string& path);
// What the body is made of (sipward/c/body.h).
void AddBody(FieldList& fields);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_FIELD_LIST_H_
