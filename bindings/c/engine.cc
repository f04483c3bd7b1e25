#include <algorithm>
#include <cstring>
#include <memory>

#include "caller_trust.h"
#include "guard.h"
#include "handles.h"
#include "message_values.h"
#include "struct_size.h"

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside
using sipward::engine::Engine;

extern "C" {

int32_t sipward_engine_create(const sipward_rules* rules, sipward_state* state,
                              const sipward_engine_options* options, sipward_engine** out) {
  if (!Usable(rules) || !Usable(state) || !Usable(out)) return SIPWARD_ERR_ARGUMENT;
  sipward_engine_options given{};
  sipward::engine::Options engine_options;
  if (options != nullptr && !ReadStruct(options, &given)) return SIPWARD_ERR_ARGUMENT;
  if (!ToProfile(given.profile, &engine_options.profile)) return SIPWARD_ERR_ARGUMENT;
  engine_options.report_only = given.report_only != 0;
  engine_options.identity_by_host = given.identity_by_host != 0;
  engine_options.calls_by_host = given.calls_by_host != 0;
  engine_options.call_capacity = given.call_capacity;
  if (given.analytics_rows > sipward::analytics::kMostRows) return SIPWARD_ERR_ARGUMENT;
  engine_options.analytics.rows = given.analytics_rows;
  if (given.short_call_ms != 0) {
    engine_options.analytics.short_call = given.short_call_ms * sipward::kMillisecond;
  }
  TakePolicy(given.policy, &engine_options.accepted, &engine_options.refused);
  return Guard([&]() -> int32_t {
    if (!ToCallerTrust(given, &engine_options.trust)) return SIPWARD_ERR_ARGUMENT;
    auto engine = std::make_unique<sipward_engine>();
    engine->engine = Engine::Create(rules->rules, state->region, engine_options);
    if (engine->engine == nullptr) return SIPWARD_ERR_STATE_FULL;
    *out = engine.release();
    return SIPWARD_OK;
  });
}

void sipward_engine_destroy(sipward_engine* engine) {
  if (Usable(engine)) delete engine;
}

int32_t sipward_engine_reload(const sipward_engine* engine, const sipward_rules* rules,
                              sipward_misfit* misfit) {
  if (!Usable(engine) || !Usable(rules) || (misfit != nullptr && !HasStructSize(misfit))) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return Guard([&]() -> int32_t {
    sipward::engine::Misfit why;
    if (engine->engine->Reload(rules->rules, &why)) return SIPWARD_OK;
    if (misfit != nullptr) {
      sipward_misfit told{};
      told.bytes = why.bytes;
      told.room = why.room;
      const size_t size = std::min(why.signature.size(), sizeof told.signature);
      std::copy_n(why.signature.begin(), size, told.signature);
      told.signature_size = static_cast<uint32_t>(size);
      WriteStruct(told, misfit);
    }
    return SIPWARD_ERR_STATE_FULL;
  });
}

}  // extern "C"
