#include "facts/product.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace sipward::facts {
namespace {

std::string Product(std::string_view text) {
  std::array<char, kMaxProduct> room;
  return std::string(ProductOf(text, room));
}

std::string Branch(std::string_view text) {
  std::array<char, 96> room;
  return std::string(BranchOf(text, room));
}

struct Said {
  const char* text;
  const char* product;
  const char* version;
  const char* branch;
};

TEST(Product, IsReadAsProgramsCallThemselves) {
  for (const Said& said : {
           Said{"Asterisk PBX 18.9.0", "asterisk", "18.9.0", "asterisk 18"},
           Said{"Asterisk PBX certified/18.9-cert8", "asterisk-certified", "18.9-cert8",
                "asterisk-certified 18"},
           Said{"Asterisk PBX 20.0.0-rc1", "asterisk", "20.0.0-rc1", "asterisk 20"},
           Said{"FPBX-16.0.40(18.9.0)", "asterisk", "18.9.0", "asterisk 18"},
           Said{"FPBX-AsteriskNOW-12.0.76.2(11.13.0)", "asterisk", "11.13.0", "asterisk 11"},
           Said{"FreeSWITCH-mod_sofia/1.10.7-release-19-883d2cb662~64bit", "freeswitch", "1.10.7",
                "freeswitch 1"},
           Said{"kamailio (5.5.2 (x86_64/linux))", "kamailio", "5.5.2", "kamailio 5"},
           Said{"kamailio (5.7.0-dev1 (x86_64/linux))", "kamailio", "5.7.0-dev1", "kamailio 5"},
           Said{"OpenSIPS (3.2.1 (x86_64/linux))", "opensips", "3.2.1", "opensips 3"},
           Said{"OpenSIPS (2.4.0-beta (x86_64/linux))", "opensips", "2.4.0-beta", "opensips 2"},
           Said{"Yealink SIP-T46S 66.85.0.5", "yealink", "66.85.0.5", "yealink 66"},
           Said{"Grandstream GXP2135 1.0.9.132", "grandstream", "1.0.9.132", "grandstream 1"},
           Said{"Grandstream GXP1625 1.0.4.128", "grandstream-gxp1600", "1.0.4.128",
                "grandstream-gxp1600 1"},
           Said{"Cisco/SPA504G-7.6.2b", "cisco-spa500", "7.6.2b", "cisco-spa500 7"},
           Said{"Cisco/SPA112-1.4.1(SR5)", "cisco-spa", "1.4.1", "cisco-spa 1"},
           Said{"Cisco-CUCM11.5", "cisco-cucm", "11.5", "cisco-cucm 11"},
           Said{"Cisco-SIPGateway/IOS-15.2.4.M3", "cisco-ios", "15.2.4", "cisco-ios 15"},
           Said{"PJSUA v2.10 Linux-5.4/x86_64/glibc-2.31", "pjsip", "2.10", "pjsip 2"},
           Said{"Linphone/3.6.1 (eXosip2/4.1.0)", "linphone", "3.6.1", "linphone 3"},
           Said{"LinphoneiOS/4.5.0 (iPhone) LinphoneSDK/5.0.40", "linphone", "4.5.0", "linphone 4"},
           Said{"snom370/8.7.5.35", "snom", "8.7.5.35", "snom 8"},
           Said{"AVM FRITZ!Box 7590 154.07.29 (Mar 1 2021)", "fritzbox", "154.07.29",
                "fritzbox 154"},
           Said{"Z 5.5.8 v2.10.17.2", "zoiper", "5.5.8", "zoiper 5"},
           Said{"friendly-scanner", "friendly-scanner", "", "friendly-scanner"},
           Said{"sipcli/v1.8", "sipcli", "1.8", "sipcli 1"},
           Said{"VaxSIPUserAgent/3.1", "vaxsipuseragent", "3.1", "vaxsipuseragent 3"},
           Said{"MicroSIP/3.21.3", "microsip", "3.21.3", "microsip 3"},
           Said{"baresip v1.0.0 (x86_64/linux)", "baresip", "1.0.0", "baresip 1"},
           Said{"some-thing-2.1", "some-thing", "2.1", "some-thing 2"},
           Said{"Bria 5 release 5.0", "bria", "5.0", "bria 5"},
           Said{"Bria 5", "bria", "5", "bria 5"},
           Said{"  spaced/1.2", "spaced", "1.2", "spaced 1"},
           Said{"", "", "", ""},
           Said{"/1.2", "", "1.2", " 1"},
       }) {
    EXPECT_EQ(Product(said.text), said.product) << said.text;
    EXPECT_EQ(VersionOf(said.text), said.version) << said.text;
    EXPECT_EQ(Branch(said.text), said.branch) << said.text;
  }
}

TEST(Product, IsBoundedByItsRoom) {
  EXPECT_EQ(Product(std::string(5000, 'x')), std::string(kMaxProduct, 'x'));
  std::array<char, 3> room;
  EXPECT_EQ(ProductOf("Sounder/1.0", room), "sou");
  EXPECT_EQ(BranchOf("Sounder/1.0", room), "sou");
  EXPECT_EQ(VersionOf(std::string(600, 'x') + " 1.2"), "") << "nothing is looked for that far";
}

TEST(VersionLess, ComparesNumbersNotTexts) {
  const std::vector<std::string> ascending = {"0.9",
                                              "1",
                                              "1.0.1-dev",
                                              "1.0.1-alpha2",
                                              "1.0.1-beta",
                                              "1.0.1-rc1",
                                              "1.0.1-rc2",
                                              "1.0.1-rc10",
                                              "1.0.1",
                                              "1.0.2",
                                              "1.0.2a",
                                              "1.0.2b",
                                              "1.0.10",
                                              "1.9",
                                              "1.10",
                                              "2.0~rc1",
                                              "2",
                                              "18.9-cert8",
                                              "18.9-cert9",
                                              "18.10",
                                              "20.1",
                                              "99999999999999999999.1",
                                              "100000000000000000000.0"};
  for (size_t i = 0; i < ascending.size(); ++i) {
    for (size_t j = 0; j < ascending.size(); ++j) {
      EXPECT_EQ(VersionLess(ascending[i], ascending[j]), i < j)
          << ascending[i] << ' ' << ascending[j];
    }
  }
}

TEST(VersionLess, TakesWhatIsMissingAsZero) {
  EXPECT_FALSE(VersionLess("1", "1.0.0"));
  EXPECT_FALSE(VersionLess("1.0.0", "1"));
  EXPECT_TRUE(VersionLess("1", "1.0.1"));
  EXPECT_FALSE(VersionLess("01.02", "1.2"));
  EXPECT_FALSE(VersionLess("1.2", "01.02"));
}

TEST(VersionLess, IsFalseWhereThereIsNoVersion) {
  EXPECT_FALSE(VersionLess("", "1.0"));
  EXPECT_FALSE(VersionLess("1.0", ""));
  EXPECT_FALSE(VersionLess("unknown", "1.0"));
  EXPECT_FALSE(VersionLess("1.0", "unknown"));
}

}  // namespace
}  // namespace sipward::facts
