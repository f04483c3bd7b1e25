// What an inspector makes of the rules that run.
#ifndef SIPWARD_ENGINE_JUDGEMENT_H_
#define SIPWARD_ENGINE_JUDGEMENT_H_

#include <memory>
#include <utility>

#include "engine/emergency.h"
#include "engine/engine.h"
#include "engine/guards.h"

namespace sipward::engine {

struct Judgement {
  Judgement(const Engine& engine, const EngineTables& tables,
            std::shared_ptr<const Generation> current, rules::Asking asking)
      : generation(std::move(current)),
        evaluator(generation->rules(), engine.region(), generation->tables(), asking),
        guards(engine.region(), generation->rules().FindList("allowed"), tables),
        emergency(engine.region(), generation->rules(), tables) {}

  std::shared_ptr<const Generation> generation;  // outlives what stands below
  rules::Evaluator evaluator;
  Guards guards;
  EmergencyGuard emergency;
};

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_JUDGEMENT_H_
