// The rules and lists that come with the library, compiled into it. They are ordinary texts in the
// rule language.
#ifndef SIPWARD_PACK_PACK_H_
#define SIPWARD_PACK_PACK_H_

#include <span>
#include <string_view>

namespace sipward::pack {

struct File {
  // "pack/rules/denial.ward"; of a list: the path by which the rules name it.
  std::string_view name;
  std::string_view text;
};

// All of them together are the pack: they use each other's names.
std::span<const File> Rules();
std::span<const File> Lists();

}  // namespace sipward::pack

#endif  // SIPWARD_PACK_PACK_H_
