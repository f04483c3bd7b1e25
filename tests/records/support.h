// Rows read, for tests.
#ifndef SIPWARD_TESTS_RECORDS_SUPPORT_H_
#define SIPWARD_TESTS_RECORDS_SUPPORT_H_

#include <string>
#include <string_view>
#include <vector>

#include "records/records.h"

namespace sipward::records {

// A record and its texts, which a Record only points to.
struct KeptRecord {
  Record record;
  std::string account, trunk, caller, caller_name, callee, dialled, user_agent, call_id, id;

  explicit KeptRecord(const Record& read)
      : record(read),
        account(read.account),
        trunk(read.trunk),
        caller(read.caller),
        caller_name(read.caller_name),
        callee(read.callee),
        dialled(read.dialled),
        user_agent(read.user_agent),
        call_id(read.call_id),
        id(read.id) {}
};

// All rows of a text.
inline std::vector<KeptRecord> ReadAll(std::string_view text, Reader& reader) {
  std::vector<KeptRecord> out;
  Record record;
  size_t taken = 0;
  while (reader.Next(text, true, &taken, &record) == Reader::Step::kRow) {
    text.remove_prefix(taken);
    out.emplace_back(record);
  }
  return out;
}
inline std::vector<KeptRecord> ReadAll(std::string_view text, const Options& options = {}) {
  Reader reader(options);
  return ReadAll(text, reader);
}

// The reasons of all rows, by name.
inline std::vector<std::string_view> Reasons(std::string_view text, const Options& options = {}) {
  std::vector<std::string_view> out;
  for (const KeptRecord& kept : ReadAll(text, options)) {
    out.push_back(ReasonName(kept.record.reason));
  }
  return out;
}

// A row of Master.csv, with what a test changes.
struct AsteriskRow {
  std::string account;
  std::string src = "1001", dst = "493012345678", context = "from-internal";
  std::string clid = R"("""Ann"" <1001>")";
  std::string channel = "SIP/1001-0000abcd", far_channel = "PJSIP/carrier-a-00000012";
  std::string start = "2026-03-01 10:00:00", answer = "2026-03-01 10:00:05",
              end = "2026-03-01 10:01:05";
  std::string duration = "65", billsec = "60", disposition = "ANSWERED", id = "1772359200.1";

  std::string Text() const {
    return "\"" + account + "\",\"" + src + "\",\"" + dst + "\",\"" + context + "\"," + clid +
           ",\"" + channel + "\",\"" + far_channel + "\",\"Dial\",\"SIP/carrier/1,60\",\"" + start +
           "\",\"" + answer + "\",\"" + end + "\"," + duration + "," + billsec + ",\"" +
           disposition + "\",\"DOCUMENTATION\",\"" + id + "\",\"\"";
  }
};

inline constexpr Nanos kMarchFirstTen = 1'772'359'200 * kSecond;  // 2026-03-01 10:00 UTC

}  // namespace sipward::records

#endif  // SIPWARD_TESTS_RECORDS_SUPPORT_H_
