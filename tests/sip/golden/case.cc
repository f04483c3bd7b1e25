#include "tests/sip/golden/case.h"

#include <algorithm>
#include <optional>

#include "tests/sip/golden/escape.h"
#include "tests/sip/support.h"

namespace sipward::sip::golden {
namespace {

// What `{INVITE}` stands for, without its empty line. README.md shows it.
constexpr std::string_view kInviteLine = "INVITE sip:bob@example.com SIP/2.0\r\n";
constexpr std::string_view kHeaders[] = {
    "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1\r\n",
    "Max-Forwards: 70\r\n",
    "From: \"Alice\" <sip:alice@example.org>;tag=1\r\n",
    "To: <sip:bob@example.com>\r\n",
    "Call-ID: a1@192.0.2.1\r\n",
    "CSeq: 1 INVITE\r\n",
};

std::vector<std::string> SplitWords(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const size_t begin = text.find_first_not_of(", ");
    if (begin == text.npos) break;
    text.remove_prefix(begin);
    const size_t end = std::min(text.find_first_of(", "), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

// `{INVITE}`, `{headers}`, each maybe `without X, Y`. Absent: it is none of these.
std::optional<std::string> Expand(std::string_view frame) {
  frame = frame.substr(1, frame.size() - 2);
  constexpr std::string_view kWithout = " without ";
  std::vector<std::string> left_out;
  const size_t without = frame.find(kWithout);
  if (without != frame.npos) {
    left_out = SplitWords(frame.substr(without + kWithout.size()));
    frame = frame.substr(0, without);
  }
  if (frame != "INVITE" && frame != "headers") return std::nullopt;
  std::string text(frame == "INVITE" ? kInviteLine : "");
  for (const std::string_view header : kHeaders) {
    const auto is = [&](const std::string& name) { return header.starts_with(name + ':'); };
    const auto found = std::find_if(left_out.begin(), left_out.end(), is);
    if (found == left_out.end()) {
      text += header;
    } else {
      left_out.erase(found);
    }
  }
  if (!left_out.empty()) return std::nullopt;
  return text;
}

// Reads a page line by line: heading, sentence, message block, expectation block.
class PageReader {
 public:
  PageReader(std::string_view file, std::vector<Problem>* problems)
      : file_(file), problems_(problems) {}

  void Take(std::string_view line) {
    ++line_;
    if (block_ != Block::kNone) return TakeInBlock(line);
    if (line.starts_with("## ")) return TakeHeading(line.substr(3));
    if (cases_.empty() || line.empty()) return;
    if (line.starts_with("```")) return OpenBlock(line.substr(3));
    std::string& why = cases_.back().why;
    why += (why.empty() ? "" : " ") + std::string(line);
  }

  std::vector<Case> Finish() {
    if (block_ != Block::kNone) Complain("the page ends inside a block");
    CheckLast();
    return std::move(cases_);
  }

 private:
  enum class Block { kNone, kMessage, kExpect };

  void Complain(std::string what) { problems_->push_back({file_, line_, std::move(what)}); }

  // A case that something is missing from.
  void CheckLast() {
    if (cases_.empty()) return;
    const Case& last = cases_.back();
    const auto complain = [&](std::string what) {
      problems_->push_back({file_, last.line, std::move(what)});
    };
    if (last.why.empty()) complain("no sentence says why");
    if (!message_seen_) complain("no ```sip block");
    if (last.expect_line == 0) complain("no ```expect block");
  }

  void TakeHeading(std::string_view heading) {
    CheckLast();
    Case next;
    next.file = file_;
    next.line = line_;
    const size_t colon = heading.find(": ");
    const std::string_view claim = heading.substr(0, std::min(colon, heading.size()));
    const bool raises = claim.starts_with("raises ");
    if (raises || claim.starts_with("misses ")) {
      if (colon == heading.npos) Complain("a colon and a title are missing behind the names");
      (raises ? next.raises : next.misses) = SplitWords(claim.substr(7));
      heading.remove_prefix(std::min(claim.size() + 2, heading.size()));
    }
    next.title = heading;
    cases_.push_back(std::move(next));
    message_seen_ = false;
  }

  void OpenBlock(std::string_view info) {
    Case& current = cases_.back();
    const std::vector<std::string> words = SplitWords(info);
    if (!words.empty() && words[0] == "sip" && !message_seen_) {
      block_ = Block::kMessage;
      message_seen_ = true;
      if (words.size() == 2 && words[1] == "stream") {
        current.stream = true;
      } else if (words.size() == 3 && words[1] == "file") {
        current.corpus = words[2];
      } else if (words.size() != 1) {
        Complain("a message is `sip`, `sip stream` or `sip file NAME`");
      }
    } else if (info == "expect" && current.expect_line == 0) {
      block_ = Block::kExpect;
      current.expect_line = line_;
    } else {
      Complain("a case has one ```sip block and one ```expect block");
    }
  }

  void TakeInBlock(std::string_view line) {
    if (line == "```") {
      block_ = Block::kNone;
    } else if (block_ == Block::kExpect) {
      cases_.back().expect.emplace_back(line);
    } else if (!cases_.back().corpus.empty()) {
      Complain("a message of the corpus is not written down here");
    } else if (line.starts_with("{") && line.ends_with("}")) {
      const std::optional<std::string> frame = Expand(line);
      if (!frame) return Complain("there is no frame " + std::string(line));
      cases_.back().bytes += *frame;
    } else {
      std::string wrong;
      const std::optional<std::string> bytes = Unescape(line, &wrong);
      if (!bytes) return Complain("there is no escape " + wrong);
      cases_.back().bytes += *bytes;
    }
  }

  std::string file_;
  std::vector<Problem>* problems_;
  std::vector<Case> cases_;
  Block block_ = Block::kNone;
  bool message_seen_ = false;
  int line_ = 0;
};

}  // namespace

std::vector<Case> ReadPage(std::string_view file, std::string_view text,
                           std::vector<Problem>* problems) {
  PageReader reader(file, problems);
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    reader.Take(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return reader.Finish();
}

std::filesystem::path CasesPath() {
  return std::filesystem::path(SIPWARD_SOURCE_DIR) / "tests" / "sip" / "golden" / "cases";
}

std::vector<Case> ReadAllPages(std::vector<Problem>* problems) {
  std::vector<std::filesystem::path> pages;
  for (const auto& entry : std::filesystem::directory_iterator(CasesPath())) {
    if (entry.path().extension() == ".md") pages.push_back(entry.path());
  }
  std::sort(pages.begin(), pages.end());
  std::vector<Case> all;
  for (const auto& page : pages) {
    std::vector<Case> cases = ReadPage(page.filename().string(), ReadFile(page), problems);
    std::move(cases.begin(), cases.end(), std::back_inserter(all));
  }
  return all;
}

bool LoadMessage(const Case& test, std::string* bytes) {
  if (test.corpus.empty()) {
    *bytes = test.bytes;
    return true;
  }
  const std::filesystem::path path = CorpusPath() / "sip" / test.corpus;
  if (!std::filesystem::exists(path)) return false;
  *bytes = ReadFile(path);
  return true;
}

}  // namespace sipward::sip::golden
