// Feeds in JSON: arrays of texts, arrays or rows of objects, and what APIBAN answers.
#ifndef SIPWARD_LISTS_FEED_JSON_H_
#define SIPWARD_LISTS_FEED_JSON_H_

#include <string>
#include <string_view>
#include <vector>

#include "lists/feed.h"

namespace sipward::lists {

// Entries are the texts and numbers of an array that stands alone or under the key that is wanted,
// and the values under that key in objects, with their "ttl" and "reason". Whatever else there is
// is passed over. Goes from token to token with a stack of its own, 16 deep.
class JsonReader final : public FeedReader {
 public:
  JsonReader(const FeedSettings& settings, std::string_view bytes);
  FeedItem Next() override;

 private:
  struct Frame {
    bool object = false;
    bool wanted = false;         // array: its texts are entries; object: it stands in an array
    bool expects_key = true;     // object: a key, or the closing brace, comes next
    bool expects_value = false;  // behind a comma or a colon
    bool filled = false;         // something stands in it
    std::string key;
    FeedItem found;  // object: its entry so far
    bool has_entry = false;
  };
  FeedItem Token();
  FeedItem Open(bool object);
  FeedItem Close(bool object);
  FeedItem Scalar(bool text);
  FeedItem Value(std::string text, uint32_t line, uint32_t column, bool text_kind);
  FeedItem Broken();
  FeedItem Nothing() const;
  bool String(std::string* out);
  bool MayHaveValue() const;
  void HadValue();
  bool IsEntryKey(std::string_view key) const;
  uint32_t Column() const { return static_cast<uint32_t>(at_ - line_begin_ + 1); }

  std::string_view bytes_;
  std::string column_, ttl_column_, reason_column_;
  size_t at_ = 0;
  uint32_t line_ = 1;
  size_t line_begin_ = 0;
  bool broken_ = false;
  std::vector<Frame> frames_;
};

}  // namespace sipward::lists

#endif  // SIPWARD_LISTS_FEED_JSON_H_
