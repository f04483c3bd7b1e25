// A list of edits and a message from the bytes: what is written is checked as
// tests/sip/edit_check.h says, in both profiles and as a message of a stream. A header that a name
// or value smuggles in, or that survives being stripped, aborts.
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "fuzz/support/input.h"
#include "tests/sip/edit_check.h"

namespace sipward::sip {
namespace {

constexpr size_t kMost = 6;

// Names that matter, so that the fuzzer need not find them; a text of its own otherwise.
constexpr std::string_view kNames[] = {
    "Via",     "From",  "P-Asserted-Identity", "Contact",      "s",
    "X-Other", "Route", "Content-Type",        "Max-Forwards", "To"};

Edit TakeEdit(fuzz::Input& input) {
  Edit edit;
  edit.kind = static_cast<EditKind>(input.Pick(10));
  edit.place = static_cast<EditPlace>(input.Pick(4));
  edit.which = static_cast<EditWhich>(input.Pick(4));
  edit.number = edit.kind == EditKind::kStripIdentity ? input.Short() : input.Number();
  const size_t name = input.Pick(std::size(kNames) * 2);
  edit.name = name < std::size(kNames) ? kNames[name] : input.Bytes(input.Pick(40));
  edit.value = input.Bytes(input.Pick(64));
  if (edit.kind == EditKind::kBody) edit.body = input.Bytes(input.Pick(64));
  return edit;
}

}  // namespace
}  // namespace sipward::sip

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sipward::sip;
  sipward::fuzz::Input input(data, size);
  std::array<Edit, kMost> edits;
  const size_t count = input.Pick(kMost + 1);
  const EditOptions how{.normalise = input.Pick(2) == 1};
  for (size_t i = 0; i < count; ++i) edits[i] = TakeEdit(input);
  static EditCheck check;
  for (const ParseOptions& options :
       {ParseOptions{}, ParseOptions{.profile = Profile::kStrict}, ParseOptions{.stream = true}}) {
    if (check.Run(input.rest(), options, {edits.data(), count}, how)) continue;
    std::fprintf(stderr, "%s\n", check.why().c_str());
    std::fwrite(check.written().data(), 1, check.written().size(), stderr);
    std::abort();
  }
  return 0;
}
