#include "tests/peers/mutate.h"

#include <iterator>

#include "tests/peers/mutations.h"

namespace sipward::peers {
namespace {

using Mutation = void (*)(Draft*, Random&);
// Those that stand twice happen twice as often.
constexpr Mutation kMutations[] = {
    DoubleLine,    DoubleLine,    DropLine, Rename,   SpoilName,   ColonSpace,  EmptyValue,
    TrailingSpace, Fold,          LineEnd,  Smuggle,  LeadingLine, InsertOctet, InsertOctet,
    DropOctet,     SwapOctet,     Noise,    Escape,   User,        Host,        Port,
    Params,        Params,        Scheme,   Brackets, Display,     Number,      Number,
    CseqMethod,    ContentLength, CallId,   ViaValue, StartLine};

}  // namespace

uint64_t Random::Next() {
  state_ += 0x9E3779B97F4A7C15u;
  uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

std::string MutatedMessage(uint64_t number) {
  static const std::vector<std::string> bases = BaseMessages();
  Random random(number);
  Draft draft = CutDraft(bases[random.Below(bases.size())]);
  size_t count = 1;
  if (random.OneIn(3)) ++count;
  if (random.OneIn(6)) ++count;
  for (size_t i = 0; i < count && draft.lines.size() > 2; ++i) {
    kMutations[random.Below(std::size(kMutations))](&draft, random);
  }
  return JoinDraft(draft);
}

}  // namespace sipward::peers
