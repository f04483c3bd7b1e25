#include <array>
#include <memory>

#include "tests/rules/oracle/generator.h"

namespace sipward::rules::oracle {
namespace {

constexpr std::array<const char*, 4> kNets = {"192.0.2.0/24", "192.0.2.1/32", "198.51.100.0/24",
                                              "2001:db8::/64"};
constexpr std::array<const char*, 4> kAddresses = {"192.0.2.1", "192.0.2.7", "198.51.100.1",
                                                   "2001:db8::1"};
constexpr std::array<const char*, 4> kQuarters = {"0", "25", "5", "75"};

int64_t EnumValue(Type type, Chance* chance) {
  switch (type) {
    case Type::kMethod:
      return static_cast<int64_t>(
          chance->Pick({sip::Method::kInvite, sip::Method::kRegister, sip::Method::kBye}));
    case Type::kTransport:
      return chance->Below(6);
    case Type::kAuthReason:
      return chance->Below(7);
    case Type::kNumberType:
      return chance->Below(14);
    case Type::kIdentityResult:
      return chance->Below(4);
    case Type::kIdentityReason:
      return chance->Below(5);
    default:
      return chance->Below(3);  // direction, result
  }
}

std::string Word(Chance* chance) {
  std::string word;
  for (int64_t left = chance->Below(4); left > 0; --left) word += "aAbB.1"[chance->Below(6)];
  return chance->Of(15) ? chance->Pick({"12", "13", "44123", "+44-12", "-7", "b.example", "14",
                                        "+1-876-5230123", "442071838750", "020 7183 8750",
                                        "tel:+44-(0)20-71838750", "0049301234567",
                                        "011442071838750", "110", "GB", "JM", "1", "caribbean"})
                        : word;
}

// A literal as it is written: money has the text of its units.
std::string Written(const Val& value) {
  const int64_t units = facts::kMoneyUnits;
  switch (value.type) {
    case Type::kBool:
      return value.i != 0 ? "true" : "false";
    case Type::kInt:
      return std::to_string(value.i);
    case Type::kFloat: {
      const auto quarters = static_cast<int64_t>(value.f * 4);
      return std::to_string(quarters / 4) + "." + kQuarters[static_cast<size_t>(quarters % 4)];
    }
    case Type::kMoney:
      return std::to_string(value.i / units) +
             (value.i % units == 0 ? "" : "." + std::to_string(value.i % units + units).substr(1));
    case Type::kDuration:
      return std::to_string(value.i / kMillisecond) + "ms";
    case Type::kString:
    case Type::kNumber:
    case Type::kIp:
    case Type::kCidr:
      return "\"" + value.s + "\"";
    default:
      return std::string(facts::EnumValueName(value.type, value.i));
  }
}

}  // namespace

Val RandomValue(Type type, Chance* chance) {
  switch (type) {
    case Type::kBool:
      return Truth(chance->Of(50));
    case Type::kInt:
      return Whole(chance->Below(20));
    case Type::kFloat:
      return Real(static_cast<double>(chance->Below(20)) / 4);
    case Type::kString:
      return Text(Word(chance));
    case Type::kNumber:
      return Text(chance->Pick({"", "1", "12", "13", "44123", "4412", "99", "442071838750",
                                "447400123456", "18765230123", "881612345678"}),
                  Type::kNumber);
    case Type::kDuration:
      return Whole(chance->Below(8) * 500 * kMillisecond, Type::kDuration);
    case Type::kTime:
      return Whole(1'700'000'000 * kSecond + chance->Below(20) * kHour, Type::kTime);
    case Type::kMoney:
      return Whole(chance->Below(10) * facts::kMoneyUnits / 2 + chance->Below(2), Type::kMoney);
    case Type::kIp:
      return Address(kAddresses[static_cast<size_t>(chance->Below(kAddresses.size()))]);
    case Type::kCidr:
      return Network(kNets[static_cast<size_t>(chance->Below(kNets.size()))]);
    default:
      return Whole(EnumValue(type, chance), type);
  }
}

TreePtr Literal(Type type, Chance* chance) {
  auto tree = std::make_shared<Tree>();
  tree->type = type;
  tree->literal = RandomValue(type, chance);
  const bool huge = type == Type::kInt && chance->Of(3);
  if (huge) tree->literal = Whole(INT64_MAX - chance->Below(3));
  tree->name = Written(tree->literal);
  return tree;
}

}  // namespace sipward::rules::oracle
