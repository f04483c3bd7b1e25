// JSON of evidence: written in ASCII alone, read member by member.
#ifndef SIPWARD_EVIDENCE_JSON_H_
#define SIPWARD_EVIDENCE_JSON_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sipward::evidence {

// Appends `bytes` as a string, quotes included. What is not ASCII is written as \uXXXX; a byte B
// that is no part of valid UTF-8 as the private character U+F700 + B, and so is each byte of such a
// character in the input: nothing is lost, see TextOf.
void AppendString(std::string* out, std::string_view bytes);
// RFC 4648 with padding, quotes included.
void AppendBase64(std::string* out, std::string_view bytes);
std::string ToHex(std::string_view bytes);
std::optional<std::string> FromHex(std::string_view hex);

// Puts the commas where they belong.
class Writer {
 public:
  explicit Writer(std::string* out) : out_(*out) {}

  void Begin(char bracket);
  void End(char bracket);
  // Of ASCII without quotes and backslashes.
  Writer& Key(std::string_view key);
  void String(std::string_view bytes);
  void Base64(std::string_view bytes);
  void Int(int64_t number) { Literal(std::to_string(number)); }
  void UInt(uint64_t number) { Literal(std::to_string(number)); }
  // The shortest decimal that is this number; null if it is none.
  void Float(double number);
  void Bool(bool value) { Literal(value ? "true" : "false"); }
  void Null() { Literal("null"); }
  // A value as it is to stand there.
  void Literal(std::string_view json);

 private:
  void Separate();

  std::string& out_;
  bool comma_ = false;
};

// Walks the members of an object or the elements of an array. Safe for any text; of one that is no
// JSON it gives what is well-formed before the fault. Strings and numbers within values are not
// judged.
class Walk {
 public:
  explicit Walk(std::string_view json);
  // False at the end and at a fault. The name as written, without quotes; of an element empty.
  bool Next(std::string_view* name, std::string_view* value);
  bool whole() const { return whole_; }  // it ended where it should

 private:
  std::string_view rest_;
  char close_ = 0;
  bool first_ = true;
  bool whole_ = false;
};

// Whether it is one value of JSON in ASCII, without white space around it, as a Writer writes it.
bool IsJson(std::string_view value);
// The value of a member as it stands in the text; empty if there is none.
std::string_view Find(std::string_view object, std::string_view name);
// What a string means; nothing if the value is none.
std::optional<std::string> TextOf(std::string_view value);
// That of a member; empty if there is none.
std::string TextIn(std::string_view object, std::string_view name);
std::optional<int64_t> IntOf(std::string_view value);
// What a string in base64 means; nothing if the value is none.
std::optional<std::string> BytesOfBase64(std::string_view value);

}  // namespace sipward::evidence

#endif  // SIPWARD_EVIDENCE_JSON_H_
