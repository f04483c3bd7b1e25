#include "evidence_options.h"

namespace sipward::cli {
namespace {

constexpr char kPath[] = "A folder of evidence, or a bundle that 'evidence export' made of one";

void AddPath(CLI::App* command, std::string* path) {
  command->add_option("PATH", *path, kPath)->type_name("")->required();
}

void AddFilter(CLI::App* command, EvidenceFilter* filter) {
  CLI::Option* sequence =
      command
          ->add_option_function<uint64_t>(
              "--sequence", [filter](uint64_t number) { filter->first = filter->last = number; },
              "The decision with this number")
          ->type_name("N");
  command->add_option("--from", filter->first, "None with a lower number")
      ->type_name("N")
      ->excludes(sequence);
  command->add_option("--to", filter->last, "None with a higher number")
      ->type_name("N")
      ->excludes(sequence);
  command->add_option("--action", filter->action, "Those with this action")
      ->type_name("ACTION")
      ->check(CLI::IsMember({"allow", "flag", "challenge", "throttle", "hold", "reject", "drop"})
                  .description(""));
  command->add_option("--rule", filter->rule, "Those that this rule matched")->type_name("NAME");
  command
      ->add_option("--text", filter->text,
                   "Those in whose record TEXT stands: a Call-ID, a number, an account")
      ->type_name("TEXT");
}

}  // namespace

void EvidenceOptions::Add(CLI::App* app) {
  evidence_ = app->add_subcommand("evidence", "Check, show, give on and replay what was decided");
  evidence_->require_subcommand(1);
  evidence_->footer(
      "Evidence is made by --evidence DIR of inspect, watch and cdr.\n"
      "\n"
      "Examples:\n"
      "  sipward inspect --evidence log calls.pcapng\n"
      "  sipward evidence verify log\n"
      "  sipward evidence show log\n"
      "  sipward evidence replay log\n"
      "  sipward evidence export log case.bundle --rule toll_fraud");
  AddVerify();
  AddShow();
  AddExport();
  AddReplay();
  AddForget();
  AddKeys();
}

void EvidenceOptions::AddVerify() {
  verify_ = evidence_->add_subcommand("verify", "Say whether anything was changed, and where");
  AddPath(verify_, &verify_request_.path);
  verify_
      ->add_option("--key", verify_request_.key,
                   "Who alone may have signed: a public key, or the file that holds it")
      ->type_name("KEY");
  verify_
      ->add_option("--expect", verify_request_.expect,
                   "The head that an earlier 'verify' printed: it must still stand there, so that "
                   "nobody has cut off or written anew what was behind it")
      ->type_name("SEQUENCE:HASH");
  verify_->add_flag("--json", verify_request_.json, "One line of JSON");
  verify_->footer(
      "Finds entries that were changed, removed, repeated, moved or cut off, records that do not "
      "fit\n"
      "their keys, and signatures that do not hold. Keep the head that it prints elsewhere.\n"
      "\n"
      "Examples:\n"
      "  sipward evidence verify log\n"
      "  sipward evidence verify --key sign.pub case.bundle\n"
      "\n"
      "Exit status: 0 whole, 1 it was changed or breaks off, 2 it cannot be read.");
}

void EvidenceOptions::AddShow() {
  show_ = evidence_->add_subcommand("show", "Show the decisions, or all of one of them");
  AddPath(show_, &show_request_.path);
  AddFilter(show_, &show_request_.filter);
  show_
      ->add_option("--mask", show_request_.mask_key,
                   "Replace what is personal by pseudonyms under the key in FILE, which is made if "
                   "need be; 'evidence unmask' undoes them")
      ->type_name("FILE");
  show_->add_flag("--json", show_request_.json, "One line of JSON for every decision");
  show_->footer(
      "Examples:\n"
      "  sipward evidence show log --action drop\n"
      "  sipward evidence show log --sequence 17\n"
      "  sipward evidence show log --mask mask.key --json > for-the-analyst.jsonl\n"
      "\n"
      "Exit status: 0 shown, 1 the log was changed or breaks off, 2 it cannot be read.");
}

void EvidenceOptions::AddExport() {
  export_ = evidence_->add_subcommand("export", "Make a bundle of decisions for somebody else");
  AddPath(export_, &export_request_.path);
  export_->add_option("OUT", export_request_.out, "The file to be made")->type_name("")->required();
  AddFilter(export_, &export_request_.filter);
  export_->footer(
      "A bundle has the chosen decisions with their keys and the rules that they are of. Of all\n"
      "others it has the hash alone. 'evidence verify', 'show' and 'replay' read it like a "
      "folder.\n"
      "\n"
      "Example:\n"
      "  sipward evidence export log case.bundle --text a84b4c76e66710@pc33.example.com\n"
      "\n"
      "Exit status: 0 made, 2 the log cannot be read or is not whole, or nothing can be written.");
}

void EvidenceOptions::AddReplay() {
  replay_ = evidence_->add_subcommand("replay", "Judge the decisions again and compare");
  AddPath(replay_, &replay_request_.path);
  AddFilter(replay_, &replay_request_.filter);
  replay_->add_flag("--json", replay_request_.json,
                    "One line of JSON for every decision, and one for all");
  replay_->footer(
      "Runs the stored octets through the stored rules, with the values that were read then.\n"
      "\n"
      "Example:\n"
      "  sipward evidence replay log\n"
      "\n"
      "Exit status: 0 every verdict is the same, 1 one is not, or the log was changed, 2 it cannot "
      "be\n"
      "read.");
}

void EvidenceOptions::AddForget() {
  forget_ =
      evidence_->add_subcommand("forget", "Destroy the keys of decisions; the chain stays whole");
  forget_->add_option("DIR", forget_request_.folder, "A folder of evidence that nobody writes now")
      ->type_name("")
      ->required();
  forget_->add_option("SEQUENCE", forget_request_.sequences, "Their numbers")
      ->type_name("")
      ->required();
  forget_
      ->add_option("--key", forget_request_.key_file, "The signing key, if it is not DIR/sign.key")
      ->type_name("FILE");
  forget_->footer(
      "Time, action and rules of a decision stay readable, nothing else does. Bundles and backups\n"
      "have keys of their own.\n"
      "\n"
      "Example:\n"
      "  sipward evidence forget log 17 23\n"
      "\n"
      "Exit status: 0 done, 2 not, or not all.");
}

void EvidenceOptions::AddKeys() {
  key_ = evidence_->add_subcommand("key", "Make a key to sign with, and print its public half");
  key_->add_option("FILE", key_request_.file, "The file to be made; beside it comes FILE.pub")
      ->type_name("")
      ->required();
  key_->footer(
      "Example:\n"
      "  sipward evidence key office.key\n"
      "\n"
      "Exit status: 0 made, 2 not: there is such a file, or it cannot be written.");
  unmask_ = evidence_->add_subcommand("unmask", "Say what stands behind pseudonyms");
  unmask_->add_option("--mask", unmask_request_.mask_key, "The key of the mask")
      ->type_name("FILE")
      ->required();
  unmask_->add_option("PSEUDONYM", unmask_request_.pseudonyms, "As 'show --mask' wrote them")
      ->type_name("")
      ->required();
  unmask_->footer(
      "Example:\n"
      "  sipward evidence unmask --mask mask.key '~p3m0cK...'\n"
      "\n"
      "Exit status: 0 all are said, 1 one is no pseudonym of this key, 2 the key cannot be read.");
}

int EvidenceOptions::Run() {
  if (verify_->parsed()) return RunEvidenceVerify(verify_request_);
  if (show_->parsed()) return RunEvidenceShow(show_request_);
  if (export_->parsed()) return RunEvidenceExport(export_request_);
  if (replay_->parsed()) return RunEvidenceReplay(replay_request_);
  if (forget_->parsed()) return RunEvidenceForget(forget_request_);
  if (key_->parsed()) return RunEvidenceKey(key_request_);
  return RunEvidenceUnmask(unmask_request_);
}

}  // namespace sipward::cli
