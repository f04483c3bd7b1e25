// What of a certificate this project reads itself. The first byte chooses: TNAuthList,
// JWTClaimConstraints, EnhancedJWTClaimConstraints.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "identity/claim_constraints.h"
#include "identity/tn_auth_list.h"

namespace {

using sipward::identity::ClaimConstraints;
using sipward::identity::TnAuthList;

void Require(bool condition) {
  if (!condition) std::abort();
}

std::string Written(uint32_t digits, uint64_t number) {
  std::string text = std::to_string(number);
  Require(text.size() <= digits);
  return text.insert(0, digits - text.size(), '0');
}

void CheckTnAuthList(std::string_view der) {
  const auto list = TnAuthList::Parse(der);
  if (!list) return;
  Require(!list->spcs().empty() || list->has_numbers());
  Require(list->Encompasses(*list));
  const TnAuthList::Range* before = nullptr;
  for (const TnAuthList::Range& range : list->ranges()) {
    Require(range.digits >= 1 && range.digits <= TnAuthList::kMaxNumber);
    Require(range.first <= range.last);
    const std::string first = Written(range.digits, range.first);
    const std::string last = Written(range.digits, range.last);
    Require(list->CoversNumber(first) && list->CoversNumber(last));
    Require(!list->CoversNumber("1" + first) || list->ranges().size() > 1);
    if (before != nullptr && before->digits == range.digits) {
      // Sorted, and something lies between.
      Require(before->last < range.first - 1);
      Require(!list->CoversNumber(Written(range.digits, range.first - 1)));
    }
    before = &range;
  }
  // One octet less or more is another document.
  Require(!TnAuthList::Parse(der.substr(0, der.size() - 1)));
  Require(!TnAuthList::Parse(std::string(der) + '\0'));
}

void CheckConstraints(std::string_view der, ClaimConstraints::Form form) {
  const auto read = ClaimConstraints::Parse(der, form);
  if (!read) return;
  size_t names = read->must_include.size() + read->must_exclude.size();
  for (const ClaimConstraints::Permitted& permitted : read->permitted_values) {
    Require(!permitted.claim.empty() && !permitted.values.empty());
    names += 1 + permitted.values.size();
  }
  Require(names >= 1 && names <= ClaimConstraints::kMaxNames);
  for (const std::string& name : read->must_include) Require(!name.empty());
  if (form == ClaimConstraints::Form::kPlain) {
    Require(read->must_exclude.empty());
    Require(ClaimConstraints::Parse(der, ClaimConstraints::Form::kEnhanced).has_value());
  }
  Require(!ClaimConstraints::Parse(der.substr(0, der.size() - 1), form));
  Require(!ClaimConstraints::Parse(std::string(der) + '\0', form));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 3) {
    case 0:
      CheckTnAuthList(rest);
      break;
    case 1:
      CheckConstraints(rest, ClaimConstraints::Form::kPlain);
      break;
    default:
      CheckConstraints(rest, ClaimConstraints::Form::kEnhanced);
  }
  return 0;
}
