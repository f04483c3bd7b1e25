#include "tests/peers/report.h"

#include <algorithm>

namespace sipward::peers {
namespace {

constexpr std::string_view kUnexplained = "none";
constexpr size_t kLongestExample = 120;

// What is disagreed on, as a number that sorts: accepting first, then the fields.
size_t KindOf(const Disagreement& disagreement) {
  return disagreement.field ? 1 + static_cast<size_t>(*disagreement.field) : 0;
}

std::string_view KindName(size_t kind) {
  return kind == 0 ? "accept or refuse" : FieldName(static_cast<Field>(kind - 1));
}

// As it may stand between backticks in a cell of a table.
std::string Escaped(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string escaped;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (c == '\r') {
      escaped += "\\r";
    } else if (c == '\n') {
      escaped += "\\n";
    } else if (c == '\t') {
      escaped += "\\t";
    } else if (octet < 0x20 || octet >= 0x7F || c == '|' || c == '`') {
      escaped += "\\x";
      escaped += kHex[octet >> 4];
      escaped += kHex[octet & 0xF];
    } else {
      escaped += c;
    }
  }
  if (escaped.size() > kLongestExample) escaped = escaped.substr(0, kLongestExample) + "...";
  return escaped;
}

std::string Cell(std::string_view text) {
  return text.empty() ? "empty" : "`" + Escaped(text) + "`";
}

// What a peer says of the thing that is disagreed on.
std::string ReadingOf(const Reading& answer, const std::optional<Field>& field) {
  if (!field || !answer.accepted()) return std::string(OutcomeName(answer.outcome));
  const std::optional<std::string>& value = answer[*field];
  return value ? Cell(*value) : "absent";
}

double Ratio(uint64_t part, uint64_t whole, double otherwise) {
  return whole == 0 ? otherwise : static_cast<double>(part) / static_cast<double>(whole);
}

void PrintTally(std::FILE* out, const std::string& name, const Tally& tally) {
  std::fprintf(out, "%-18s %8llu %10llu %8llu   %6.4f %10llu %8llu   %6.4f\n", name.c_str(),
               static_cast<unsigned long long>(tally.messages),
               static_cast<unsigned long long>(tally.disagreements),
               static_cast<unsigned long long>(tally.covered), tally.Recall(),
               static_cast<unsigned long long>(tally.agreeing),
               static_cast<unsigned long long>(tally.alarmed), tally.FalseRate());
}

}  // namespace

double Tally::Recall() const { return Ratio(covered, disagreements, 1); }

double Tally::FalseRate() const { return Ratio(alarmed, agreeing, 0); }

Tally& Tally::operator+=(const Tally& other) {
  messages += other.messages;
  disagreements += other.disagreements;
  covered += other.covered;
  agreeing += other.agreeing;
  alarmed += other.alarmed;
  return *this;
}

void Report::Add(const Corpus& corpus, const Verdict& verdict) {
  if (corpora_.empty() || corpora_.back().name != corpus.name) {
    corpora_.push_back({corpus.name, corpus.counts_for_recall, corpus.own, {}});
  }
  Tally one;
  one.messages = 1;
  one.agreeing = verdict.all_agree ? 1 : 0;
  one.alarmed = verdict.all_agree && !verdict.alarms.empty() ? 1 : 0;
  for (const Disagreement& disagreement : verdict.disagreements) {
    Tally this_kind;
    this_kind.disagreements = 1;
    this_kind.covered = disagreement.anomaly ? 1 : 0;
    if (corpus.counts_for_recall) kinds_[KindOf(disagreement)] += this_kind;
    one += this_kind;
    if (corpus.own && corpus.in_table) AddRow(verdict, disagreement);
  }
  corpora_.back().tally += one;
}

void Report::AddRow(const Verdict& verdict, const Disagreement& disagreement) {
  const std::string_view anomaly =
      disagreement.anomaly ? sip::Describe(*disagreement.anomaly).name : kUnexplained;
  Row& row = rows_[{KindOf(disagreement), disagreement.where, std::string(anomaly)}];
  ++row.count;
  for (size_t i = 0; i < kPeerCount; ++i) {
    ++row.accepts[i][verdict.answers[i].accepted()];
  }
  // The shortest line shows it best.
  if (row.count != 1 && disagreement.line.size() >= row.example.size()) return;
  row.example = disagreement.line;
  for (size_t i = 0; i < kPeerCount; ++i) {
    row.readings[i] = ReadingOf(verdict.answers[i], disagreement.field);
  }
}

