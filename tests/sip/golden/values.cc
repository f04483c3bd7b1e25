#include "tests/sip/golden/values.h"

#include <iostream>
#include <memory>
#include <set>

#include "sip/header_kind.h"
#include "tests/sip/golden/case.h"

namespace sipward::sip::golden {
namespace {

class Printer {
 public:
  void Take(const Case& test) {
    message_.Parse(test.bytes, {.stream = test.stream});
    base_ = test.bytes.data();
    Print("start", message_.start().text);
    Print("uri", message_.request_uri().text);
    for (const Header& header : message_.headers()) TakeHeader(header);
    TakeBody();
  }

 private:
  void Print(std::string_view where, Slice value) {
    if (value.present()) Print(where, value.In(base_));
  }

  void Print(std::string_view where, std::string_view value) {
    constexpr char kHex[] = "0123456789abcdef";
    std::string line(where);
    line += '\t';
    for (const char c : value) {
      line += kHex[static_cast<unsigned char>(c) >> 4];
      line += kHex[static_cast<unsigned char>(c) & 15];
    }
    if (seen_.insert(line).second) std::cout << line << '\n';
  }

  // The whole header, each of its values, and the URIs that these hold.
  void TakeHeader(const Header& header) {
    const std::string name(header.id == HeaderId::kOther ? "other" : HeaderName(header.id));
    Print(name, header.value);
    ValueCursor values(base_, header.value);
    for (Slice value; values.Next(&value);) Print(name, value);
    for (const Item& item : message_.items(header.id)) {
      Print(name, item.text);
      // What follows the number and the comment.
      if (item.params.present()) {
        Print(name, Slice{item.params.offset - 1, item.params.length + 1});
      }
    }
    for (const NameAddr& address : message_.addresses(header.id)) Print("uri", address.uri.text);
  }

  // The body, each of its lines, and what stands behind the equals sign and the colon of a line.
  void TakeBody() {
    if (!message_.body().present()) return;
    std::string_view body = message_.body().In(base_);
    Print("body", body);
    while (!body.empty()) {
      const size_t end = std::min(body.find('\n'), body.size());
      std::string_view line = body.substr(0, end);
      body.remove_prefix(std::min(end + 1, body.size()));
      if (line.ends_with('\r')) line.remove_suffix(1);
      Print("body", line);
      for (const char separator : {'=', ':'}) {
        const size_t at = line.find(separator);
        if (at != line.npos) Print("body", line.substr(at + 1));
      }
    }
  }

  Message message_;
  const char* base_ = nullptr;
  std::set<std::string> seen_;
};

}  // namespace

int PrintValues() {
  std::vector<Problem> problems;
  const auto printer = std::make_unique<Printer>();
  for (const Case& test : ReadAllPages(&problems)) {
    if (test.corpus.empty()) printer->Take(test);
  }
  return 0;
}

}  // namespace sipward::sip::golden
