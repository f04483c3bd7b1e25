// Every parser on every prefix of every input, the last byte before a page that nobody may read.
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>

#include "tests/sip/values_everything.h"
#include "tests/sip/values_support.h"

namespace sipward::sip::values_test {
namespace {

// Two pages, the second unreadable.
class GuardedPage {
 public:
  GuardedPage() : size_(static_cast<size_t>(sysconf(_SC_PAGESIZE))) {
    void* pages =
        mmap(nullptr, 2 * size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED) return;
    pages_ = static_cast<char*>(pages);
    if (mprotect(pages_ + size_, size_, PROT_NONE) != 0) ADD_FAILURE() << "mprotect";
  }
  ~GuardedPage() {
    if (pages_ != nullptr) munmap(pages_, 2 * size_);
  }
  GuardedPage(const GuardedPage&) = delete;
  GuardedPage& operator=(const GuardedPage&) = delete;

  bool ok() const { return pages_ != nullptr; }
  const char* base() const { return pages_; }
  // The text, ending where the readable page ends.
  Slice Put(std::string_view text) {
    const size_t offset = size_ - text.size();
    std::memcpy(pages_ + offset, text.data(), text.size());
    return {static_cast<uint32_t>(offset), static_cast<uint32_t>(text.size())};
  }

 private:
  size_t size_;
  char* pages_ = nullptr;
};

constexpr std::string_view kInputs[] = {
    "sip:alice:pw@[2001:db8::1]:5060;transport=tcp;lr?Route=%3Csip:x%3E&a=",
    "sip:a@b@c%4:99999;;x=",
    "tel:+1-201-555-0123;ext=7",
    "urn:service:sos",
    "\"A \\\"B\\\\\" \r\n <sip:a@b.example;lr>;tag=1;q=0.5;expires=7;x=\"y\\",
    "Bell, Alexander <sip:a@b.example>;tag=43;tag=44",
    "\"Mr. J <sip:j@b.example",
    "*;expires=0",
    "SIP / 2.0 / UDP [2001:db8::9:1] : 5060 "
    ";branch=z9hG4bK;received=2001:db8::1;rport;ttl=1;maddr=h",
    "SIP/2.0/UDP 2001:db8::1;;",
    "0009\r\n  INVITE",
    "Digest username=\"bob\", realm=\"r\", qop=auth, nc=1, x, response=\"\\\"",
    "INVITE  sip:a@b.example; lr SIP/2.0 ",
    "SIP/2.0 4294967301 x",
    "Wed, 15 Jul 2026 16:00:00 GMT",
    "v=0\r\no=- 1 18446744073709551616 IN IP4 x\r\nm=audio 65536 x\r\nt=1 1\r\n",
    "multipart/x;boundary=\"7a9\"\r\n--7a9\r\n--7a9--",
};

TEST(GuardTest, NothingIsReadBehindTheEndOfAnyPrefix) {
  GuardedPage page;
  ASSERT_TRUE(page.ok());
  for (const std::string_view input : kInputs) {
    for (size_t length = 0; length <= input.size(); ++length) {
      ParseAsEverything(page.base(), page.Put(input.substr(0, length)));
    }
  }
}

TEST(GuardTest, WhatStandsBesideTheSliceChangesNothing) {
  for (const std::string_view input : kInputs) {
    std::string found[2];
    for (const bool other : {false, true}) {
      const std::string bytes =
          std::string(4, other ? '"' : ' ') + std::string(input) + (other ? ">\"9" : "\0;<");
      const Slice text{4, static_cast<uint32_t>(input.size())};
      AnomalyLog log = EmptyLog();
      NameAddr address;
      ParseNameAddr(bytes.data(), text, Limits{}, log, &address);
      Via via;
      ParseVia(bytes.data(), text, Limits{}, log, &via);
      found[other] = Names(log) + Show(bytes.data(), {{"d", address.display},
                                                      {"u", address.uri.text},
                                                      {"p", address.params},
                                                      {"h", via.host},
                                                      {"v", via.params}});
    }
    EXPECT_EQ(found[0], found[1]) << input;
  }
}

}  // namespace
}  // namespace sipward::sip::values_test
