#include "case_message.h"

#include <memory>

#include "inspected.h"

namespace sipward::cli {
namespace {

using TokenHandle = std::unique_ptr<sipward_token, Destroyer<sipward_token_destroy>>;

std::string UserOf(const MessageView& message, std::string_view header) {
  const auto address = message.Address(header);
  if (!address) return {};
  const auto user = message.Text(address->uri.user);
  return std::string(user ? *user : message.Text(address->uri.text).value_or(""));
}

std::string Whole(const OptionalText& text) { return std::string(text.value_or("")); }

// The URL in `info=<...>` of the first Identity header (RFC 8224 section 4), and what its token
// says.
void TakeIdentity(std::string_view value, CaseEvent* event) {
  sipward_token* token = nullptr;
  if (sipward_token_create(value.data(), value.size(), &token) != SIPWARD_OK) return;
  const TokenHandle held(token);
  auto parts = Sized<sipward_token_parts>();
  if (sipward_token_read(token, &parts) != SIPWARD_OK) return;
  event->attest = View(parts.attest);
  event->origid = View(parts.origid);
  event->x5u = View(parts.info);
  if (event->x5u.size() > 1 && event->x5u.front() == '<' && event->x5u.back() == '>') {
    event->x5u = event->x5u.substr(1, event->x5u.size() - 2);
  }
  event->identity = "not verified";
}

}  // namespace

void TakeMessage(const MessageView& message, CaseEvent* event) {
  const sipward_start_line line = message.StartLine();
  event->what = Whole(MethodOf(message));
  if (line.kind == SIPWARD_KIND_RESPONSE) {
    event->what = std::to_string(line.status_code) + " " + event->what;
  }
  // Who asserts a number says who calls (RFC 3325), where somebody does.
  event->caller = UserOf(message, "P-Asserted-Identity");
  if (event->caller.empty()) event->caller = UserOf(message, "From");
  const auto target = message.RequestUri();
  const auto dialled = target ? message.Text(target->user) : OptionalText();
  const bool begins = line.kind == SIPWARD_KIND_REQUEST && event->what == "INVITE";
  event->callee = begins && dialled ? std::string(*dialled) : UserOf(message, "To");
  event->call_id = Whole(message.Find("Call-ID"));
  event->device = Whole(message.Find("User-Agent"));
  const auto identity = message.Find("Identity");
  if (identity) TakeIdentity(*identity, event);
}

}  // namespace sipward::cli
