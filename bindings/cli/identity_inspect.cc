// `sipward identity inspect`.
#include <memory>

#include "exit_code.h"
#include "file.h"
#include "identity_command.h"
#include "identity_files.h"
#include "identity_report.h"

namespace sipward::cli {
namespace {

constexpr size_t kMostIdentity = size_t{16} << 20;

}  // namespace

int RunIdentityInspect(const IdentityInspectRequest& request) {
  std::string text;
  if (!ReadIdentityFile(request.file, kMostIdentity, &text)) return kExitUnusable;
  const auto message = std::make_unique<sip::Message>();
  message->Parse(text, {});
  std::vector<std::string_view> values;
  if (message->is_request() || message->is_response()) {
    const sip::Header* header = message->Find(sip::HeaderId::kIdentity);
    for (; header != nullptr; header = message->Next(*header)) {
      values.push_back(header->value.In(text.data()));
    }
  } else {
    values = LinesOf(text);
  }
  if (values.empty()) {
    Complain(request.file + ": there is no Identity in it");
    return kExitUnusable;
  }
  bool right = true;
  for (const std::string_view value : values) {
    const identity::DecodedToken token = identity::Decode(value, {});
    right = right && token.reason == identity::Reason::kOk;
    std::string report;
    if (request.json) {
      AppendTokenJson(&report, token);
    } else {
      AppendToken(&report, token);
    }
    if (!Print(report)) return kExitUnusable;
  }
  return Finish(right ? kExitOk : kExitFound);
}

}  // namespace sipward::cli
