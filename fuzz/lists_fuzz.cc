// List files: the first byte picks the kind, the rest is the file. Whatever was accepted must find
// its own entries and what lies below them.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "lists/lists.h"

namespace {

using sipward::IpAddress;
using sipward::lists::Entry;
using sipward::lists::EntryError;
using sipward::lists::Kind;
using sipward::lists::List;
using sipward::lists::Scratch;

// Compiling a pattern takes milliseconds, and longer for large bounded repeats.
constexpr size_t kMaxPatternFile = 64;

void Require(bool condition) {
  if (!condition) std::abort();
}

// The last address of a network.
IpAddress LastOf(const sipward::Cidr& network) {
  IpAddress last = network.address;
  const unsigned first_free = network.address.is_v4() ? 96u + network.bits : network.bits;
  for (unsigned bit = first_free; bit < 128; ++bit) {
    last.bytes[bit / 8] = static_cast<uint8_t>(last.bytes[bit / 8] | 0x80u >> (bit % 8));
  }
  return last;
}

void LookUp(const List& list, const Entry& entry, Scratch* scratch) {
  switch (list.kind()) {
    case Kind::kCidr: {
      const auto cidr = sipward::Cidr::Parse(entry.text);
      Require(cidr.has_value() && list.Contains(cidr->address) && list.Contains(LastOf(*cidr)));
      break;
    }
    case Kind::kPrefix:
      Require(list.Contains(entry.text, scratch));
      Require(list.Contains(std::string(entry.text) + "0", scratch));
      break;
    case Kind::kDomain:
      Require(list.Contains(entry.text, scratch));
      Require(list.Contains("below." + std::string(entry.text), scratch));
      break;
    case Kind::kExact:
      Require(list.Contains(entry.text, scratch));
      break;
    case Kind::kPattern:
      list.Contains(entry.text, scratch);
      break;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const auto kind = static_cast<Kind>(data[0] % 5);
  const bool nocase = (data[0] & 0x80) != 0;
  const std::string_view file(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (kind == Kind::kPattern && file.size() > kMaxPatternFile) return 0;
  const auto entries = sipward::lists::SplitEntries(file, kind);
  for (const Entry& entry : entries) {
    Require(!entry.text.empty() && entry.line != 0 && entry.column != 0);
    Require(entry.text.data() >= file.data() &&
            entry.text.data() + entry.text.size() <= file.data() + file.size());
  }
  EntryError error;
  const auto list = List::Build(kind, nocase, entries, &error);
  if (list == nullptr) {
    Require(error.line != 0 && error.column != 0 && !error.message.empty());
    return 0;
  }
  Scratch scratch;
  Require(list->Prepare(&scratch));
  for (const Entry& entry : entries) LookUp(*list, entry, &scratch);
  list->Contains(file, &scratch);
  if (const auto ip = IpAddress::Parse(file.substr(0, file.find('\n')))) list->Contains(*ip);
  return 0;
}
