// Objects of sipward.h that destroy themselves.
#ifndef SIPWARD_BINDINGS_CLI_HANDLE_H_
#define SIPWARD_BINDINGS_CLI_HANDLE_H_

#include <memory>
#include <string_view>

#include "sipward.h"

namespace sipward::cli {

template <auto kDestroy>
struct Destroyer {
  template <typename T>
  void operator()(T* object) const {
    kDestroy(object);
  }
};

using CompilerHandle = std::unique_ptr<sipward_compiler, Destroyer<sipward_compiler_destroy>>;
using RulesHandle = std::unique_ptr<sipward_rules, Destroyer<sipward_rules_destroy>>;
using StateHandle = std::unique_ptr<sipward_state, Destroyer<sipward_state_destroy>>;
using EngineHandle = std::unique_ptr<sipward_engine, Destroyer<sipward_engine_destroy>>;
using InspectorHandle = std::unique_ptr<sipward_inspector, Destroyer<sipward_inspector_destroy>>;
using MessageHandle = std::unique_ptr<sipward_message, Destroyer<sipward_message_destroy>>;
using FramerHandle = std::unique_ptr<sipward_framer, Destroyer<sipward_framer_destroy>>;

// A struct of sipward.h with its size set and everything else zero.
template <typename T>
T Sized() {
  T value{};
  value.struct_size = sizeof(T);
  return value;
}

inline std::string_view View(const sipward_text& text) { return {text.data, text.size}; }

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_HANDLE_H_
