#include "feed_command.h"

#include <array>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include "exit_code.h"
#include "file.h"
#include "handle.h"
#include "json.h"
#include "text.h"

namespace sipward::cli {
namespace {

constexpr size_t kMostOther = size_t{1} << 20;  // a key, a signature, an allow list
constexpr size_t kRefusals = 6;

constexpr std::array kKinds = {
    std::pair("address", SIPWARD_FEED_ADDRESS), std::pair("network", SIPWARD_FEED_NETWORK),
    std::pair("domain", SIPWARD_FEED_DOMAIN), std::pair("number", SIPWARD_FEED_NUMBER),
    std::pair("agent", SIPWARD_FEED_AGENT)};
constexpr std::array kFormats = {
    std::pair("auto", SIPWARD_FEED_AUTO), std::pair("lines", SIPWARD_FEED_LINES),
    std::pair("csv", SIPWARD_FEED_CSV), std::pair("json", SIPWARD_FEED_JSON)};

template <class Row>
uint32_t Named(const Row& row, const std::string& name) {
  for (const auto& [known, value] : row) {
    if (name == known) return static_cast<uint32_t>(value);
  }
  return 0;
}

sipward_text Text(const std::string& text) { return {text.data(), text.size()}; }

bool Read(const std::string& path, size_t most, std::string* contents) {
  if (path.empty()) return true;
  std::string error;
  if (ReadFile(path, most, contents, &error)) return true;
  Complain("cannot read " + path + ": " + error);
  return false;
}

std::string JsonString(std::string_view bytes) {
  std::string text;
  AppendJsonString(&text, bytes);
  return text;
}

std::string Summary(const sipward_feed_statistics& s, const std::string& file) {
  std::string text = Printable(file) + ": ";
  text += s.fault == SIPWARD_FEED_FAULT_NONE
              ? Grouped(s.entries) + (s.entries == 1 ? " entry" : " entries")
              : "refused: " + std::string(sipward_feed_fault_name(s.fault));
  uint64_t refused = 0;
  for (const uint64_t count : s.refused) refused += count;
  text += ", " + Grouped(refused) + " refused";
  std::string_view between = " (";
  for (uint32_t i = 0; i < kRefusals; ++i) {
    if (s.refused[i] == 0) continue;
    text += std::string(between) + sipward_feed_refusal_name(i) + " " + Grouped(s.refused[i]);
    between = ", ";
  }
  if (refused != 0) text += ')';
  if (s.timestamp != 0) text += ", signed at " + std::to_string(s.timestamp);
  if (s.cursor_size != 0) text += ", next: " + Printable({s.cursor, s.cursor_size});
  return text + '\n';
}

std::string JsonLine(const sipward_feed_statistics& s, const std::string& file) {
  std::string text = "{\"file\":" + JsonString(file) + ",\"fault\":";
  text +=
      s.fault == SIPWARD_FEED_FAULT_NONE ? "null" : JsonString(sipward_feed_fault_name(s.fault));
  text += ",\"entries\":" + std::to_string(s.entries) + ",\"refused\":{";
  for (uint32_t i = 0; i < kRefusals; ++i) {
    text += (i == 0 ? "" : ",") + JsonString(sipward_feed_refusal_name(i)) + ":" +
            std::to_string(s.refused[i]);
  }
  text += "},\"timestamp\":" + std::to_string(s.timestamp);
  return text + ",\"cursor\":" + JsonString({s.cursor, s.cursor_size}) + "}\n";
}

}  // namespace

int32_t UpdateFeed(sipward_feed* feed, const std::string& bytes, const std::string& signature,
                   const sipward_engine* engine, int64_t now_ns,
                   sipward_feed_statistics* statistics) {
  int32_t status =
      sipward_feed_begin(feed, bytes.data(), bytes.size(), signature.data(), signature.size(), 0);
  if (status == SIPWARD_OK) {
    status = sipward_feed_step(feed, engine, std::numeric_limits<uint64_t>::max(), now_ns);
  }
  sipward_feed_read_statistics(feed, statistics);
  return status;
}

std::string FeedRefusals(const sipward_feed* feed, const std::string& file) {
  std::string text;
  auto info = Sized<sipward_feed_refusal_info>();
  for (uint32_t i = 0; sipward_feed_refusal(feed, i, &info) == SIPWARD_OK; ++i) {
    text += Printable(file) + ":" + std::to_string(info.line) + ":" + std::to_string(info.column) +
            ": " + sipward_feed_refusal_name(info.refusal);
    if (info.text_size != 0) text += ": " + Printable({info.text, info.text_size});
    text += '\n';
  }
  return text;
}

void FeedOptions::Add(CLI::App* app) {
  CLI::App* feed = app->add_subcommand("feed", "Check feeds: blacklists that fill lists of rules");
  feed->require_subcommand(1);
  feed->footer("Example:\n  sipward feed check drop.txt");
  check_ =
      feed->add_subcommand("check", "Say what a feed would put on a list, and what it would not");
  check_->add_option("FILE", request_.file, "The feed; - is the standard input")
      ->type_name("")
      ->required();
  const auto chosen = [](const auto& row) {
    std::vector<std::string> names;
    for (const auto& [name, unused] : row) names.emplace_back(name);
    return names;
  };
  check_->add_option("--kind", request_.kind, "What it holds; network if it is not said")
      ->type_name("address|network|domain|number|agent")
      ->check(CLI::IsMember(chosen(kKinds)).description(""));
  check_->add_option("--format", request_.format, "How it is written; found out if it is not said")
      ->type_name("lines|csv|json")
      ->check(CLI::IsMember(chosen(kFormats)).description(""));
  const auto text = [this](const char* name, std::string* value, const char* about,
                           const char* type) {
    check_->add_option(name, *value, about)->type_name(type);
  };
  text("--column", &request_.column, "The column of entries, by number or name; of JSON, the key",
       "NAME");
  text("--ttl-column", &request_.ttl_column, "The column that says how long an entry stands",
       "NAME");
  text("--reason-column", &request_.reason_column, "The column that says why", "NAME");
  text("--home", &request_.home,
       "The calling code of your country, of which no short prefix is taken", "CODE");
  text("--allowed", &request_.allowed, "Entries that are never blocked, one a line", "FILE");
  text("--key", &request_.key, "The public key of minisign that must have signed it", "FILE");
  text("--signature", &request_.signature, "Its signature, made by minisign", "FILE");
  check_->add_flag("--json", request_.json, "One line of JSON instead");
  check_->footer(
      "Entries that are refused are named with line and column, the first 64 of them.\n"
      "\n"
      "Examples:\n"
      "  sipward feed check drop.txt\n"
      "  sipward feed check --kind number --home 49 wangiri.csv\n"
      "  sipward feed check --key feed.pub --signature bad.json.minisig bad.json\n"
      "\n"
      "Exit status: 0 every entry would be taken, 1 some would be refused, 2 the feed would be, or "
      "cannot\n"
      "be read.");
}

int FeedOptions::Run() const {
  std::string bytes, key, signature, allowed;
  if (!Read(request_.file, kMostFeedBytes, &bytes) || !Read(request_.key, kMostOther, &key) ||
      !Read(request_.signature, kMostOther, &signature) ||
      !Read(request_.allowed, kMostOther, &allowed)) {
    return kExitUnusable;
  }
  const std::string list = "feed";
  auto options = Sized<sipward_feed_options>();
  options.kind = Named(kKinds, request_.kind);
  options.format = Named(kFormats, request_.format);
  options.list = Text(list);
  options.column = Text(request_.column);
  options.ttl_column = Text(request_.ttl_column);
  options.reason_column = Text(request_.reason_column);
  options.home = Text(request_.home);
  options.key = Text(key);
  options.allowed = Text(allowed);
  sipward_feed* made = nullptr;
  sipward_text wrong{};
  if (sipward_feed_create(&options, &made, &wrong) != SIPWARD_OK) {
    Complain("--" + std::string(View(wrong)) + " cannot be used");
    return kExitUnusable;
  }
  const FeedHandle feed(made);
  auto statistics = Sized<sipward_feed_statistics>();
  const int32_t status = UpdateFeed(made, bytes, signature, nullptr, 0, &statistics);
  const std::string text =
      request_.json ? JsonLine(statistics, request_.file)
                    : FeedRefusals(made, request_.file) + Summary(statistics, request_.file);
  if (!Print(text) || status != SIPWARD_OK) return Finish(kExitUnusable);
  return Finish(statistics.refusals_shown == 0 ? kExitOk : kExitFound);
}

}  // namespace sipward::cli
