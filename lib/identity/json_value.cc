#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "identity/json.h"
#include "identity/json_text.h"

namespace sipward::identity {
namespace {

// One step of a pointer against a name: ~1 stands for a slash, ~0 for a tilde.
bool IsStep(std::string_view step, std::string_view name) {
  size_t at = 0;
  for (size_t i = 0; i < step.size(); ++i, ++at) {
    char c = step[i];
    if (c == '~') {
      if (++i == step.size() || (step[i] != '0' && step[i] != '1')) return false;
      c = step[i] == '0' ? '~' : '/';
    }
    if (at == name.size() || name[at] != c) return false;
  }
  return at == name.size();
}

// An index of RFC 6901: no leading zero.
std::optional<uint32_t> IndexOf(std::string_view step) {
  if (step.empty() || step.size() > 5 || (step.size() > 1 && step[0] == '0')) return {};
  uint32_t index = 0;
  const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
  if (error != std::errc() || end != step.data() + step.size()) return {};
  return index;
}

}  // namespace

std::string_view JsonValue::text() const {
  if (!present() || (node().type != JsonType::kString && node().type != JsonType::kNumber)) {
    return {};
  }
  return {node().data, node().size};
}

std::optional<int64_t> JsonValue::integer() const {
  if (type() != JsonType::kNumber) return {};
  const std::string_view digits = text();
  int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return {};
  return value;
}

uint32_t JsonValue::size() const { return is_object() || is_array() ? node().size : 0; }

JsonValue JsonValue::First() const {
  const uint32_t held = size();
  if (held == 0) return {};
  return is_object() ? JsonValue(json_, at_ + 2, held - 1, true)
                     : JsonValue(json_, at_ + 1, held - 1, false);
}

JsonValue JsonValue::Next() const {
  if (left_ == 0) return {};
  return {json_, node().next + (member_ ? 1u : 0u), left_ - 1, member_};
}

std::string_view JsonValue::name() const {
  if (!member_) return {};
  const Json::Node& name = json_->nodes_[at_ - 1];
  return {name.data, name.size};
}

JsonValue JsonValue::Find(std::string_view name) const {
  if (!is_object()) return {};
  for (JsonValue member = First(); member.present(); member = member.Next()) {
    if (member.name() == name) return member;
  }
  return {};
}

JsonValue JsonValue::Follow(std::string_view pointer) const {
  JsonValue value = *this;
  while (value.present() && !pointer.empty()) {
    if (pointer[0] != '/') return {};
    pointer.remove_prefix(1);
    const std::string_view step = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(step.size());
    const std::optional<uint32_t> index = value.is_array() ? IndexOf(step) : std::nullopt;
    if (!value.is_object() && !index) return {};
    const bool by_name = value.is_object();
    value = value.First();
    for (uint32_t i = 0; value.present(); ++i, value = value.Next()) {
      if (by_name ? IsStep(step, value.name()) : i == *index) break;
    }
  }
  return value;
}

namespace {

// Writes behind what is there, or remembers that it did not fit.
class Writer {
 public:
  explicit Writer(std::span<char> out) : out_(out) {}
  void Put(std::string_view text) {
    if (text.size() > out_.size() - size_) {
      full_ = true;
      return;
    }
    if (!text.empty()) std::memcpy(out_.data() + size_, text.data(), text.size());
    size_ += text.size();
  }
  void Text(std::string_view text) {
    const size_t written = WriteJsonText(text, out_.subspan(size_));
    if (written == 0) full_ = true;
    size_ += written;
  }
  void Value(const JsonValue& value, uint32_t depth);
  size_t size() const { return full_ ? 0 : size_; }

 private:
  void Object(const JsonValue& object, uint32_t depth);

  std::span<char> out_;
  size_t size_ = 0;
  bool full_ = false;
};

// The member behind `name`, in ascending order; the first one if there is no name.
JsonValue NextMember(const JsonValue& object, const JsonValue& before) {
  JsonValue next;
  for (JsonValue member = object.First(); member.present(); member = member.Next()) {
    const bool behind = !before.present() || member.name() > before.name();
    if (behind && (!next.present() || member.name() < next.name())) next = member;
  }
  return next;
}

void Writer::Object(const JsonValue& object, uint32_t depth) {
  Put("{");
  JsonValue member = NextMember(object, {});
  for (bool first = true; member.present(); first = false) {
    if (!first) Put(",");
    Text(member.name());
    Put(":");
    Value(member, depth + 1);
    member = NextMember(object, member);
  }
  Put("}");
}

void Writer::Value(const JsonValue& value, uint32_t depth) {
  if (depth > Json::kMostDepth) return;
  switch (value.type()) {
    case JsonType::kNull:
      return Put("null");
    case JsonType::kFalse:
      return Put("false");
    case JsonType::kTrue:
      return Put("true");
    case JsonType::kNumber:
      return Put(value.text());
    case JsonType::kString:
      return Text(value.text());
    case JsonType::kArray:
      Put("[");
      for (JsonValue element = value.First(); element.present();) {
        Value(element, depth + 1);
        element = element.Next();
        if (element.present()) Put(",");
      }
      return Put("]");
    case JsonType::kObject:
      return Object(value, depth);
  }
}

}  // namespace

size_t JsonValue::WriteCanonical(std::span<char> out) const {
  Writer writer(out);
  writer.Value(*this, 0);
  return writer.size();
}

}  // namespace sipward::identity
