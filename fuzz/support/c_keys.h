// Bans, dynamic lists of an engine and telephone numbers through the C interface: any keys, times
// and cursors.
#ifndef SIPWARD_FUZZ_SUPPORT_C_KEYS_H_
#define SIPWARD_FUZZ_SUPPORT_C_KEYS_H_

#include <cstdint>
#include <string_view>

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
}

inline void LookUpNumber(Input& input) {
  const std::string_view number = input.Byte() < 64 ? "+18765230123" : input.Text();
  Output<sipward_number_info> info(input);
  Known(sipward_number_lookup(number.data(), number.size(), info.get()));
  const sipward_number_info told = info.Read();
  Require(told.type <= SIPWARD_NUMBER_SATELLITE && told.country.size <= 3);
}

}  // namespace sipward::fuzz

#endif  // SIPWARD_FUZZ_SUPPORT_C_KEYS_H_
