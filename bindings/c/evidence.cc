#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

#include "engine/decision_record.h"
#include "engine/replayer.h"
#include "guard.h"
#include "handles.h"
#include "struct_size.h"
#include "verdict.h"

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside
namespace engine = sipward::engine;

static_assert(static_cast<int>(engine::Replayed::kSame) == SIPWARD_REPLAYED_SAME);
static_assert(static_cast<int>(engine::Replayed::kOther) == SIPWARD_REPLAYED_OTHER);
static_assert(static_cast<int>(engine::Replayed::kBroken) == SIPWARD_REPLAYED_BROKEN);
static_assert(static_cast<int>(engine::Replayed::kOtherRules) == SIPWARD_REPLAYED_OTHER_RULES);

struct sipward_replayer {
  std::unique_ptr<engine::Replayer> replayer;
  engine::Verdict verdict;
};

namespace {

constexpr uint32_t kRecordFlags = SIPWARD_RECORD_ON | SIPWARD_RECORD_BODIES;

int32_t WriteAll(std::string_view bytes, char* out, size_t capacity, size_t* size) {
  *size = bytes.size();
  if (bytes.size() > capacity) return SIPWARD_ERR_SPACE;
  std::copy(bytes.begin(), bytes.end(), out);
  return SIPWARD_OK;
}

}  // namespace

extern "C" {

int32_t sipward_compiler_keep_source(sipward_compiler* compiler) {
  if (!Usable(compiler) || compiler->built) return SIPWARD_ERR_ARGUMENT;
  compiler->compiler.KeepSource();
  return SIPWARD_OK;
}

int32_t sipward_compiler_add_source(sipward_compiler* compiler, const char* source, size_t size) {
  if (!Usable(compiler) || compiler->built || !UsableBytes(source, size)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return Guard([&] {
    return compiler->compiler.AddSource(View(source, size)) ? SIPWARD_OK : SIPWARD_ERR_RULES;
  });
}

int32_t sipward_rules_source(const sipward_rules* rules, sipward_text* source, sipward_text* hash) {
  if (!Usable(rules) || !Usable(source) || !Usable(hash)) return SIPWARD_ERR_ARGUMENT;
  *source = Text(rules->rules->source());
  *hash = Text(rules->rules->content_hash());
  return SIPWARD_OK;
}

int32_t sipward_inspector_record(sipward_inspector* inspector, uint32_t flags) {
  const bool on = (flags & SIPWARD_RECORD_ON) != 0;
  if (!Usable(inspector) || (flags & ~kRecordFlags) != 0 || (flags != 0 && !on)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return Guard([&] {
    if (on && inspector->tape == nullptr) {
      inspector->tape = std::make_unique<sipward::facts::Tape>();
    }
    inspector->inspector.Record(on ? inspector->tape.get() : nullptr,
                                (flags & SIPWARD_RECORD_BODIES) != 0);
    return SIPWARD_OK;
  });
}

int32_t sipward_inspector_take_record(const sipward_inspector* inspector, char* out,
                                      size_t capacity, size_t* size) {
  if (!Usable(inspector) || !UsableBytes(out, capacity) || !Usable(size)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return Guard([&]() -> int32_t {
    const std::string record = inspector->inspector.TakeRecord(inspector->verdict);
    if (record.empty()) return SIPWARD_END;
    return WriteAll(record, out, capacity, size);
  });
}

int32_t sipward_replayer_create(const sipward_rules* rules, sipward_replayer** out) {
  if (!Usable(rules) || !Usable(out)) return SIPWARD_ERR_ARGUMENT;
  return Guard([&] {
    auto replayer = std::make_unique<sipward_replayer>();
    replayer->replayer = engine::Replayer::Create(rules->rules);
    if (replayer->replayer == nullptr) return SIPWARD_ERR_NO_MEMORY;
    *out = replayer.release();
    return SIPWARD_OK;
  });
}

void sipward_replayer_destroy(sipward_replayer* replayer) {
  if (Usable(replayer)) delete replayer;
}

int32_t sipward_replayer_run(sipward_replayer* replayer, const char* record, size_t size,
                             uint32_t* outcome, sipward_verdict* out) {
  if (!Usable(replayer) || !UsableBytes(record, size) || !Usable(outcome) ||
      (out != nullptr && !HasStructSize(out))) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return Guard([&]() -> int32_t {
    const auto taken = engine::ReadRecord(View(record, size));
    if (!taken) return SIPWARD_ERR_MALFORMED;
    replayer->verdict.Clear();
    *outcome = static_cast<uint32_t>(replayer->replayer->Run(*taken, &replayer->verdict));
    if (out != nullptr) WriteVerdict(replayer->verdict, out);
    return SIPWARD_OK;
  });
}

int32_t sipward_replayer_describe(sipward_replayer* replayer, const char* record, size_t size,
                                  char* out, size_t capacity, size_t* out_size) {
  if (!Usable(replayer) || !UsableBytes(record, size) || !UsableBytes(out, capacity) ||
      !Usable(out_size)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return Guard([&]() -> int32_t {
    const auto taken = engine::ReadRecord(View(record, size));
    if (!taken) return SIPWARD_ERR_MALFORMED;
    const std::string text = replayer->replayer->Describe(*taken);
    if (text.empty()) return SIPWARD_ERR_ARGUMENT;
    return WriteAll(text, out, capacity, out_size);
  });
}

}  // extern "C"