Tally Report::Total() const {
  Tally total;
  for (const Named& corpus : corpora_) {
    if (corpus.counts_for_recall) total += corpus.tally;
  }
  return total;
}

bool Report::Holds(std::FILE* out) const {
  bool holds = true;
  const auto check = [&](const std::string& name, const Tally& tally, double most_false) {
    if (tally.Recall() < kLeastRecall) {
      std::fprintf(out, "FAILED: recall below %.2f: %s\n", kLeastRecall, name.c_str());
      holds = false;
    }
    if (tally.agreeing >= kFewestAgreeing && tally.FalseRate() > most_false) {
      std::fprintf(out, "FAILED: false rate above %.2f: %s\n", most_false, name.c_str());
      holds = false;
    }
  };
  bool shared = false;
  for (const Named& corpus : corpora_) {
    if (corpus.own) check(corpus.name, corpus.tally, kMostFalseRateGenerated);
    shared = shared || !corpus.own;
  }
  check("all", Total(), shared ? kMostFalseRate : kMostFalseRateGenerated);
  return holds;
}

void Report::PrintNumbers(std::FILE* out) const {
  std::fprintf(out, "%-18s %8s %10s %8s   %6s %10s %8s   %6s\n", "", "messages", "disagreed",
               "covered", "recall", "all agree", "alarmed", "false");
  for (const Named& corpus : corpora_) {
    PrintTally(out, corpus.counts_for_recall ? corpus.name : corpus.name + " *", corpus.tally);
  }
  PrintTally(out, "all but those *", Total());
  std::fprintf(out, "\n%-18s %10s %8s   %6s\n", "", "disagreed", "covered", "recall");
  for (const auto& [kind, tally] : kinds_) {
    std::fprintf(out, "%-18s %10llu %8llu   %6.4f\n", std::string(KindName(kind)).c_str(),
                 static_cast<unsigned long long>(tally.disagreements),
                 static_cast<unsigned long long>(tally.covered), tally.Recall());
  }
}

void WriteList(const std::string& message_name, std::string_view message, const Verdict& verdict,
               std::ostream& out) {
  const Parts parts(message);
  for (const Disagreement& disagreement : verdict.disagreements) {
    out << message_name << '\t' << KindName(KindOf(disagreement)) << '\t' << disagreement.where
        << '\t';
    std::string alarms;
    for (const sip::Anomaly& alarm : verdict.alarms) {
      if (disagreement.anomaly && parts.Text(parts.At(alarm.offset)) == disagreement.line) {
        alarms += std::string(sip::Describe(alarm.id).name) + ' ';
      }
    }
    out << (disagreement.anomaly ? alarms : "MISS") << '\t';
    for (size_t i = 0; i < kPeerCount; ++i) {
      out << AllPeers()[i]->name << '=' << ReadingOf(verdict.answers[i], disagreement.field) << ' ';
    }
    out << '\t' << Escaped(disagreement.line) << '\n';
  }
  if (!verdict.all_agree) return;
  for (const sip::Anomaly& alarm : verdict.alarms) {
    const size_t part = parts.At(alarm.offset);
    out << message_name << "\tFALSE\t" << parts.Name(part) << '\t' << sip::Describe(alarm.id).name
        << "\t\t" << Escaped(parts.Text(part)) << '\n';
  }
}

std::string Report::Table() const {
  std::string text =
      "# What other programs read\n\n"
      "Written by `bash tests/peers/run.sh --table`; the test fails if it is out of date. "
      "README.md "
      "beside it says how to read it.\n\n"
      "| what | header | n | osip2 | sofia | re | belle-sip | anomaly | example |\n"
      "|---|---|---|---|---|---|---|---|---|\n";
  for (const auto& [key, row] : rows_) {
    const auto& [kind, where, anomaly] = key;
    text += "| " + std::string(KindName(kind)) + " | " + where + " | " + std::to_string(row.count);
    for (size_t i = 0; i < kPeerCount; ++i) {
      const std::string counts = std::to_string(row.accepts[i][1]) + " of " +
                                 std::to_string(row.accepts[i][0] + row.accepts[i][1]);
      text += " | " + (kind == 0 ? counts : row.readings[i]);
    }
    text += " | " + anomaly + " | " + Cell(row.example) + " |\n";
  }
  return text;
}

}  // namespace sipward::peers
