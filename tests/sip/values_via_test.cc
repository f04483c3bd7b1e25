#include <gtest/gtest.h>

#include "tests/sip/values_cases.h"
#include "tests/sip/values_support.h"

namespace sipward::sip::values_test {
namespace {

std::string Parsed(const Text& text, AnomalyLog& log) {
  Via via;
  if (!ParseVia(text.base(), text.slice(), Limits{}, log, &via)) return "nothing";
  return Show(text.base(), {{"protocol", via.protocol},
                            {"version", via.version},
                            {"transport", via.transport},
                            {"host", via.host},
                            {"port", via.port},
                            {"branch", via.branch},
                            {"received", via.received},
                            {"rport", via.rport},
                            {"maddr", via.maddr},
                            {"ttl", via.ttl}}) +
         " (" + std::string(KindName(via.host_kind)) + " " + std::to_string(via.port_number) + ")";
}

void CheckAll(std::initializer_list<Case> cases) { CheckCases(cases, Parsed); }

TEST(ViaTest, ReadsTheFormsOfRfc3261) {
  CheckAll({
      {"SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK7c.0;rport",
       "protocol=SIP version=2.0 transport=UDP host=192.0.2.1 port=5060 branch=z9hG4bK7c.0 rport= "
       "(ipv4 5060)",
       ""},
      {"SIP  /   2.0\r\n /UDP\r\n    192.0.2.2;branch=390skdjuw",
       "protocol=SIP version=2.0 transport=UDP host=192.0.2.2 branch=390skdjuw (ipv4 -1)", ""},
      {"SIP  / 2.0  / TCP     spindle.example.com   ;\r\n  branch  =   z9hG4bK9ikj8",
       "protocol=SIP version=2.0 transport=TCP host=spindle.example.com branch=z9hG4bK9ikj8 (name "
       "-1)",
       ""},
      {"SIP/2.0/TLS a.example : 5061 ;rport=40122;received=198.51.100.22;maddr=h.example;ttl=255",
       "protocol=SIP version=2.0 transport=TLS host=a.example port=5061 received=198.51.100.22 "
       "rport=40122 maddr=h.example ttl=255 (name 5061)",
       ""},
  });
}

TEST(ViaTest, ReceivedTakesIpv6WithAndWithoutBrackets) {
  CheckAll({
      {"SIP/2.0/UDP [2001:db8::9:1];received=2001:db8::9:255",
       "protocol=SIP version=2.0 transport=UDP host=[2001:db8::9:1] received=2001:db8::9:255 (ipv6 "
       "-1)",
       ""},
      {"SIP/2.0/UDP [2001:db8::9:1]:6050;received=[2001:db8::9:255]",
       "protocol=SIP version=2.0 transport=UDP host=[2001:db8::9:1] port=6050 "
       "received=[2001:db8::9:255] (ipv6 6050)",
       ""},
      {"SIP/2.0/UDP a.example;received=b.example",
       "protocol=SIP version=2.0 transport=UDP host=a.example received=b.example (name -1)",
       "param.value@31 via.disputed@31"},
  });
}

TEST(ViaTest, NamesProtocolsAndTransportsThatAreNotSip) {
  CheckAll({
      {"SIP/7.0/UDP a.example", "protocol=SIP version=7.0 transport=UDP host=a.example (name -1)",
       "via.protocol@0"},
      {"HTTP/2.0/UDP a.example", "protocol=HTTP version=2.0 transport=UDP host=a.example (name -1)",
       "via.protocol@0"},
      {"SIP/2.0/UNKNOWN a.example",
       "protocol=SIP version=2.0 transport=UNKNOWN host=a.example (name -1)",
       "via.unknown_transport@8"},
      {"SIP/2.0/wss a.example", "protocol=SIP version=2.0 transport=wss host=a.example (name -1)",
       ""},
  });
}

TEST(ViaTest, SecondaryFieldsAreCheckedWhenTheyAreRead) {
  CheckAll({
      {"SIP/2.0/UDP 192.0.2.15;;",
       "protocol=SIP version=2.0 transport=UDP host=192.0.2.15 (ipv4 -1)", "param.malformed@23"},
      {"SIP/2.0/UDP a.example;branch=a;branch=b",
       "protocol=SIP version=2.0 transport=UDP host=a.example branch=a (name -1)",
       "param.duplicate@31"},
      {"SIP/2.0/UDP a.example;branch=\"z9hG4bK\"",
       "protocol=SIP version=2.0 transport=UDP host=a.example branch=\"z9hG4bK\" (name -1)",
       "param.malformed@29"},
      {"SIP/2.0/UDP a.example;ttl=256",
       "protocol=SIP version=2.0 transport=UDP host=a.example ttl=256 (name -1)",
       "number.overflow@26"},
      {"SIP/2.0/UDP a.example;rport=70000",
       "protocol=SIP version=2.0 transport=UDP host=a.example rport=70000 (name -1)",
       "uri.port_range@28"},
      {"SIP/2.0/UDP a.example;maddr=1.2.3.256",
       "protocol=SIP version=2.0 transport=UDP host=a.example maddr=1.2.3.256 (name -1)",
       "uri.host_bad@28"},
  });
}

TEST(ViaTest, ParametersThatDemandAValueAreNamedWithoutOne) {
  CheckAll({
      {"SIP/2.0/UDP a.example;maddr;received;ttl",
       "protocol=SIP version=2.0 transport=UDP host=a.example (name -1)",
       "param.malformed@22 param.malformed@28 param.malformed@37"},
      {"SIP/2.0/UDP a.example;ttl=0016",
       "protocol=SIP version=2.0 transport=UDP host=a.example ttl=0016 (name -1)",
       "param.malformed@26"},
      {"SIP/2.0/UDP a.example;x=[2001:db8:1]",
       "protocol=SIP version=2.0 transport=UDP host=a.example (name -1)", "uri.ipv6_bad@24"},
  });
}

TEST(ViaTest, NamesWhatDoesNotFollowTheGrammar) {
  CheckAll({
      {"", "nothing", "via.malformed@0"},
      {";", "nothing", "via.malformed@0"},
      {"SIP/2.0/UDP", "nothing", "via.malformed@11"},
      {"SIP/2.0 a.example", "nothing", "via.malformed@8 via.unknown_transport@8"},
      {"SIP/2.0/UDP a.example b.example;branch=x",
       "protocol=SIP version=2.0 transport=UDP host=a.example branch=x (name -1)",
       "via.malformed@22"},
      {"SIP/2.0/UDP 2001:db8::1;branch=x",
       "protocol=SIP version=2.0 transport=UDP host=2001:db8::1 branch=x (bad -1)",
       "uri.ipv6_bad@12 uri.disputed@12"},
      {"SIP/2.0/UDP my_host:5060",
       "protocol=SIP version=2.0 transport=UDP host=my_host port=5060 (bad 5060)",
       "uri.host_bad@12 uri.disputed@12"},
      {"SIP/2.0/UDP a.example:99999",
       "protocol=SIP version=2.0 transport=UDP host=a.example port=99999 (name -1)",
       "uri.port_range@22 uri.disputed@22"},
  });
}

}  // namespace
}  // namespace sipward::sip::values_test
