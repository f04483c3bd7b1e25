#include "records/column.h"

#include "base/ascii.h"

namespace sipward::records {
namespace {

constexpr std::string_view kColumnNames[] = {
#define SIPWARD_COLUMN(symbol, name) name,
#include "records/column.def"
#undef SIPWARD_COLUMN
};

struct Alias {
  std::string_view name;
  Column column;
};

// What Asterisk (cdr_csv, cdr_adaptive_odbc), FreeSWITCH (mod_cdr_csv, its variables), Kamailio
// (acc, acc_cdrs, with the extra columns that its documentation proposes) and exports call them.
constexpr Alias kAliases[] = {
    {"calldate", Column::kStart},
    {"start_time", Column::kStart},
    {"start_stamp", Column::kStart},
    {"start_epoch", Column::kStart},
    {"start_timestamp", Column::kStart},
    {"time", Column::kStart},
    {"answer_time", Column::kAnswer},
    {"answer_stamp", Column::kAnswer},
    {"answer_epoch", Column::kAnswer},
    {"answer_timestamp", Column::kAnswer},
    {"end_time", Column::kEnd},
    {"end_stamp", Column::kEnd},
    {"end_epoch", Column::kEnd},
    {"end_timestamp", Column::kEnd},
    {"hangup_cause", Column::kDisposition},
    {"sip_code", Column::kCode},
    {"accountcode", Column::kAccount},
    {"account_code", Column::kAccount},
    {"auth_user", Column::kAccount},
    {"src", Column::kCaller},
    {"caller_id_number", Column::kCaller},
    {"caller_number", Column::kCaller},
    {"src_user", Column::kCaller},
    {"src_username", Column::kCaller},
    {"caller_id_name", Column::kCallerName},
    {"caller_id", Column::kClid},
    {"dst", Column::kCallee},
    {"destination_number", Column::kCallee},
    {"callee_number", Column::kCallee},
    {"dst_user", Column::kCallee},
    {"dst_username", Column::kCallee},
    {"dst_ouser", Column::kDialled},
    {"src_ip", Column::kSourceIp},
    {"network_addr", Column::kSourceIp},
    {"sip_user_agent", Column::kUserAgent},
    {"callid", Column::kCallId},
    {"sip_call_id", Column::kCallId},
    {"uniqueid", Column::kId},
    {"unique_id", Column::kId},
    {"uuid", Column::kId},
    {"channel_name", Column::kChannel},
    {"dstchannel", Column::kFarChannel},
    {"bridge_channel", Column::kFarChannel},
    {"dcontext", Column::kContext},
};

// Small letters, and `_` for what else stands between words.
char Folded(char c) { return c == ' ' || c == '-' || c == '.' ? '_' : ToLower(c); }

bool Same(std::string_view name, std::string_view kept) {
  if (name.size() != kept.size()) return false;
  for (size_t i = 0; i < name.size(); ++i) {
    if (Folded(name[i]) != kept[i]) return false;
  }
  return true;
}

}  // namespace

std::string_view ColumnName(Column column) { return kColumnNames[static_cast<size_t>(column)]; }

std::optional<Column> FindColumn(std::string_view name) {
  for (size_t i = 0; i < kColumns; ++i) {
    if (kColumnNames[i] == name) return static_cast<Column>(i);
  }
  return std::nullopt;
}

Names::Names() {
  for (size_t i = 0; i < kColumns; ++i) Put(kColumnNames[i], static_cast<Column>(i));
  for (const Alias& alias : kAliases) Put(alias.name, alias.column);
}

size_t Names::SlotOf(std::string_view name) {
  size_t hash = name.size();
  for (const char c : name) hash = hash * 31 + static_cast<uint8_t>(Folded(c));
  return hash % kSlots;
}

bool Names::Put(std::string_view name, Column column) {
  if (name.empty() || name.size() > kMostName) return false;
  size_t slot = SlotOf(name);
  while (slots_[slot].size != 0 && !Same(name, slots_[slot].view())) slot = (slot + 1) % kSlots;
  Entry& entry = slots_[slot];
  if (entry.size == 0 && ++count_ > kMost) return false;
  entry.size = static_cast<uint8_t>(name.size());
  entry.column = column;
  for (size_t i = 0; i < name.size(); ++i) entry.name[i] = Folded(name[i]);
  return true;
}

std::optional<Column> Names::Find(std::string_view name) const {
  if (name.empty() || name.size() > kMostName) return std::nullopt;
  for (size_t slot = SlotOf(name); slots_[slot].size != 0; slot = (slot + 1) % kSlots) {
    if (Same(name, slots_[slot].view())) return slots_[slot].column;
  }
  return std::nullopt;
}

}  // namespace sipward::records
