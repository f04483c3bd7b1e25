#include "rule_options.h"

namespace sipward::cli {

void AddRuleOptions(CLI::App* command, RuleSource* source) {
  command
      ->add_option("--rules", source->files,
                   "Add the rules of FILE to the default rules; may be given several times")
      ->type_name("FILE")
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  AddNoDefaultRules(command, source);
}

void AddNoDefaultRules(CLI::App* command, RuleSource* source) {
  command->add_flag(
      "--no-default-rules", [source](int64_t) { source->default_pack = false; },
      "Leave out the rules that come with sipward");
}

}  // namespace sipward::cli
