#!/usr/bin/env bash
# Lines and branches of lib/sip that its own tests reach; below the floor it fails. tests/sip/README.md says what is left.
#   check_coverage.sh
# Without the corpora, so that the project's own cases must reach everything. Left out are tests that read much and reach
# nothing of their own (guard pages, alignments, growth, the second parser, the grammar rules); of what Ragel writes, the rules are counted instead.
set -euo pipefail
cd "$(dirname "$0")/../.."
least_lines=99
least_branches=89

# shellcheck source=cmake/install_packages.sh
source cmake/install_packages.sh
install_packages build test coverage
cmake --preset coverage >/dev/null
cmake --build --preset coverage --target sip_tests -- --quiet
find build/coverage -name '*.gcda' -delete
SIPWARD_CORPUS=/nonexistent ctest --preset coverage -R '^sip_' -E 'guard|identity|complexity|rules|differential' -j "$(nproc)" -Q
gcovr --root . --filter 'lib/sip/' --exclude-throw-branches --exclude-unreachable-branches -j "$(nproc)" \
  --fail-under-line "$least_lines" --fail-under-branch "$least_branches" --print-summary \
  build/coverage/{lib/sip,tests/sip/golden,tests/sip/CMakeFiles/sip_message_test.dir}
