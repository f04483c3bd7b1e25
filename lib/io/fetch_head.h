// The head of an HTTP answer, as far as a fetcher of certificates reads it.
#ifndef SIPWARD_IO_FETCH_HEAD_H_
#define SIPWARD_IO_FETCH_HEAD_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sipward::io {

// Takes the lines in the order in which they come, each with its line end or without. An answer may
// have several heads (RFC 9110 section 15.2): each begins anew with its status line.
class ResponseHead {
 public:
  void Add(std::string_view line);

  size_t bytes() const { return bytes_; }      // of all lines
  int status() const { return status_; }       // 0: no status line
  bool complete() const { return complete_; }  // the empty line came
  // Content-Encoding, or Transfer-Encoding other than chunked: neither was asked for.
  bool encoded() const { return encoded_; }
  // Seconds that the answer stays fresh (RFC 9111 sections 4.2.1 and 4.2.3), at least 0; negative
  // if the server says nothing. `now`, since 1970, is for a server that does not say when it
  // answered.
  int64_t max_age(int64_t now) const;

 private:
  void AddField(std::string_view name, std::string_view value);
  void AddCacheControl(std::string_view value);

  size_t bytes_ = 0;
  int status_ = 0;
  bool complete_ = false;
  bool encoded_ = false;
  bool no_store_ = false;
  std::optional<int64_t> fresh_for_;  // max-age
  std::optional<int64_t> expires_;
  std::optional<int64_t> date_;
  std::optional<int64_t> age_;
};

// IMF-fixdate (RFC 9110 section 5.6.7) as seconds since 1970; nothing if it is another form.
std::optional<int64_t> ParseHttpDate(std::string_view text);

}  // namespace sipward::io

#endif  // SIPWARD_IO_FETCH_HEAD_H_
