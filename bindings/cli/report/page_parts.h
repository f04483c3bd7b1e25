// The page around a report, as report/make_page.py puts it together when the command is built.
#ifndef SIPWARD_BINDINGS_CLI_REPORT_PAGE_PARTS_H_
#define SIPWARD_BINDINGS_CLI_REPORT_PAGE_PARTS_H_

#include <span>
#include <string_view>

namespace sipward::cli {

// What stands before the data and behind it, in pieces. Both are empty where there is no page.
struct PagePartsList {
  std::span<const std::string_view> before, after;
};
const PagePartsList& PageParts();

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_REPORT_PAGE_PARTS_H_
