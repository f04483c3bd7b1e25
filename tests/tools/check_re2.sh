#!/usr/bin/env bash
# Without Hyperscan: pattern lists over RE2 alone, in build/re2 and without optimisation, which halves the time.
#   check_re2.sh        lists, the only folder that knows one or the other, and its tests
#   check_re2.sh full   everything, and the tests of lists, rules, engine and both interfaces
# What rules do over RE2 is in every run of the tests, too (rules_re2_test, rules_oracle_re2_test): there the objects of
# the ordinary build are linked once more.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$root/build/re2
case ${1:-} in
  "")
    targets=(lists_test)
    linked=(bin/lists_test)
    tests='^lists_test$'
    ;;
  full)
    targets=(all)
    linked=(bin/lists_test bindings/c/libsipward.so)
    tests='^(lists|rules|engine|c|cpp)_'
    ;;
  *)
    echo "usage: check_re2.sh [full]" >&2
    exit 2
    ;;
esac

# shellcheck source=cmake/install_packages.sh
source "$root/cmake/install_packages.sh"
install_packages build test
cmake -S "$root" --preset dev -B "$build" -DSIPWARD_WITH_HYPERSCAN=OFF \
  -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O0 -DCMAKE_C_FLAGS_DEBUG=-O0 >/dev/null
cmake --build "$build" --target "${targets[@]}" -- --quiet
for program in "${linked[@]}"; do
  needed=$(readelf -d "$build/$program" | grep NEEDED)
  if ! grep -q 'libre2\.so' <<<"$needed" || grep -q 'libhs\.so' <<<"$needed"; then
    echo "FAILED: $program should need RE2 and no Hyperscan" >&2
    echo "$needed" >&2
    exit 1
  fi
done
export SIPWARD_CORPUS=${SIPWARD_CORPUS:-$root/../shared/data}
ctest --test-dir "$build" -R "$tests" -j "$(nproc)" --output-on-failure --no-tests=error
