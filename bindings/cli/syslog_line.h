// What goes to syslog or the journal.
#ifndef SIPWARD_BINDINGS_CLI_SYSLOG_LINE_H_
#define SIPWARD_BINDINGS_CLI_SYSLOG_LINE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "inspected.h"
#include "new_findings.h"

namespace sipward::cli {

// "daemon", "auth", "local0" to "local7": the number of the facility (RFC 5424, section 6.2.1).
std::optional<uint32_t> SyslogFacility(std::string_view name);

// What all lines of a process begin with.
struct SyslogHead {
  uint32_t facility = 3;  // daemon
  // Of RFC 5424, as it goes over a network; else the short form that this machine's own syslog or
  // journal takes, which knows the time and the name of the machine itself.
  bool network = false;
  std::string host;
  uint32_t process = 0;
};

// `finding rule="..." action="..." enforced="yes" source="..." ...`: with severity error where
// something was refused, warning where more was asked for than a flag, and else notice. Each value
// is Printable, at most 256 characters, with `"` and `\` behind a backslash: one line, whatever the
// message holds.
void AppendSyslogFinding(std::string* out, const SyslogHead& head, const Inspected& inspected,
                         const NewFinding& finding);
// `notice code="..." subject="..." ...: sentence`, with the severity of the notice.
void AppendSyslogNotice(std::string* out, const SyslogHead& head, const sipward_notice& notice);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_SYSLOG_LINE_H_
