// What the library says of each number of the standard input, a line each:
// country region calling_code type valid, "-" for what is empty. Of a country, a tab and a text:
// the one form of the number.
#include <array>
#include <iostream>
#include <string>
#include <string_view>

#include "numbering/numbering.h"

int main() {
  using sipward::numbering::Home;
  using sipward::numbering::Number;
  const auto text = [](std::string_view value) { return value.empty() ? "-" : value; };
  std::string line, out;
  while (std::getline(std::cin, line)) {
    if (const size_t tab = line.find('\t'); tab != line.npos) {
      const std::string_view asked = line;
      const Home home = Home::Find(asked.substr(0, tab)).value_or(Home());
      constexpr std::string_view kAsk = "emergency ";
      const std::string_view written = asked.substr(tab + 1);
      if (written.starts_with(kAsk)) {
        out += sipward::numbering::IsEmergency(written.substr(kAsk.size()), home) ? "1\n" : "0\n";
        continue;
      }
      std::array<char, sipward::numbering::kMaxDigits> room;
      out += sipward::numbering::Canonical(written, home, room);
      out += '\n';
      continue;
    }
    const Number number = sipward::numbering::Find(line);
    const auto type = static_cast<size_t>(number.type());
    for (const std::string_view part : {number.country(), number.region(), number.calling_code()}) {
      out += std::string(text(part)) + ' ';
    }
    out += std::string(sipward::numbering::NumberTypeNames()[type]) +
           (number.valid() ? " 1\n" : " 0\n");
  }
  std::cout << out;
}
