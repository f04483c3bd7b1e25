// JSON, one line per object, whatever bytes come in.
#ifndef SIPWARD_BINDINGS_CLI_JSON_H_
#define SIPWARD_BINDINGS_CLI_JSON_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sipward::cli {

// Appends `bytes` as a JSON string, quotes included. The result is valid UTF-8 and no information
// is lost: a byte B that is not part of valid UTF-8 becomes the private character U+F700 + B
// (U+F780 to U+F7FF), and should one of these very characters stand in the input, each of its three
// bytes is treated in the same way. So a reader that turns U+F780..U+F7FF back into one byte each
// has the bytes as they were. Controls and what reverses the direction of writing are written as
// \uNNNN.
void AppendJsonString(std::string* out, std::string_view bytes);

// Appends values to a line and puts the commas where they belong.
class JsonWriter {
 public:
  explicit JsonWriter(std::string* out) : out_(*out) {}

  void BeginObject() { Open('{'); }
  void EndObject() { Close('}'); }
  void BeginArray() { Open('['); }
  void EndArray() { Close(']'); }
  // `key` is written as it is: ASCII without quotes or backslashes.
  JsonWriter& Key(std::string_view key);

  void Null() { Literal("null"); }
  void String(std::string_view bytes);
  void Int(int64_t number) { Literal(std::to_string(number)); }
  void UInt(uint64_t number) { Literal(std::to_string(number)); }
  // A number with a fraction, as it is to stand there.
  void Number(std::string_view decimal) { Literal(decimal); }
  void StringOrNull(const std::optional<std::string_view>& text);
  void UIntOrNull(const std::optional<uint64_t>& number);

 private:
  void Separate();
  void Open(char bracket);
  void Close(char bracket);
  void Literal(std::string_view text);

  std::string& out_;
  bool comma_ = false;  // something stands before, on this level
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_JSON_H_
