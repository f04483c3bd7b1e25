// JSON of untrusted bytes, strictly and without allocation: RFC 8259, one object, no name twice,
// texts in valid UTF-8, everything bounded.
#ifndef SIPWARD_IDENTITY_JSON_H_
#define SIPWARD_IDENTITY_JSON_H_

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "identity/reason.h"

namespace sipward::identity {

struct JsonLimits {
  uint32_t depth = 8;     // objects and arrays within each other; not more: Json::kMostDepth
  uint32_t members = 64;  // of one object
  uint32_t text = 2'048;  // octets of a name or a text, after escapes are read
  uint32_t number = 32;   // characters
};

enum class JsonType : uint8_t { kNull, kFalse, kTrue, kNumber, kString, kArray, kObject };

class JsonValue;

// A parsed object. Reusable; about 40 KiB, which is room for any text of kMostText octets.
class Json {
 public:
  static constexpr uint32_t kMostText = 6'144;  // what 8 KiB of base64 can hold
  static constexpr uint32_t kMostDepth = 16;

  // Parses in place: texts with escapes are overwritten by what they mean, and all values are views
  // into `text` for as long as neither it nor this changes. JSON_SYNTAX, JSON_UTF8, JSON_CONTROL,
  // JSON_DUP_KEY, JSON_DEPTH or JSON_LIMIT, by what comes first in the text. The limit of `text`
  // may be higher: one opaque text, as of `opt`, is as long as the whole.
  Reason Parse(std::span<char> text, const JsonLimits& limits = {});

  JsonValue root() const;  // the object; null if Parse failed
  // No white space, and the names of every object in ascending order (RFC 8225 section 9).
  bool canonical() const { return canonical_; }

 private:
  friend class JsonValue;
  friend class JsonParser;

  struct Node {
    const char* data;  // of a text, what it means; of a number, as written
    uint32_t size;     // of texts and numbers in octets; of arrays and objects how many they hold
    uint16_t next;     // the node behind this one and all that it holds
    JsonType type;
  };
  // Two characters a node at least, but for the object around them.
  static constexpr uint32_t kMostNodes = kMostText / 2 + 2;

  std::array<Node, kMostNodes> nodes_;
  uint32_t count_ = 0;
  bool canonical_ = false;
};

// A value of a document, or nothing. A few words; copy it.
class JsonValue {
 public:
  JsonValue() = default;

  bool present() const { return json_ != nullptr; }
  // kNull if it is not there; ask present() where that matters.
  JsonType type() const { return present() ? node().type : JsonType::kNull; }
  bool is_string() const { return type() == JsonType::kString; }
  bool is_object() const { return type() == JsonType::kObject; }
  bool is_array() const { return type() == JsonType::kArray; }

  // Of a text, what it means; of a number, as written; else empty.
  std::string_view text() const;
  // Of a number that is a whole one without fraction and exponent and fits; else none.
  std::optional<int64_t> integer() const;
  // How many members or elements; 0 of anything else.
  uint32_t size() const;

  // The member of this name, or nothing.
  JsonValue Find(std::string_view name) const;
  // Steps through an object or array: the first member or element, then the next of it.
  JsonValue First() const;
  JsonValue Next() const;         // nothing behind the last one
  std::string_view name() const;  // of a member

  // RFC 6901, from here: "/jcd/1/0". Nothing if it leads nowhere.
  JsonValue Follow(std::string_view pointer) const;

  // Writes the value as RFC 8225 section 9 wants it: no white space, names in ascending order, no
  // escape that is not needed. Returns the size, or 0 if it does not fit.
  size_t WriteCanonical(std::span<char> out) const;

 private:
  friend class Json;
  JsonValue(const Json* json, uint32_t at, uint32_t left, bool member)
      : json_(json), at_(at), left_(left), member_(member) {}
  const Json::Node& node() const { return json_->nodes_[at_]; }

  const Json* json_ = nullptr;
  uint32_t at_ = 0;
  uint32_t left_ = 0;  // how many come behind it on its level
  bool member_ = false;
};

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_JSON_H_
