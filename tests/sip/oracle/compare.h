// Holds the library against the reference parser.
#ifndef SIPWARD_TESTS_SIP_ORACLE_COMPARE_H_
#define SIPWARD_TESTS_SIP_ORACLE_COMPARE_H_

#include <string>
#include <string_view>
#include <vector>

#include "sip/sip.h"
#include "tests/sip/oracle/reference_parser.h"

namespace sipward::oracle {

// What the two disagree on, a line each; empty if they agree.
//
// Lines: the same headers, with the same names, values and ids. Parts: where the reference finds a
// value well-formed, the library finds the same parts, and notes no violation and nothing ambiguous
// in it, but for what the grammar has no say in (IsMeaning, IsRemark in compare.cc). Where the
// reference refuses, the library notes a violation or something ambiguous at the same place.
// Verdict: the same in the strict profile. A message beyond a limit of the library is left out.
std::vector<std::string> Compare(std::string_view bytes);

class Comparison {
 public:
  Comparison(std::string_view bytes, sip::Profile profile);
  std::vector<std::string> Run();

 private:
  void Lines();
  void Start();
  void Places();
  void Verdict();
  void Header(const RefHeader& header);
  void Values();
  void Addresses(RefHeader::Id id, sip::HeaderId library_id);
  void Vias();
  void Items();
  void Credentials(RefHeader::Id id, sip::HeaderId library_id);

  void Address(const RefAddress& want, const sip::NameAddr& got, const std::string& what);
  void Uri(const RefUri& want, const sip::Uri& got, const std::string& what);
  void Params(const std::vector<RefParam>& want, Slice got, char separator,
              const std::string& what);
  void Port(Slice want, int32_t got, const std::string& what);
  void Same(Slice want, Slice got, const std::string& what);
  void Note(const std::string& what);

  // Whether a violation or something ambiguous was noted there.
  bool Blamed(Slice where) const;
  bool IsThreeColons(uint32_t offset) const;
  const RefHeader* FirstOf(RefHeader::Id id) const;
  bool AllGood(RefHeader::Id id) const;
  std::string Quote(Slice slice) const;

  std::string_view bytes_;
  sip::Profile profile_;
  RefMessage reference_;
  sip::Message message_;
  std::vector<std::string> notes_;
};

}  // namespace sipward::oracle

#endif  // SIPWARD_TESTS_SIP_ORACLE_COMPARE_H_
