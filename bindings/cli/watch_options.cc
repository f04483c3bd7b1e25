#include "watch_options.h"

#include "rule_options.h"
#include "syslog_line.h"

namespace sipward::cli {

void WatchOptions::AddSources() {
  CLI::Option* interface = watch_
                               ->add_option("-i,--interface", request_.live.interface,
                                            "Read what goes over IFACE; any: over all of them")
                               ->type_name("IFACE");
  watch_
      ->add_option("--filter", request_.live.filter,
                   "Of that, look at what FILTER lets through, as pcap-filter(7) describes")
      ->type_name("FILTER")
      ->needs(interface);
  watch_
      ->add_option("--hep", request_.hep,
                   "Take HEP3 at ADDRESS:PORT, by UDP and TCP, as Kamailio's siptrace sends it")
      ->type_name("ADDRESS:PORT");
  watch_
      ->add_option("--hep-key", request_.hep_key,
                   "The key that HEP3 must bring, and that is sent with it")
      ->type_name("KEY");
  watch_
      ->add_option("--workers", request_.workers,
                   "Share the work among NUMBER processes, which count in one state; 1 if it is "
                   "not said")
      ->type_name("NUMBER")
      ->check(CLI::Range(uint32_t{1}, WatchRequest::kMostWorkers).description(""));
  watch_
      ->add_option("--user", request_.user,
                   "Become NAME once everything is open; nobody, if root does not say whom")
      ->type_name("NAME");
}

void WatchOptions::AddOutputs() {
  watch_->add_flag("--json", request_.json,
                   "One line of JSON for every message of which a rule speaks");
  watch_->add_flag("--all", request_.all, "And for all other messages")
      ->needs(watch_->get_option("--json"));
  watch_
      ->add_option("--eve", request_.eve,
                   "Append events of Suricata's EVE JSON to FILE: sip for every message, alert for "
                   "every rule; - is the standard output, which then has nothing else")
      ->type_name("FILE");
  watch_
      ->add_option("--hep-out", request_.hep_out,
                   "Send every message on to ADDRESS:PORT, as HEP3 by UDP: to Homer")
      ->type_name("ADDRESS:PORT");
  watch_
      ->add_option("--hep-agent", request_.hep_agent,
                   "The number that this probe has there; 0 if it is not said")
      ->type_name("NUMBER")
      ->needs(watch_->get_option("--hep-out"));
  watch_
      ->add_option("--metrics", request_.metrics,
                   "Serve metrics for Prometheus at http://ADDRESS:PORT/metrics")
      ->type_name("ADDRESS:PORT");
  watch_
      ->add_option("--metrics-top", request_.metrics_top,
                   "And of the NUMBER trunks, accounts, numbers, User-Agents and sources that come "
                   "most, each a series of its own: 100 at most; none if it is not said")
      ->type_name("NUMBER")
      ->check(CLI::Range(1, 100).description(""))
      ->needs(watch_->get_option("--metrics"));
  CLI::Option* syslog =
      watch_
          ->add_option(
              "--syslog", request_.syslog,
              "Send findings and notices to PLACE: local, which is /dev/log of syslog or the "
              "journal, the path of another socket, or ADDRESS:PORT as RFC 5424 by UDP")
          ->type_name("PLACE");
  watch_
      ->add_option("--syslog-facility", request_.syslog_facility,
                   "daemon if it is not said; auth, authpriv, local0 to local7")
      ->type_name("NAME")
      ->needs(syslog)
      ->check([](const std::string& name) {
        return SyslogFacility(name) ? "" : name + " is no facility";
      });
}

void WatchOptions::Add(CLI::App* app) {
  watch_ = app->add_subcommand("watch", "Judge SIP as it is sent: on an interface, or from HEP3");
  AddSources();
  AddRuleOptions(watch_, &request_.rules);
  request_.feeds.AddOption(watch_);
  AddEvidenceOptions(watch_, &request_.evidence);
  AddCallerOptions(watch_, &request_.callers);
  watch_->add_flag("--report-only", request_.report_only,
                   "No verdict above flag: say what would be done");
  AddOutputs();
  watch_
      ->add_option("--state", request_.state,
                   "Go on with the counts, bans and lists that FILE.0 and FILE.1 keep, and leave "
                   "them there at the end; FILE.seed is their secret")
      ->type_name("FILE");
  watch_->add_option("--count", request_.count, "End after NUMBER messages")
      ->type_name("NUMBER")
      ->check(CLI::PositiveNumber.description(""));
  watch_->callback([this] {
    if (request_.live.interface.empty() && request_.hep.empty()) {
      throw CLI::ValidationError("-i or --hep is needed");
    }
  });
  watch_->footer(
      "Says what it finds when it finds it, and all of it once more at the end. It ends with "
      "SIGINT\n"
      "or SIGTERM; with SIGHUP it reads the rules again and opens the file of --eve anew. What "
      "comes\n"
      "faster than it is read is counted, and said.\n"
      "\n"
      "Examples:\n"
      "  sipward watch -i eth0 --filter 'port 5060'\n"
      "  sipward watch --hep 127.0.0.1:9060 --eve /var/log/sipward/eve.json\n"
      "  sipward watch -i any --json | jq -c '{src, rules, action}'\n"
      "\n"
      "Exit status: 0 nothing above flag, 1 something above flag, 2 unusable sources or rules.");
}

}  // namespace sipward::cli
