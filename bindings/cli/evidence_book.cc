#include "evidence_book.h"

namespace sipward::cli {

void EvidenceBook::Take(const evidence::Entry& entry) {
  const auto hash = evidence::TextOf(evidence::Find(entry.body, "hash"));
  auto source = evidence::BytesOfBase64(evidence::Find(entry.body, "source"));
  if (!hash || !source) return;
  Rules& rules = rules_[*hash];
  if (rules.source.empty()) rules.source = std::move(*source);
}

// What compiles to another hash is not what the log says that it is.
ReplayerHandle EvidenceBook::Compile(const std::string& source, const std::string& hash) {
  sipward_compiler* made = nullptr;
  if (sipward_compiler_create(&made) != SIPWARD_OK) return nullptr;
  const CompilerHandle compiler(made);
  sipward_rules* built = nullptr;
  if (sipward_compiler_add_source(made, source.data(), source.size()) != SIPWARD_OK ||
      sipward_compiler_build(made, &built) != SIPWARD_OK) {
    return nullptr;
  }
  const RulesHandle rules(built);
  sipward_text text{};
  sipward_text found{};
  static_cast<void>(sipward_rules_source(built, &text, &found));
  sipward_replayer* replayer = nullptr;
  if (View(found) != hash || sipward_replayer_create(built, &replayer) != SIPWARD_OK) {
    return nullptr;
  }
  return ReplayerHandle(replayer);
}

sipward_replayer* EvidenceBook::Find(const std::string& hash) {
  const auto at = rules_.find(hash);
  if (at == rules_.end()) return nullptr;
  Rules& rules = at->second;
  if (!rules.compiled) rules.replayer = Compile(rules.source, hash);
  rules.compiled = true;
  return rules.replayer.get();
}

std::string EvidenceBook::HashOf(std::string_view record) {
  const std::string_view head = record.substr(0, record.find('\n'));
  return evidence::TextIn(head, "rules");
}

std::string DescribeRecord(sipward_replayer* replayer, std::string_view record) {
  std::string text;
  size_t size = 16'384;
  int32_t status = SIPWARD_ERR_SPACE;
  while (replayer != nullptr && status == SIPWARD_ERR_SPACE) {
    text.resize(size);
    status = sipward_replayer_describe(replayer, record.data(), record.size(), text.data(),
                                       text.size(), &size);
  }
  text.resize(status == SIPWARD_OK ? size : 0);
  return text;
}

}  // namespace sipward::cli
