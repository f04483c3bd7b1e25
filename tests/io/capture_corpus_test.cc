// How many SIP messages each capture of the corpus holds. tests/tools/tshark_compare.py compares
// what they say.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>

#include "io/capture.h"

namespace sipward::io {
namespace {

std::filesystem::path Corpus() {
  const char* folder = std::getenv("SIPWARD_CORPUS");
  return folder != nullptr ? folder : SIPWARD_CORPUS_DEFAULT;
}

const std::map<std::string, uint64_t>& Messages() {
  static const std::map<std::string, uint64_t> messages = {
      {"baresip_call.pcapng", 10},
      {"kam_sipp_calls.pcapng", 9092},
      {"kam_stir_hep.pcapng", 1200},
      {"sipsak_attacks.pcapng", 419},
      {"sipvicious_svcrack.pcapng", 2016},
      {"sipvicious_svcrack_qop.pcapng", 1688},
      {"sipvicious_svmap.pcapng", 6},
      {"sipvicious_svwar.pcapng", 6244},
      {"suricata-verify/sip-body-frames__public-cloudshark-sip-s0.pcap", 10},
      {"suricata-verify/sip-body-large__sip-body-large.pcap", 2},
      {"suricata-verify/sip-compact-form__sip_compact_form.pcap", 1},
      {"suricata-verify/sip-header-multi-value__sip_header_multi_val.pcap", 1},
      {"suricata-verify/sip-method__sip.pcap", 81},
      {"suricata-verify/sip-options-method__input.pcap", 2},
      {"suricata-verify/sip-pattern-matching__sip.pcap", 2},
      {"suricata-verify/sip-sdp__sdp.pcap", 2},
      {"suricata-verify/sip-ssdp-pm__ssdp.pcap", 0},
      {"suricata-verify/sip-tcp-method__sip-tcp.pcap", 2},
      {"suricata-verify/sip-tcp-pattern-matching__sip.pcap", 2},
  };
  return messages;
}

TEST(CaptureCorpus, EveryCaptureGivesItsMessagesWholeAndInOrder) {
  const std::filesystem::path folder = Corpus() / "captures";
  if (!std::filesystem::exists(folder)) {
    std::cout << "SKIPPED CaptureCorpus\n";
    GTEST_SKIP();
  }
  for (const auto& [name, expected] : Messages()) {
    SCOPED_TRACE(name);
    CaptureReader reader;
    ASSERT_TRUE(reader.Open(folder / name)) << reader.error();
    CaptureItem item;
    CaptureStatus status;
    uint64_t frame = 0;
    while ((status = reader.Next(&item)) == CaptureStatus::kMessage) {
      EXPECT_GE(item.frame, frame);
      EXPECT_FALSE(item.truncated);
      EXPECT_FALSE(item.unframed);
      EXPECT_EQ(item.packet.size, item.size);
      frame = item.frame;
    }
    EXPECT_EQ(status, CaptureStatus::kEnd) << reader.error();
    EXPECT_EQ(reader.statistics().messages, expected);
    EXPECT_EQ(reader.statistics().tcp_gaps, 0u);
    EXPECT_EQ(reader.statistics().unfinished_bytes, 0u);
    EXPECT_EQ(reader.statistics().dropped_malformed, 0u);
  }
}

}  // namespace
}  // namespace sipward::io
