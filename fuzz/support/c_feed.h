// Feeds through the C interface: any options, bytes and steps.
#ifndef SIPWARD_FUZZ_SUPPORT_C_FEED_H_
#define SIPWARD_FUZZ_SUPPORT_C_FEED_H_

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "fuzz/support/c_objects.h"
#include "fuzz/support/input.h"
#include "sipward.h"

namespace sipward::fuzz {

inline void ReadFeed(Input& input, const sipward_feed* feed) {
  Output<sipward_feed_statistics> statistics(input);
  Known(sipward_feed_read_statistics(feed, statistics.get()));
  const sipward_feed_statistics told = statistics.Read();
  Require(told.cursor_size <= sizeof told.cursor && told.refusals_shown <= 64);
  Require(sipward_feed_fault_name(told.fault) != nullptr);
  Output<sipward_feed_refusal_info> info(input);
  for (uint32_t i = 0; sipward_feed_refusal(feed, i, info.get()) == SIPWARD_OK; ++i) {
    const sipward_feed_refusal_info refused = info.Read();
    Require(refused.text_size <= sizeof refused.text && i < 64);
    Require(sipward_feed_refusal_name(refused.refusal) != nullptr);
  }
}

// `engine` may be NULL.
inline void UseFeed(Input& input, const sipward_engine* engine) {
  const auto text = [&](std::string_view usual) {
    const std::string_view chosen = input.Byte() < 224 ? usual : input.Text();
    return sipward_text{chosen.data(), chosen.size()};
  };
  sipward_feed_options options{};
  options.struct_size = sizeof options;
  options.kind = input.Byte() % 7;
  options.format = input.Byte() % 5;
  options.flags = input.Byte() % 5;
  options.ttl_ns = int64_t{input.Number()} * 1'000'000;
  options.most_shrink = input.Number();
  options.ipv4_bits = input.Byte() % 40;
  options.ipv6_bits = input.Byte();
  options.digits = input.Byte() % 80;
  options.list = text("x");
  options.name = text("");
  options.column = text("");
  options.ttl_column = text("");
  options.reason_column = text("");
  options.home = text("49");
  options.key = text("");
  options.allowed = text("192.0.2.1");
  sipward_feed* feed = nullptr;
  sipward_text wrong{};
  Known(sipward_feed_create(&options, &feed, &wrong));
  if (feed == nullptr) return;
  for (int update = 0; update < 3; ++update) {
    const std::string_view bytes = input.Text(), signature = input.Text();
    Known(sipward_feed_begin(feed, bytes.data(), bytes.size(), signature.data(), signature.size(),
                             input.Byte() % 2));
    for (int steps = 0; steps < 8; ++steps) {
      const uint64_t work = uint64_t{input.Byte()} << 12;
      if (sipward_feed_step(feed, engine, work, input.Number()) != SIPWARD_INCOMPLETE) break;
    }
    ReadFeed(input, feed);
  }
  sipward_feed_destroy(feed);
}

}  // namespace sipward::fuzz

#endif  // SIPWARD_FUZZ_SUPPORT_C_FEED_H_
