#include "case_sources.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "case_capture.h"
#include "case_evidence.h"
#include "case_records.h"
#include "io/evidence_reader.h"
#include "sipward.h"

namespace sipward::cli {
namespace {

enum class Form { kUnreadable, kCapture, kEvidence, kRecords };

// pcap in either order of octets and with either unit of time, pcapng.
bool IsCapture(std::string_view head) {
  constexpr std::array<std::string_view, 5> kMagic = {"\xa1\xb2\xc3\xd4", "\xd4\xc3\xb2\xa1",
                                                      "\xa1\xb2\x3c\x4d", "\x4d\x3c\xb2\xa1",
                                                      "\x0a\x0d\x0d\x0a"};
  for (const std::string_view magic : kMagic) {
    if (head.substr(0, magic.size()) == magic) return true;
  }
  return false;
}

Form FormOf(const std::string& path, std::string* error) {
  std::error_code failure;
  if (std::filesystem::is_directory(path, failure)) return Form::kEvidence;
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) {
    *error = "cannot read " + path + ": " + std::strerror(errno);
    return Form::kUnreadable;
  }
  std::array<char, 32> head{};
  const size_t size = std::fread(head.data(), 1, head.size(), file);
  std::fclose(file);
  const std::string_view begin(head.data(), size);
  if (IsCapture(begin)) return Form::kCapture;
  const std::string_view bundle = io::kBundleHead;
  return begin.substr(0, bundle.size()) == bundle ? Form::kEvidence : Form::kRecords;
}

}  // namespace

std::string CanonicalNumber(std::string_view text, const std::string& home) {
  std::array<char, SIPWARD_NUMBER_DIGITS> digits;
  size_t size = 0;
  const int32_t status = sipward_number_canonical(text.data(), text.size(), home.data(),
                                                  home.size(), digits.data(), digits.size(), &size);
  return status == SIPWARD_OK ? std::string(digits.data(), size) : std::string();
}

bool VisitCaseSource(const std::string& path, const CaseRequest& request, const CaseVisitor& visit,
                     std::string* error) {
  switch (FormOf(path, error)) {
    case Form::kCapture:
      return VisitCapture(path, visit, error);
    case Form::kEvidence:
      return VisitEvidence(path, visit, error);
    case Form::kRecords:
      return VisitRecords(path, request, visit, error);
    case Form::kUnreadable:
      break;
  }
  return false;
}

}  // namespace sipward::cli
