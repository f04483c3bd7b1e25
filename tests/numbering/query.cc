// What the library says of each number of the standard input, a line each:
// country region calling_code type valid, "-" for what is empty.
#include <iostream>
#include <string>
#include <string_view>

#include "numbering/numbering.h"

int main() {
  using sipward::numbering::Number;
  const auto text = [](std::string_view value) { return value.empty() ? "-" : value; };
  std::string line, out;
  while (std::getline(std::cin, line)) {
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
