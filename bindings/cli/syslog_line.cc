#include "syslog_line.h"

#include <array>
#include <utility>

#include "packet_text.h"
#include "text.h"

namespace sipward::cli {
namespace {

constexpr uint32_t kError = 3, kWarning = 4, kNotice = 5, kInformational = 6;
constexpr size_t kMostColumns = 256;

void AppendHead(std::string* out, const SyslogHead& head, uint32_t severity, int64_t wall_ns) {
  *out += "<" + std::to_string(head.facility * 8 + severity) + ">";
  const std::string process = std::to_string(head.process);
  if (head.network) {
    // Version, time, host, program, process, kind of message, no structured data.
    *out += "1 " + TimeText(wall_ns) + " " + (head.host.empty() ? "-" : head.host) + " sipward " +
            process + " - - ";
  } else {
    *out += "sipward[" + process + "]: ";
  }
}

// Nothing where there is no value.
void AppendPair(std::string* out, std::string_view key, const OptionalText& value) {
  if (!value) return;
  out->append(" ").append(key).append("=\"");
  for (const char c : Clip(Printable(*value), kMostColumns)) {
    if (c == '"' || c == '\\') out->push_back('\\');
    out->push_back(c);
  }
  out->push_back('"');
}

uint32_t SeverityOf(const Found& found) {
  if (found.enforced && found.action >= SIPWARD_ACTION_REJECT) return kError;
  return found.action > SIPWARD_ACTION_FLAG ? kWarning : kNotice;
}

uint32_t SeverityOf(const sipward_notice& notice) {
  if (notice.severity == SIPWARD_NOTICE_ERROR) return kError;
  return notice.severity == SIPWARD_NOTICE_WARNING ? kWarning : kInformational;
}

}  // namespace

std::optional<uint32_t> SyslogFacility(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, uint32_t>, 11> kFacilities = {{{"daemon", 3},
                                                                                  {"auth", 4},
                                                                                  {"authpriv", 10},
                                                                                  {"local0", 16},
                                                                                  {"local1", 17},
                                                                                  {"local2", 18},
                                                                                  {"local3", 19},
                                                                                  {"local4", 20},
                                                                                  {"local5", 21},
                                                                                  {"local6", 22},
                                                                                  {"local7", 23}}};
  for (const auto& [known, number] : kFacilities) {
    if (known == name) return number;
  }
  return std::nullopt;
}

void AppendSyslogFinding(std::string* out, const SyslogHead& head, const Inspected& inspected,
                         const NewFinding& finding) {
  const Found& found = finding.found;
  const MessageView& message = inspected.message;
  AppendHead(out, head, SeverityOf(found), inspected.packet.wall_ns);
  *out += "finding";
  AppendPair(out, "rule", found.rule);
  AppendPair(out, "action", sipward_action_name(found.action));
  AppendPair(out, "enforced", found.enforced ? "yes" : "no");
  AppendPair(out, "source", EndpointText(inspected.packet.source));
  AppendPair(out, "destination", EndpointText(inspected.packet.destination));
  AppendPair(out, "transport", TransportName(inspected.packet.transport));
  AppendPair(out, "method", MethodOf(message));
  AppendPair(out, "from", UriOf(message, "From"));
  AppendPair(out, "to", UriOf(message, "To"));
  AppendPair(out, "call_id", message.Find("Call-ID"));
  AppendPair(out, "why", found.why);
  if (finding.more > 0) AppendPair(out, "more", std::to_string(finding.more));
}

void AppendSyslogNotice(std::string* out, const SyslogHead& head, const sipward_notice& notice) {
  AppendHead(out, head, SeverityOf(notice), notice.wall_ns);
  *out += "notice";
  AppendPair(out, "code", sipward_notice_name(notice.code));
  if (notice.subject_size > 0)
    AppendPair(out, "subject", std::string_view(notice.subject, notice.subject_size));
  if (notice.key_size > 0) AppendPair(out, "key", std::string_view(notice.key, notice.key_size));
  AppendPair(out, "amount", std::to_string(notice.amount));
  AppendPair(out, "limit", std::to_string(notice.limit));
  AppendPair(out, "why", sipward_notice_sentence(notice.code));
}

}  // namespace sipward::cli
