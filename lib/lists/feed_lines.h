// Feeds of lines, plain and with commas.
#ifndef SIPWARD_LISTS_FEED_LINES_H_
#define SIPWARD_LISTS_FEED_LINES_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lists/feed.h"

namespace sipward::lists {

// Gives a text line by line, and counts them.
class Lines {
 public:
  explicit Lines(std::string_view bytes);
  bool done() const { return at_ >= bytes_.size(); }
  std::string_view Take();
  uint32_t number() const { return number_; }  // of the line that was taken, from 1

 private:
  std::string_view bytes_;
  size_t at_ = 0;
  uint32_t number_ = 0;
};

// An entry a line: its first word, or, of numbers and agents, all of it. What stands behind ';',
// '#' or, of addresses and domains, white space, is its reason.
class LineReader final : public FeedReader {
 public:
  LineReader(const FeedSettings& settings, std::string_view bytes)
      : kind_(settings.kind), lines_(bytes) {}
  FeedItem Next() override;

 private:
  FeedKind kind_;
  Lines lines_;
};

// RFC 4180, with ';' or a tab for the comma if the first line has more of these; lines that begin
// with '#' are comments.
class CsvReader final : public FeedReader {
 public:
  CsvReader(const FeedSettings& settings, std::string_view bytes);
  FeedItem Next() override;

 private:
  struct Cell {
    std::string text;
    uint32_t line, column;
  };
  bool Row(std::vector<Cell>* cells);
  FeedItem Broken();
  std::optional<size_t> ColumnOf(const std::string& wanted, const std::vector<Cell>& header) const;
  bool TakeHeader();

  std::string_view bytes_;
  size_t at_ = 0;
  uint32_t line_ = 1;
  char comma_ = ',';
  bool broken_ = false;
  bool started_ = false;
  std::string column_, ttl_column_, reason_column_;
  std::optional<size_t> entry_, ttl_, reason_;
};

}  // namespace sipward::lists

#endif  // SIPWARD_LISTS_FEED_LINES_H_
