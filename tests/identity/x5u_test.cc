#include "identity/x5u.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sipward::identity {
namespace {

Reason Check(std::string_view url) { return CheckX5u(url, X5uPolicy()); }

TEST(X5u, HttpsWithHostAndPathIsFine) {
  for (const char* url :
       {"https://cert.example.com/a.pem", "HTTPS://cert.example.com:443/a.pem",
        "https://cert.example.com:8443/a/b%20c;v=1/@x:y.pem", "https://a_b.example.com./x",
        "https://1.example.com/x", "https://0x.example.com/x", "https://cert.example.com/"}) {
    EXPECT_EQ(Check(url), Reason::kOk) << url;
  }
}

TEST(X5u, OtherSchemes) {
  for (const char* url : {"", "https", "http://cert.example.com/a", "httpss://cert.example.com/a",
                          "ftp://cert.example.com/a", "//cert.example.com/a", "/a.pem",
                          " https://cert.example.com/a", "file:///etc/passwd"}) {
    EXPECT_EQ(Check(url), Reason::kX5uScheme) << url;
  }
}

TEST(X5u, Components) {
  for (const char* url : {"https:",
                          "https:/cert.example.com/a",
                          "https:cert.example.com/a",
                          "https://",
                          "https:///a.pem",
                          "https://cert.example.com",
                          "https://cert.example.com?a",
                          "https://u@cert.example.com/a",
                          "https://u:p@cert.example.com/a",
                          "https://cert.example.com/a?b",
                          "https://cert.example.com/a#b",
                          "https://cert.example.com/a?",
                          "https://cert.example.com/a#",
                          "https://cert.example.com/a b",
                          "https://cert.example.com/a\tb",
                          "https://cert.example.com/a\r\nb",
                          "https://cert.example.com/\x80",
                          "https://cert.example.com/%",
                          "https://cert.example.com/%2",
                          "https://cert.example.com/%zz",
                          "https://cert.example.com\\@evil.example.com/a",
                          "https://cert..example.com/a",
                          "https://.example.com/a",
                          "https://cert.example.com../a",
                          "https://%31%32%37.1/a",
                          "https://cert.ex%61mple.com/a",
                          "https://\xc2\xb9.example.com/a",
                          "https://cert.example.com/<a>"}) {
    EXPECT_EQ(Check(url), Reason::kX5uComponent) << url;
  }
}

TEST(X5u, HostsThatAreTooLong) {
  const std::string label(63, 'a');
  EXPECT_EQ(Check("https://" + label + ".example.com/a"), Reason::kOk);
  EXPECT_EQ(Check("https://" + label + "a.example.com/a"), Reason::kX5uComponent);
  const std::string long_name = label + "." + label + "." + label + "." + label.substr(0, 61);
  EXPECT_EQ(long_name.size(), 253U);
  EXPECT_EQ(Check("https://" + long_name + "/a"), Reason::kOk);
  EXPECT_EQ(Check("https://" + long_name + "a/a"), Reason::kX5uComponent);
}

TEST(X5u, TheLimitOfLength) {
  const std::string head = "https://cert.example.com/";
  EXPECT_EQ(Check(head + std::string(512 - head.size(), 'a')), Reason::kOk);
  EXPECT_EQ(Check(head + std::string(513 - head.size(), 'a')), Reason::kX5uComponent);
}

TEST(X5u, Ports) {
  for (const char* port : {"80", "444", "8080", "", "0443", "443 ", "+443", "65536", "4430", "0"}) {
    EXPECT_NE(Check("https://cert.example.com:" + std::string(port) + "/a"), Reason::kOk) << port;
  }
  EXPECT_EQ(Check("https://cert.example.com:444/a"), Reason::kX5uPort);
  EXPECT_EQ(Check("https://cert.example.com:443:443/a"), Reason::kX5uPort);
  const X5uPolicy any{.any_port = true};
  EXPECT_EQ(CheckX5u("https://cert.example.com:444/a", any), Reason::kOk);
  EXPECT_EQ(CheckX5u("https://cert.example.com:65535/a", any), Reason::kOk);
  for (const char* port : {"65536", "99999", "0", "00443", "", "a", "100000"}) {
    EXPECT_EQ(CheckX5u("https://cert.example.com:" + std::string(port) + "/a", any),
              Reason::kX5uPort)
        << port;
  }
}

TEST(X5u, AddressesInEveryForm) {
  for (const char* host : {"127.0.0.1",
                           "10.0.0.1",
                           "8.8.8.8",
                           "2130706433",
                           "017700000001",
                           "0x7f000001",
                           "0x7F.0.0.1",
                           "127.1",
                           "127.0.1",
                           "0177.0.0.1",
                           "0x7f.1",
                           "127.0.0.1.",
                           "1",
                           "0",
                           "0x",
                           "999.999.999.999",
                           "a.b.1",
                           "[::1]",
                           "[::ffff:127.0.0.1]",
                           "[::ffff:7f00:1]",
                           "[2001:4860:4860::8888]",
                           "[fe80::1%25eth0]",
                           "[v1.a]",
                           "[",
                           "169.254.169.254"}) {
    EXPECT_EQ(Check("https://" + std::string(host) + "/a"), Reason::kX5uAddressDenied) << host;
  }
  EXPECT_EQ(Check("https://[::1]:443/a"), Reason::kX5uAddressDenied);
  EXPECT_EQ(Check("https://[::1]:80/a"), Reason::kX5uPort);
}

TEST(X5u, NamesOfTheOwnHostAndNetwork) {
  for (const char* host : {"localhost", "LOCALHOST", "localhost.", "a.localhost", "printer.local",
                           "a.b.local.", "metadata.google.internal", "intranet",
                           "localhost.localdomain", "a.home.arpa", "a.onion"}) {
    EXPECT_EQ(Check("https://" + std::string(host) + "/a"), Reason::kX5uAddressDenied) << host;
  }
  for (const char* host : {"notlocal.example.com", "local.example.com", "xlocalhost.example.org",
                           "a.xlocal", "a.internal.example"}) {
    EXPECT_EQ(Check("https://" + std::string(host) + "/a"), Reason::kOk) << host;
  }
}

TEST(X5u, ListsOfHosts) {
  const X5uPolicy policy{.allowed_hosts = {"cr.example.com", ".example.net", "cr.corp.internal"},
                         .denied_hosts = {"evil.example.net", ".bad.example.net"}};
  const auto check = [&](const std::string& host) {
    return CheckX5u("https://" + host + "/a", policy);
  };
  for (const char* host : {"cr.example.com", "CR.Example.Com", "cr.example.com.", "a.example.net",
                           "b.a.example.net", "cr.corp.internal", "bad.example.net"}) {
    EXPECT_EQ(check(host), Reason::kOk) << host;
  }
  for (const char* host :
       {"a.cr.example.com", "example.com", "example.net", "xexample.net", "evil.example.net",
        "EVIL.example.net.", "a.bad.example.net", "other.internal", "127.0.0.1"}) {
    EXPECT_EQ(check(host), Reason::kX5uAddressDenied) << host;
  }
  // A literal address does not become a name by being listed, nor an internal name by its domain.
  const X5uPolicy listed{.allowed_hosts = {"127.0.0.1", ".internal"}};
  EXPECT_EQ(CheckX5u("https://127.0.0.1/a", listed), Reason::kX5uAddressDenied);
  EXPECT_EQ(CheckX5u("https://a.internal/a", listed), Reason::kX5uAddressDenied);
}

TEST(X5u, HostOf) {
  EXPECT_EQ(HostOfX5u("https://cert.example.com.:8443/a"), "cert.example.com");
  EXPECT_EQ(HostOfX5u("https://cert.example.com/a"), "cert.example.com");
  EXPECT_EQ(HostOfX5u("https:"), "");
}

TEST(AddressFilter, PublicAddresses) {
  for (const char* text : {"8.8.8.8",         "1.0.0.0",          "9.255.255.255",
                           "11.0.0.0",        "100.63.255.255",   "100.128.0.0",
                           "126.255.255.255", "128.0.0.0",        "168.63.129.15",
                           "168.63.129.17",   "169.253.255.255",  "169.255.0.0",
                           "172.15.255.255",  "172.32.0.0",       "191.255.255.255",
                           "192.0.1.0",       "192.0.3.0",        "192.88.98.255",
                           "192.88.100.0",    "192.167.255.255",  "192.169.0.0",
                           "198.17.255.255",  "198.20.0.0",       "198.51.99.255",
                           "198.51.101.0",    "203.0.112.255",    "203.0.114.0",
                           "223.255.255.255", "::ffff:8.8.8.8",   "2001:4860:4860::8888",
                           "2001:200::",      "2003::1",          "2606:4700::1111",
                           "3ffe::1",         "64:ff9b::808:808", "2002:808:808::1"}) {
    const auto ip = IpAddress::Parse(text);
    ASSERT_TRUE(ip.has_value()) << text;
    EXPECT_TRUE(IsPublicAddress(*ip)) << text;
  }
}

TEST(AddressFilter, EverythingElse) {
  for (const char* text : {"0.0.0.0",
                           "0.255.255.255",
                           "10.0.0.0",
                           "10.255.255.255",
                           "100.64.0.0",
                           "100.127.255.255",
                           "100.100.100.200",
                           "127.0.0.1",
                           "127.255.255.255",
                           "168.63.129.16",
                           "169.254.169.254",
                           "172.16.0.0",
                           "172.31.255.255",
                           "192.0.0.192",
                           "192.0.2.1",
                           "192.88.99.1",
                           "192.168.0.1",
                           "198.18.0.1",
                           "198.19.255.255",
                           "198.51.100.1",
                           "203.0.113.1",
                           "224.0.0.1",
                           "239.255.255.255",
                           "240.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "::ffff:127.0.0.1",
                           "::ffff:10.0.0.1",
                           "::10.0.0.1",
                           "::8.8.8.8",
                           "64:ff9b::a00:1",
                           "64:ff9b::7f00:1",
                           "64:ff9b::1:808:808",
                           "64:ff9b:1::808:808",
                           "100::1",
                           "2001::1",
                           "2001:1ff:ffff::1",
                           "2001:db8::1",
                           "2002:7f00:1::1",
                           "2002:a00:1::",
                           "2002:a9fe:a9fe::",
                           "3fff::1",
                           "3fff:fff::1",
                           "4000::1",
                           "5f00::1",
                           "fc00::1",
                           "fd00:ec2::254",
                           "fe80::1",
                           "fec0::1",
                           "ff02::1"}) {
    const auto ip = IpAddress::Parse(text);
    ASSERT_TRUE(ip.has_value()) << text;
    EXPECT_FALSE(IsPublicAddress(*ip)) << text;
  }
}

}  // namespace
}  // namespace sipward::identity
