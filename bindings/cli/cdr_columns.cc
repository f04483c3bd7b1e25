#include "cdr_columns.h"

#include <algorithm>
#include <optional>

namespace sipward::cli {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsKey(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

struct Value {
  bool is_text = false;
  std::string text;
  uint32_t number = 0;
};

class ColumnsReader {
 public:
  ColumnsReader(std::string_view text, CdrColumns* out) : text_(text), out_(*out) {}

  bool Run(std::string* error) {
    while (!text_.empty() && error_.empty()) {
      ++line_;
      const size_t end = std::min(text_.find('\n'), text_.size());
      row_ = text_.substr(0, end);
      at_ = 0;
      text_.remove_prefix(std::min(end + 1, text_.size()));
      Line();
    }
    if (error_.empty() && out_.columns.empty())
      Fail("there is no table [columns] with a column in it");
    *error = error_;
    return error_.empty();
  }

 private:
  void Fail(std::string_view why) {
    if (!error_.empty()) return;
    error_ = std::to_string(line_) + ":" + std::to_string(at_ + 1) + ": " + std::string(why);
  }
  void Space() {
    while (at_ < row_.size() && IsBlank(row_[at_])) ++at_;
  }
  bool Take(char c) {
    if (at_ == row_.size() || row_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool AtEnd() {
    Space();
    return at_ == row_.size() || row_[at_] == '#';
  }
  std::string Key() {
    const size_t from = at_;
    while (at_ < row_.size() && IsKey(row_[at_])) ++at_;
    return std::string(row_.substr(from, at_ - from));
  }

  void Line() {
    if (line_ == 1 && row_.substr(0, 3) == "\xEF\xBB\xBF") at_ = 3;
    if (AtEnd()) return;
    if (Take('[')) return Table();
    const size_t key_at = at_;
    const std::string key = Key();
    if (key.empty()) return Fail("a line is [columns] or name = value");
    Space();
    if (!Take('=')) return Fail("an = is missing");
    Space();
    const size_t value_at = at_;
    const auto value = ReadValue();
    if (!value) at_ = value_at;
    if (!value) return Fail("a value is a text in quotes, or a number from 1 to 256");
    if (!AtEnd()) return Fail("something stands behind the value");
    Set(key, *value, key_at, value_at);
  }

  void Table() {
    Space();
    const size_t name_at = at_;
    if (Key() != "columns") {
      at_ = name_at;
      return Fail("the only table is [columns]");
    }
    Space();
    if (!Take(']')) return Fail("a ] is missing");
    if (!AtEnd()) return Fail("something stands behind the table");
    in_columns_ = true;
  }

  std::optional<Value> ReadValue() {
    Value value;
    if (at_ < row_.size() && (row_[at_] == '"' || row_[at_] == '\'')) {
      value.is_text = true;
      return Text(row_[at_++], &value.text) ? std::optional(value) : std::nullopt;
    }
    size_t digits = 0;
    while (at_ < row_.size() && IsDigit(row_[at_]) && ++digits <= 3) {
      value.number = value.number * 10 + static_cast<uint32_t>(row_[at_++] - '0');
    }
    if (digits == 0 || digits > 3 || value.number < 1 || value.number > 256) return std::nullopt;
    return value;
  }

  // A basic string, of whose escapes those for a quote, a backslash and a tab are known; or a
  // literal one.
  bool Text(char quote, std::string* out) {
    while (at_ < row_.size() && row_[at_] != quote) {
      char c = row_[at_++];
      if (c == '\\' && quote == '"') {
        if (at_ == row_.size()) return false;
        c = row_[at_++];
        if (c == 't')
          c = '\t';
        else if (c != '"' && c != '\\')
          return false;
      }
      out->push_back(c);
    }
    return Take(quote);
  }

  void Set(const std::string& key, const Value& value, size_t key_at, size_t value_at) {
    if (in_columns_) {
      out_.columns.push_back(
          {key, value.text, value.number, line_, static_cast<uint32_t>(key_at + 1)});
      at_ = value_at;
      if (value.is_text && value.text.empty()) Fail("a name is empty");
      return;
    }
    at_ = key_at;
    if (key != "delimiter") return Fail("before [columns] stands nothing but delimiter");
    at_ = value_at;
    if (value.text.size() != 1) return Fail("a delimiter is one character in quotes");
    out_.delimiter = static_cast<unsigned char>(value.text[0]);
  }

  std::string_view text_;
  CdrColumns& out_;
  std::string_view row_;
  size_t at_ = 0;
  uint32_t line_ = 0;
  bool in_columns_ = false;
  std::string error_;
};

}  // namespace

bool ReadCdrColumns(std::string_view text, CdrColumns* out, std::string* error) {
  return ColumnsReader(text, out).Run(error);
}

}  // namespace sipward::cli
