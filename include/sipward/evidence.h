// Decisions that can be judged again, without the state that they were made with.
//
//   inspector.Record();
//   const auto verdict = inspector.Inspect(packet);
//   if (verdict.action() >= sipward::Action::kFlag) Keep(inspector.TakeRecord().value());
//   ...
//   auto replayer = sipward::Replayer::Create(rules).value();
//   if (replayer.Run(record).value() == sipward::Replayed::kSame) ...
#ifndef SIPWARD_EVIDENCE_H_
#define SIPWARD_EVIDENCE_H_

#include <sipward.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "sipward/handle.h"
#include "sipward/result.h"
#include "sipward/rules.h"
#include "sipward/status.h"

namespace sipward {

enum class Replayed : uint8_t {
  kSame = SIPWARD_REPLAYED_SAME,              // the same verdict, rule by rule and value by value
  kOther = SIPWARD_REPLAYED_OTHER,            // another
  kBroken = SIPWARD_REPLAYED_BROKEN,          // the record does not fit itself: it was changed
  kOtherRules = SIPWARD_REPLAYED_OTHER_RULES  // it was made by other rules than these
};

// One thread's. Holds the rules.
class Replayer {
 public:
  // kNoMemory if no state can be made for the rules.
  static Result<Replayer> Create(const Rules& rules) {
    sipward_replayer* replayer = nullptr;
    const Status status = Status::FromC(sipward_replayer_create(rules.c_rules(), &replayer));
    if (!status.ok()) return Error{status};
    return Replayer(replayer);
  }

  // Judges a record of Inspector::TakeRecord again. kMalformed if the bytes are none.
  Result<Replayed> Run(std::string_view record) {
    uint32_t outcome = 0;
    const Status status = Status::FromC(
        sipward_replayer_run(replayer_.get(), record.data(), record.size(), &outcome, nullptr));
    if (!status.ok()) return Error{status};
    return static_cast<Replayed>(outcome);
  }

  // The record for people, as JSON. kMalformed if the bytes are none, kArgument if it was made by
  // other rules.
  Result<std::string> Describe(std::string_view record) {
    std::string text;
    size_t size = 0;
    int32_t status = SIPWARD_ERR_SPACE;
    do {
      text.resize(size);
      status = sipward_replayer_describe(replayer_.get(), record.data(), record.size(), text.data(),
                                         text.size(), &size);
    } while (status == SIPWARD_ERR_SPACE);
    if (status != SIPWARD_OK) return Error{Status::FromC(status)};
    return text;
  }

 private:
  explicit Replayer(sipward_replayer* replayer) noexcept : replayer_(replayer) {}

  detail::Handle<sipward_replayer, sipward_replayer_destroy> replayer_;
};

}  // namespace sipward

#endif  // SIPWARD_EVIDENCE_H_
