#include "feed_files.h"

#include <array>
#include <cstdio>

#include "feed_command.h"
#include "file.h"
#include "handle.h"
#include "text.h"

namespace sipward::cli {
namespace {

constexpr int64_t kYear = int64_t{366} * 86'400 * 1'000'000'000;

// The list says what the feed holds: it is of the first kind that fits.
constexpr std::array kKinds = {SIPWARD_FEED_NETWORK, SIPWARD_FEED_DOMAIN, SIPWARD_FEED_NUMBER,
                               SIPWARD_FEED_AGENT};

bool Unusable(const std::string& file, const std::string& why) {
  Complain(Printable(file) + ": " + why);
  return false;
}

sipward_feed_options OptionsOf(uint32_t kind, const std::string& list) {
  auto options = Sized<sipward_feed_options>();
  options.kind = kind;
  options.list = {list.data(), list.size()};
  options.ttl_ns = kYear;
  return options;
}

bool FillList(const std::string& list, const std::string& file, const sipward_engine* engine,
              int64_t now_ns) {
  std::string bytes;
  std::string error;
  if (!ReadFile(file, kMostFeedBytes, &bytes, &error)) {
    return Unusable(file, "cannot be read: " + error);
  }
  auto statistics = Sized<sipward_feed_statistics>();
  for (const uint32_t kind : kKinds) {
    const auto options = OptionsOf(kind, list);
    sipward_feed* made = nullptr;
    sipward_text wrong{};
    if (sipward_feed_create(&options, &made, &wrong) != SIPWARD_OK) break;
    const FeedHandle feed(made);
    const int32_t status = UpdateFeed(made, bytes, {}, engine, now_ns, &statistics);
    if (statistics.fault == SIPWARD_FEED_FAULT_NO_LIST) continue;
    const std::string said = FeedRefusals(made, file);
    std::fwrite(said.data(), 1, said.size(), stderr);
    if (status == SIPWARD_OK) return true;
    return Unusable(file, std::string("is refused: ") + sipward_feed_fault_name(statistics.fault));
  }
  return Unusable(file, "the rules have no dynamic list '" + Printable(list) + "'");
}

}  // namespace

void FeedFiles::AddOption(CLI::App* command) {
  const auto has_both = [](const std::string& text) {
    const size_t equals = text.find('=');
    const bool both = equals != std::string::npos && equals > 0 && equals + 1 < text.size();
    return both ? std::string() : "'" + Printable(text) + "' is not LIST=FILE";
  };
  command
      ->add_option("--feed", given_,
                   "Fill a list of the rules first, as feed_addresses=FILE; may be given several "
                   "times")
      ->type_name("LIST=FILE")
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->check(CLI::Validator(has_both, ""));
}

bool FeedFiles::Fill(const sipward_engine* engine, int64_t now_ns) const {
  for (const std::string& given : given_) {
    const size_t equals = given.find('=');
    if (!FillList(given.substr(0, equals), given.substr(equals + 1), engine, now_ns)) return false;
  }
  return true;
}

}  // namespace sipward::cli
