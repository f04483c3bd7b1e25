// Bans, dynamic lists, statistics and notices of an engine, and telephone numbers through the C
// interface: any keys, times and cursors.
#ifndef SIPWARD_FUZZ_SUPPORT_C_KEYS_H_
#define SIPWARD_FUZZ_SUPPORT_C_KEYS_H_

#include <cstdint>
#include <string_view>

#include "fuzz/support/c_analytics.h"
#include "fuzz/support/c_evidence.h"
#include "fuzz/support/c_feed.h"
#include "fuzz/support/c_hep.h"
#include "fuzz/support/c_objects.h"
#include "fuzz/support/input.h"
#include "sipward.h"

namespace sipward::fuzz {

inline void UseBans(Input& input, const sipward_engine* engine) {
  const uint32_t kind = input.Byte() % 4;
  const std::string_view key = input.Byte() < 128 ? "192.0.2.1" : input.Text();
  const std::string_view reason = input.Text();
  const int64_t now = input.Number();
  Output<sipward_ban> ban(input);
  Known(sipward_engine_ban_add(engine, kind, key.data(), key.size(), reason.data(), reason.size(),
                               input.Number(), now));
  Known(sipward_engine_ban_find(engine, kind, key.data(), key.size(), now, ban.get()));
  uint64_t cursor = input.Byte();
  Known(sipward_engine_ban_next(engine, now, &cursor, ban.get()));
  const sipward_ban told = ban.Read();
  Require(told.key_size <= sizeof told.key && told.reason_size <= sizeof told.reason);
  if (input.Byte() < 128) {
    Known(sipward_engine_ban_remove(engine, kind, key.data(), key.size(), now));
  }
}

// `list` may be the name of none.
inline void UseList(Input& input, const sipward_engine* engine) {
  const std::string_view list = input.Byte() < 192 ? "x" : input.Text();
  const std::string_view key = input.Byte() < 128 ? "192.0.2.1" : input.Text();
  const std::string_view reason = input.Text();
  const int64_t now = input.Number();
  Output<sipward_list_entry> entry(input);
  Known(sipward_engine_list_add(engine, list.data(), list.size(), key.data(), key.size(),
                                reason.data(), reason.size(), input.Number(), now));
  Known(sipward_engine_list_find(engine, list.data(), list.size(), key.data(), key.size(), now,
                                 entry.get()));
  uint64_t cursor = input.Byte();
  Known(sipward_engine_list_next(engine, list.data(), list.size(), now, &cursor, entry.get()));
  const sipward_list_entry told = entry.Read();
  Require(told.key_size <= sizeof told.key && told.reason_size <= sizeof told.reason);
  if (input.Byte() < 128) {
    Known(
        sipward_engine_list_remove(engine, list.data(), list.size(), key.data(), key.size(), now));
  }
  if (input.Byte() >= 224) UseFeed(input, engine);
}

inline void SetBudget(Input& input, sipward_compiler* compiler) {
  sipward_rule_budget budget{};
  budget.struct_size = sizeof budget;
  budget.state_bytes = uint64_t{input.Number()} << 8;
  budget.event_ns = input.Number();
  Known(sipward_compiler_set_budget(compiler, &budget));
  UseSource(input, compiler);
}

inline void LookUpNumber(Input& input) {
  const std::string_view number = input.Byte() < 64 ? "+18765230123" : input.Text();
  Output<sipward_number_info> info(input);
  Known(sipward_number_lookup(number.data(), number.size(), info.get()));
  const sipward_number_info told = info.Read();
  Require(told.type <= SIPWARD_NUMBER_SATELLITE && told.country.size <= 3);
  const std::string_view home = input.Byte() < 192 ? "DE" : input.Text();
  sipward_text country{};
  Known(sipward_number_country(home.data(), home.size(), &country));
  Require(country.size == 0 || country.size == 2);
  char digits[SIPWARD_NUMBER_DIGITS];
  const size_t capacity = input.Byte() % (sizeof digits + 1);
  size_t size = 0;
  const int32_t status = sipward_number_canonical(number.data(), number.size(), home.data(),
                                                  home.size(), digits, capacity, &size);
  Known(status);
  Require(size <= sizeof digits && (status != SIPWARD_OK || size <= capacity));
  UseHep(input);
}

// What the engine counted and tells, and what it is told of calls.
inline void UseStatistics(Input& input, const sipward_engine* engine) {
  const std::string_view call_id = input.Text();
  Known(sipward_engine_feedback(engine, call_id.data(), call_id.size(), input.Byte() % 3,
                                input.Number()));
  Output<sipward_rule_statistics> rule(input);
  Known(sipward_engine_rule_statistics(engine, input.Byte() % 4, rule.get()));
  Require(rule.Read().name_size <= sizeof rule.Read().name);
  Output<sipward_notice> notice(input);
  uint64_t cursor = input.Byte() < 192 ? 0 : static_cast<uint64_t>(input.Number());
  while (sipward_engine_notice_next(engine, &cursor, notice.get()) == SIPWARD_OK) {
    const sipward_notice told = notice.Read();
    Require(told.subject_size <= sizeof told.subject && told.key_size <= sizeof told.key);
    Require(sipward_notice_name(told.code) != nullptr);
    Require(sipward_notice_sentence(told.code) != nullptr);
  }
  UseAnalytics(input, engine);
}

}  // namespace sipward::fuzz

#endif  // SIPWARD_FUZZ_SUPPORT_C_KEYS_H_
