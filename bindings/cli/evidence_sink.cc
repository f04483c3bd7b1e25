#include "evidence_sink.h"

#include <algorithm>
#include <chrono>

#include "file.h"
#include "json.h"
#include "text.h"

namespace sipward::cli {
namespace {

constexpr size_t kMostExecutable = size_t{1} << 30;

int64_t Now() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// Who judged: name, version and the hash of the program, which holds the library.
std::string SoftwareJson() {
  std::string out, bytes, error;
  JsonWriter json(&out);
  json.BeginObject();
  json.Key("name").String("sipward");
  json.Key("version").String(VersionText());
  json.Key("hash");
  if (ReadFile("/proc/self/exe", kMostExecutable, &bytes, &error)) {
    json.String(evidence::ToHex(evidence::HashOf(bytes)));
  } else {
    json.Null();
  }
  json.EndObject();
  return out;
}

std::string SettingsJson(const EvidenceRequest& request, std::string_view command) {
  std::string out;
  JsonWriter json(&out);
  json.BeginObject();
  json.Key("command").String(command);
  json.Key("level").String(request.level);
  json.Key("bodies").Number(request.bodies ? "true" : "false");
  json.EndObject();
  return out;
}

// What stays readable of a decision whose key is destroyed: nothing personal.
std::string SummaryOf(const sipward_verdict& verdict) {
  std::string out;
  JsonWriter json(&out);
  json.Key("action").String(sipward_action_name(verdict.action));
  json.Key("score").Int(verdict.score);
  json.Key("rules").BeginArray();
  for (uint32_t i = 0; i < verdict.hit_count; ++i) json.String(View(verdict.hits[i].rule));
  json.EndArray();
  return out;
}

}  // namespace

void AddEvidenceOptions(CLI::App* command, EvidenceRequest* request) {
  CLI::Option* folder =
      command
          ->add_option("--evidence", request->folder,
                       "Keep what is decided, and all that it depended on, in the folder DIR: "
                       "'sipward evidence' checks, shows and replays it")
          ->type_name("DIR");
  command
      ->add_option("--evidence-level", request->level,
                   "The mildest action that is kept; the usual is flag")
      ->type_name("ACTION")
      ->check(CLI::IsMember({"allow", "flag", "challenge", "throttle", "hold", "reject", "drop"})
                  .description(""))
      ->needs(folder);
  command
      ->add_flag("--evidence-bodies", request->bodies,
                 "Keep the bodies of messages, too; without it, what the rules asked of them is "
                 "kept")
      ->needs(folder);
  command
      ->add_option("--evidence-key", request->key_file,
                   "Sign with the key in FILE instead of DIR/sign.key, which is made if need be")
      ->type_name("FILE")
      ->needs(folder);
  command
      ->add_option("--evidence-sync", request->sync_seconds,
                   "Write out and sign at least every SECONDS; the usual is 1; 0: each entry")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.0, 86'400.0).description(""))
      ->needs(folder);
  command
      ->add_option("--evidence-segment", request->segment_mb,
                   "Begin another file behind MB megabytes; the usual is 64")
      ->type_name("MB")
      ->check(CLI::Range(1, 1024).description(""))
      ->needs(folder);
  command
      ->add_option("--evidence-days", request->keep_days,
                   "Remove files whose last entry is older than DAYS; without it, all stay")
      ->type_name("DAYS")
      ->check(CLI::Range(1, 36'500).description(""))
      ->needs(folder);
}

bool EvidenceSink::Usable(const std::string& error) {
  if (!error.empty()) Complain("evidence: " + error);
  return error.empty();
}

bool EvidenceSink::Open(const EvidenceRequest& request, std::string_view command) {
  if (request.folder.empty()) return true;
  constexpr int64_t kSecond = 1'000'000'000;
  request_ = request;
  for (level_ = 0; sipward_action_name(level_) != request.level;) ++level_;
  io::EvidenceOptions options;
  options.folder = request.folder;
  options.key_file = request.key_file;
  options.segment_bytes = uint64_t{request.segment_mb} << 20;
  options.sync_ns = static_cast<int64_t>(request.sync_seconds * static_cast<double>(kSecond));
  options.keep_ns = int64_t{request.keep_days} * 86'400 * kSecond;
  options.software = SoftwareJson();
  options.settings = SettingsJson(request, command);
  if (!Usable(log_.Open(options, Now()))) return false;
  if (!log_.recovered().empty()) {
    Complain("evidence: " + request.folder + ": " + log_.recovered());
  }
  // What is due with each entry waits for nobody; a loop that never waits would be for nothing.
  constexpr int64_t kLeast = kSecond / 100;
  if (options.sync_ns > 0) patience_ns_ = std::max(options.sync_ns, kLeast);
  active_ = true;
  return true;
}

bool EvidenceSink::Begin(const sipward_rules* rules, sipward_inspector* inspector) {
  if (!active_) return true;
  sipward_text source{};
  sipward_text hash{};
  static_cast<void>(sipward_rules_source(rules, &source, &hash));
  const uint32_t flags =
      SIPWARD_RECORD_ON | (request_.bodies ? uint32_t{SIPWARD_RECORD_BODIES} : 0);
  const int32_t status = sipward_inspector_record(inspector, flags);
  if (status != SIPWARD_OK) return Usable(sipward_status_text(status));
  return Usable(log_.AddRules(View(hash), View(source)));
}

bool EvidenceSink::Take(const sipward_inspector* inspector, const sipward_verdict& verdict,
                        int64_t wall_ns, std::optional<uint64_t>* sequence) {
  if (!active_ || verdict.action < level_) return true;
  size_t size = record_.size();
  int32_t status = SIPWARD_ERR_SPACE;
  while (status == SIPWARD_ERR_SPACE) {
    if (record_.size() < size) record_.resize(size);
    status = sipward_inspector_take_record(inspector, record_.data(), record_.size(), &size);
  }
  if (status == SIPWARD_END) {
    ++too_large_;
    return true;
  }
  if (status != SIPWARD_OK) return Usable(sipward_status_text(status));
  const std::string_view record(record_.data(), size);
  const std::string error = log_.AddDecision(wall_ns, SummaryOf(verdict), record, Now());
  if (sequence != nullptr && error.empty()) *sequence = log_.last_decision();
  return Usable(error);
}

bool EvidenceSink::Tick() { return !active_ || Usable(log_.Tick(Now())); }

bool EvidenceSink::Close() {
  if (!active_) return true;
  active_ = false;
  if (too_large_ != 0) {
    Complain("evidence: " + Counted(too_large_, "decision") +
             " depended on more than a record has room for, and is not kept");
  }
  return Usable(log_.Close(Now()));
}

}  // namespace sipward::cli
