#include "benchmarks/numbers.h"

#include <array>
#include <numeric>
#include <string_view>

namespace sipward::bench {
namespace {

constexpr std::array<std::string_view, 64> kExamples = {
    "12015550123",   "15062345678",   "18762101234",   "18092345678",   "447400123456",
    "447797712345",  "4915123456789", "33612345678",   "393123456789",  "390669812345",
    "34612345678",   "48512345678",   "79123456789",   "77710009998",   "46701234567",
    "4740612345",    "358412345678",  "43664123456",   "41781234567",   "380501234567",
    "5212221234567", "5511961234567", "5491123456789", "56221234567",   "5351234567",
    "8613123456789", "819012345678",  "821020000000",  "918123456789",  "923012345678",
    "66812345678",   "84912345678",   "62812345678",   "61412345678",   "64211234567",
    "6797012345",    "201001234567",  "212650123456",  "2348021234567", "27711234567",
    "25271123456",   "21620123456",   "966512345678",  "971501234567",  "972502345678",
    "905012345678",  "12125550123",   "19002345678",   "441212345678",  "449012345678",
    "4930123456",    "499001234567",  "33123456789",   "33891123456",   "390212345678",
    "39899123456",   "468123456",     "469001234567",  "80012345678",   "870301234567",
    "881612345678",  "8821612345678", "883510012345",  "979123456789"};
constexpr size_t kOfEach = 64;
constexpr size_t kChanged = 6;  // digits at the end

std::vector<std::string> Make() {
  std::vector<std::string> numbers;
  uint64_t random = 1;
  const auto next = [&random] {
    random = random * 6364136223846793005u + 1442695040888963407u;
    return static_cast<size_t>(random >> 33);
  };
  for (const std::string_view example : kExamples) {
    for (size_t i = 0; i < kOfEach; ++i) {
      std::string number = "+" + std::string(example);
      for (size_t at = number.size() - kChanged; at < number.size(); ++at) {
        number[at] = static_cast<char>('0' + next() % 10);
      }
      numbers.push_back(number);
    }
  }
  for (size_t i = numbers.size(); i > 1; --i) numbers[i - 1].swap(numbers[next() % i]);
  return numbers;
}

std::string WithBlanks(std::string_view digits) {
  std::string text = "+";
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 1 && i % 3 == 2) text += ' ';
    text += digits[i];
  }
  return text;
}

std::vector<std::string> Write() {
  std::vector<std::string> texts;
  for (const std::string& number : Numbers()) {
    const std::string digits = number.substr(1);
    switch (texts.size() % 4) {
      case 0:
        texts.push_back(WithBlanks(digits));
        break;
      case 1:
        texts.push_back("tel:" + number);
        break;
      case 2:
        texts.push_back("00" + digits);
        break;
      default:
        texts.push_back("0151 23" + digits.substr(digits.size() - kChanged));
    }
  }
  return texts;
}

}  // namespace

const std::vector<std::string>& WrittenNumbers() {
  static const std::vector<std::string> texts = Write();
  return texts;
}

const std::vector<std::string>& Numbers() {
  static const std::vector<std::string> numbers = Make();
  return numbers;
}

double NumberWorkload::Bytes() const {
  const size_t bytes =
      std::accumulate(numbers_.begin(), numbers_.end(), size_t{0},
                      [](size_t sum, const std::string& number) { return sum + number.size(); });
  return static_cast<double>(bytes) / static_cast<double>(numbers_.size());
}

std::string NumberWorkload::Outcome() {
  return handled_ == 0 ? "" : std::to_string(valid_ * 100 / handled_) + " % are valid";
}

}  // namespace sipward::bench
