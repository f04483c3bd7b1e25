// SIP messages read in place: the door of this folder.
//
//   sip::Message message;                     // about 115 KiB, made once, used for every message
//   switch (message.Parse(bytes, {})) {       // lines and headers named, start line read
//     case sip::ParseStatus::kOk: ...
//   }
//   message.from().uri.user.In(bytes.data())  // values are read when they are asked for, once
//   message.Validate();                       // reads all that is known: every anomaly shows
//
// Nothing is copied out of the message and nothing is allocated: every Slice is a place in the
// bytes given to Parse, which must stay alive and unchanged until the last accessor was called. A
// Message belongs to one thread at a time.
#ifndef SIPWARD_SIP_SIP_H_
#define SIPWARD_SIP_SIP_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "base/slice.h"
#include "sip/anomaly.h"
#include "sip/body.h"
#include "sip/items.h"
#include "sip/values.h"

namespace sipward::sip {

enum class HeaderId : uint8_t {
  kOther,
#define SIPWARD_HEADER(symbol, name, compact, singleton) symbol,
#include "sip/header.def"
#undef SIPWARD_HEADER
};
inline constexpr int kHeaderIdCount = 1
// NOLINTNEXTLINE(bugprone-macro-parentheses): a term of a sum
#define SIPWARD_HEADER(symbol, name, compact, singleton) +1
#include "sip/header.def"
#undef SIPWARD_HEADER
    ;
// The header of a long name or compact letter, in letters of any case; kOther if unknown. One hash,
// one masked compare.
HeaderId FindHeader(std::string_view name);
std::string_view HeaderName(HeaderId id);         // the long name; "" for kOther
std::string_view HeaderCompactName(HeaderId id);  // the compact letter; "" if there is none
bool IsSingleton(HeaderId id);

enum class ParseStatus : uint8_t {
  kOk,
  kMalformed,  // error() says why; what could be read is there
  kLimit,      // error() names the limit
};

struct ParseOptions {
  Profile profile = Profile::kTolerant;
  AnomalySet accepted = {};  // these do not refuse, whatever the profile says; leniencies alone
  AnomalySet refused = {};   // these do
  bool stream = false;       // the message was cut from a stream: Content-Length is mandatory
  Limits limits = {};
};

// A header line: name and value as written, folds included, white space around both left out.
struct Header {
  Slice name;
  Slice value;
  HeaderId id = HeaderId::kOther;
  bool folded = false;
  bool compact = false;  // the name was the compact letter
  uint16_t next =
      0;  // index + 1 of the next header of the same id, 0 at the last; for kOther always 0
};

struct Line;

class Message {
 public:
  Message();
  ~Message();
  Message(const Message&) = delete;
  Message& operator=(const Message&) = delete;

  // Stage one: finds the lines, names the headers, reads the start line, the framing and which
  // headers are missing or doubled. Any bytes may be given. Cost: linear, about 0.3 us for 1 KiB.
  ParseStatus Parse(std::string_view bytes, const ParseOptions& options);
  // Stage two for all values and bodies that are known. Returns the status that all anomalies
  // together give.
  ParseStatus Validate();

  ParseStatus status() const;  // by what was read so far
  const Anomaly* error() const { return log_.error(); }
  const AnomalyLog& anomalies() const { return log_; }

  std::string_view bytes() const { return bytes_; }
  const ParseOptions& options() const { return options_; }  // of the last Parse
  const StartLine& start() const { return start_; }
  bool is_request() const { return start_.kind == StartKind::kRequest; }
  bool is_response() const { return start_.kind == StartKind::kResponse; }

  std::span<const Header> headers() const { return {headers_.data(), header_count_}; }
  // The first header of this id, or null; Next() gives the others.
  const Header* Find(HeaderId id) const {
    const uint16_t first = FirstOf(id);
    return first == 0 ? nullptr : &headers_[first - 1u];
  }
  // The next header of the same id, or null.
  const Header* Next(const Header& header) const {
    return header.next == 0 ? nullptr : &headers_[header.next - 1u];
  }
  // The first header with this name (any form, letters in any case), or null. Linear for names that
  // have no id.
  const Header* Find(std::string_view name) const;
  uint32_t CountOf(HeaderId id) const {
    return FirstOf(id) == 0 ? 0 : chains_[static_cast<size_t>(id)].count;
  }
  Slice ValueOf(HeaderId id) const {  // value of the first; absent if there is none
    const Header* header = Find(id);
    return header == nullptr ? Slice{} : header->value;
  }
  // Behind the empty line, cut to Content-Length where that is shorter; absent if !complete().
  Slice body() const { return body_; }
  bool complete() const { return complete_; }  // the empty line was there

  // Lazy values: read at the first call, kept until the next Parse. Absent slices where the header
  // is missing.
  const Uri& request_uri();
  const NameAddr& from();
  const NameAddr& to();
  const Cseq& cseq();
  Slice call_id() const { return ValueOf(HeaderId::kCallId); }
  std::span<const Via> vias();  // all of them, topmost first
  // All values of a header that holds addresses (Contact, Route, Record-Route, Path, Service-Route,
  // P-Asserted-Identity, P-Preferred-Identity, Remote-Party-ID, Diversion, History-Info, Refer-To,
  // Referred-By, Reply-To) or URIs in brackets (Call-Info, Alert-Info, Error-Info, Geolocation), in
  // message order; From and To as a span of one. Empty for others.
  std::span<const NameAddr> addresses(HeaderId id);
  // Credentials or challenges: Authorization, Proxy-Authorization, WWW-Authenticate,
  // Proxy-Authenticate, in message order.
  std::span<const Digest> digests(HeaderId id);
  // Content-Length, Max-Forwards, Expires, Min-Expires, Session-Expires, Min-SE, Retry-After, RSeq
  // (parameters and comments left out). -1: absent or not a number in range.
  int64_t number(HeaderId id);
  // Date as seconds since 1970; none if it is absent or malformed.
  std::optional<int64_t> date();
  // All values of a header that is made of items (GrammarOf in header_kind.h), in message order;
  // what they say, the readers of items.h tell. Empty for others.
  std::span<const Item> items(HeaderId id);

