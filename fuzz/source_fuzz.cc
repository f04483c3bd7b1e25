// Sources of rules, as records bring them: any bytes into a compiler. What builds has a source of
// its own, and out of that come the same rules.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "fuzz/support/input.h"
#include "rules/rules.h"
#include "rules/source.h"

namespace sipward::rules {
namespace {

using fuzz::Require;

// Compiling a pattern takes milliseconds.
bool IsDear(std::string_view source) {
  return source.find("matches") != source.npos || source.find("pattern") != source.npos;
}

void Compile(std::string_view source) {
  SourceReader reader(source);
  std::string_view name, by, content;
  size_t size = 0;
  for (auto part = reader.Next(&name, &by, &content);
       part == SourceReader::Part::kText || part == SourceReader::Part::kFile;
       part = reader.Next(&name, &by, &content)) {
    size += name.size() + by.size() + content.size();
  }
  Require(size <= source.size());
  if (IsDear(source)) return;
  Compiler compiler;
  compiler.KeepSource();
  if (!compiler.AddSource(source)) return;
  const auto rules = compiler.Build();
  if (rules == nullptr) return;
  Compiler again;
  again.KeepSource();
  Require(again.AddSource(rules->source()));
  const auto same = again.Build();
  Require(same != nullptr && same->content_hash() == rules->content_hash() &&
          same->source() == rules->source());
}

}  // namespace
}  // namespace sipward::rules

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  sipward::rules::Compile({reinterpret_cast<const char*>(data), size});
  return 0;
}
