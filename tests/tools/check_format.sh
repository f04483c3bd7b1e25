#!/usr/bin/env bash
# Every C and C++ file is as clang-format would write it.
set -euo pipefail
cd "$(dirname "$0")/../.."
git ls-files -z '*.cc' '*.h' '*.c' | xargs -0 clang-format --dry-run --Werror
echo "format: $(git ls-files '*.cc' '*.h' '*.c' | wc -l) files are clean"