  // What the body is, by Content-Type and Content-Encoding: kNone if there is none.
  BodyKind body_kind();
  const MediaType& body_type();  // of Content-Type
  // The parts of a multipart body, nested ones behind the part that holds them. Empty for others.
  std::span<const BodyPart> parts();
  // The session description of this message, wherever it is: the body, or the first part that
  // describes the session itself (Content-Disposition absent or "session"), or the first of all.
  // Null if there is none.
  const Sdp* sdp();
  // The text of this message, wherever it is: the body, or the first part that is text. Null if
  // there is none.
  const BodyText* text();

 private:
  struct Scratch;  // the line index and the arrays of the lazy values

  static constexpr size_t kMaxHeaders = 256;

  // All headers of one id that has a first: a chain through Header::next.
  struct Chain {
    uint16_t last;  // index + 1
    uint16_t count;
    uint16_t forms;  // 1: the long name was seen; 2: the compact letter
  };

  void Reset(std::string_view bytes, const ParseOptions& options);
  size_t MostHeaders() const;
  void ReadHeaders();
  void ReadHeader(const Line& line);
  uint32_t ReadOrdinaryHeaders(uint32_t line);
  void Enlist(const Header& header, size_t number);
  void EnlistAgain(const Header& header, size_t number, Chain* chain);
  void CheckHead();
  HeaderId HeaderOfLine(uint32_t number) const;
  void CheckLineEnds(uint32_t number);
  void CheckMandatory();
  void CutBody();
  uint16_t FirstOf(HeaderId id) const { return firsts_[static_cast<size_t>(id)]; }

  bool FirstRead(int slot);
  bool FirstRead(HeaderId id);
  void ReadUri(Slice text, UriPlace place, Uri* out);
  void ReadAddress(Slice text, AddressRole role, NameAddr* out);
  bool TakeWalkedVia(Slice value, size_t most);
  void ReadVias();
  void CheckTopmostVia(const Via& via);
  void CheckTopmostProtocol(const Via& via);
  void CheckBranchLost();
  bool TakeAddress(Slice value, AddressRole role);
  bool ReadAddressList(const Header& header, AddressRole role, size_t most);
  // These read all headers of one id, from the first on, which may be missing.
  void ReadAddresses(HeaderId id, const Header* first);
  void CheckCommaInUri();
  void ReadDigests(HeaderId id, const Header* first);
  void ReadItems(HeaderId id, const Header* first);
  void ReadNumber(HeaderId id, const Header* first);
  int64_t ItemNumber(HeaderId id);
  void CheckContactStar();
  void CheckIdentityFolds(const Header& first);
  void ValidateHeader(const Header& first);
  void ReadBody();
  void ReadSessions();
  void ReadTexts();

  std::string_view bytes_;
  ParseOptions options_;
  AnomalyLog log_;
  StartLine start_;
  std::array<Header, kMaxHeaders> headers_;
  size_t header_count_ = 0;
  // Of every id, the index + 1 of its first header; 0: there is none, as for kOther always.
  std::array<uint16_t, kHeaderIdCount> firsts_{};
  std::array<Chain, kHeaderIdCount> chains_;  // valid where there is a first
  uint32_t head_end_ = 0;
  int64_t content_length_ = -1;  // -1: absent, or Parse has named what is wrong with it
  Slice body_;
  bool complete_ = false;
  std::unique_ptr<Scratch> scratch_;  // allocated once, with the Message
};

// Cuts the bytes of one stream (TCP, TLS) into messages by Content-Length (RFC 3261 sections 18.3
// and 7.5). CRLF keep-alives between messages are skipped. Any chunking of the same bytes gives the
// same messages; an error is final, because nobody knows where the next message would begin.
class StreamFramer {
 public:
  static constexpr uint32_t kDefaultLimit = 1 << 20;

  // `limit`: the most bytes that one message may have, and the size of the buffer.
  explicit StreamFramer(uint32_t limit = kDefaultLimit);
  ~StreamFramer();
  StreamFramer(StreamFramer&&) noexcept;
  StreamFramer& operator=(StreamFramer&&) noexcept;

  enum class Status : uint8_t { kMessage, kNeedMore, kError };

  // Takes bytes in; returns how many were taken. Fewer than given means: call Next until kNeedMore,
  // then go on. After an error everything is taken and dropped.
  size_t Push(std::string_view bytes);
  // kMessage: `*message` is whole and valid until the next Push. kError: see error().
  Status Next(std::string_view* message);
  // Why the stream ended: content_length.* , message.too_long, header.* ; null if it did not.
  const Anomaly* error() const;
  // Bytes of an unfinished message that are waiting; at the end of a stream, more than 0 means it
  // was cut off.
  size_t pending() const;
  // Stream offset of the message that Next returned last.
  uint64_t message_offset() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_SIP_H_
