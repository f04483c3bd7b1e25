// `sipward identity inspect`.
#include "exit_code.h"
#include "file.h"
#include "identity_command.h"
#include "identity_files.h"
#include "identity_report.h"

namespace sipward::cli {
namespace {

constexpr size_t kMostIdentity = size_t{16} << 20;

// The Identity headers of a SIP message, or the lines of anything else.
std::vector<std::string_view> ValuesOf(std::string_view text, Message* message) {
  static_cast<void>(message->Parse(text));
  if (message->start_line().kind == MessageKind::kNone) return LinesOf(text);
  std::vector<std::string_view> values;
  for (const Header& header : message->Headers()) {
    if (header.known == "Identity") values.push_back(header.value);
  }
  return values;
}

}  // namespace

int RunIdentityInspect(const IdentityInspectRequest& request) {
  std::string text;
  if (!ReadIdentityFile(request.file, kMostIdentity, &text)) return kExitUnusable;
  Message message = Message::Create().value();
  const std::vector<std::string_view> values = ValuesOf(text, &message);
  if (values.empty()) {
    Complain(request.file + ": there is no Identity in it");
    return kExitUnusable;
  }
  bool right = true;
  for (const std::string_view value : values) {
    const Result<Token> token = Token::Read(value);
    if (!token.ok()) {
      Complain(token.error().status.text());
      return kExitUnusable;
    }
    const Token::Parts parts = token.value().parts();
    right = right && parts.reason == "OK";
    std::string report;
    if (request.json) {
      AppendTokenJson(&report, parts);
    } else {
      AppendToken(&report, parts);
    }
    if (!Print(report)) return kExitUnusable;
  }
  return Finish(right ? kExitOk : kExitFound);
}

}  // namespace sipward::cli
