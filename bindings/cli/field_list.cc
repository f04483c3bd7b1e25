#include "field_list.h"

#include <utility>

namespace sipward::cli {

std::string PathName(std::string_view header) {
  std::string path(header);
  for (char& c : path) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '-') c = '_';
  }
  return path;
}

std::string Indexed(std::string_view name, uint32_t index) {
  return std::string(name) + "[" + std::to_string(index) + "]";
}

void FieldList::AddParams(const std::string& path, const sipward_slice& params) {
  for (const sipward_param& param : view_.Params(params)) {
    const std::string name = PathName(view_.Text(param.name).value_or(""));
    std::string whole = path;
    whole.append(".param.").append(name);
    Add(std::move(whole), ";" + name,
        param.value.offset == SIPWARD_ABSENT ? param.name : param.value);
  }
}

}  // namespace sipward::cli
