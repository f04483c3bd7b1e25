#!/usr/bin/env bash
# The library with each SIPWARD_WITH_* option off, every warning an error: it builds, links nothing of what was left out, has
# every function, and those that cannot say so. First of all the parser alone, which needs neither OpenSSL nor Hyperscan nor
# libsodium, installed and used by a C program.
#   check_options.sh
# One folder, build/options, without optimisation: what an option does not concern is compiled once. Patterns over RE2 are
# in check_re2.sh as well, with their tests.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$root/build/options
others='ssl crypto hs sodium re2 curl pcap absl'

# shellcheck source=cmake/install_packages.sh
source "$root/cmake/install_packages.sh"
install_packages build test

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# configure NAME=VALUE...: all other options are on. Only what `cli` says is ON builds the command.
cli=OFF
configure() {
  local option all=()
  for option in RULES IDENTITY FETCH CAPTURE REPORT HYPERSCAN; do all+=("-DSIPWARD_WITH_$option=ON"); done
  cmake -S "$root" -B "$build" -G Ninja --no-warn-unused-cli -DSIPWARD_WERROR=ON -DSIPWARD_BUILD_CLI=$cli -DCMAKE_BUILD_TYPE=Debug \
    -DCMAKE_CXX_FLAGS_DEBUG=-O0 -DCMAKE_C_FLAGS_DEBUG=-O0 "${all[@]}" "${@/#/-DSIPWARD_WITH_}" >/dev/null
}

# libraries FILE: which of $others it needs, in their order there.
libraries() {
  local needed name found=()
  needed=$(readelf -d "$1" | grep NEEDED)
  for name in $others; do
    if grep -q "\[lib$name[._-]" <<<"$needed"; then found+=("$name"); fi
  done
  echo "${found[*]}"
}

# needs LIBRARY NAME...: these of the others and no more.
needs() {
  local found
  found=$(libraries "$build/bindings/c/$1")
  [ "$found" = "${*:2}" ] || fail "$step: $1 needs '$found' of the others, not '${*:2}'"
}

# tests TARGET...: C programs of tests/c, and the exported symbols.
tests() {
  cmake --build "$build" --target sipward_shared sipward_static "${@/#/c_}" -- --quiet
  if ! ctest --test-dir "$build" -R "^c_($(IFS='|'; echo "$*")|symbols_test)\$" --no-tests=error --output-on-failure >"$build/tests.log"; then
    cat "$build/tests.log" >&2
    fail "$step: tests"
  fi
}

step='' begin=0
begin() {
  step=$1
  begin=$SECONDS
}
end() { echo "$step: $((SECONDS - begin)) s"; }

begin "the parser alone (SIPWARD_WITH_RULES=OFF)"
# Nothing is found by pkg-config, so nothing can be needed.
PKG_CONFIG_LIBDIR=$build/nothing configure RULES=OFF CAPTURE=OFF
tests message_test edit_test framer_test body_test values_test number_test arguments_bodies_test arguments_values_test parser_alone_test
needs libsipward.so
end

begin "the parser alone, installed"
cmake --build "$build" --target libraries -- --quiet
prefix=$build/prefix
rm -rf "$prefix"
cmake --install "$build" --prefix "$prefix" >/dev/null
export PKG_CONFIG_LIBDIR=$prefix/lib/pkgconfig
static=$(pkg-config --static --libs sipward)
for name in $others; do
  if [[ " $static " == *" -l$name "* ]]; then fail "$step: pkg-config says -l$name"; fi
done
# shellcheck disable=SC2046
cc -std=c11 "$root/tests/c/parser_alone_test.c" -I"$root/tests/c" -o "$build/alone" $(pkg-config --cflags --libs sipward)
LD_LIBRARY_PATH=$prefix/lib "$build/alone"
# shellcheck disable=SC2046
cc -std=c11 "$root/tests/c/parser_alone_test.c" -I"$root/tests/c" -o "$build/alone_static" \
  $(pkg-config --cflags --static --libs sipward | sed 's/-lsipward /-l:libsipward.a /')
"$build/alone_static"
[ -z "$(libraries "$build/alone_static")" ] || fail "$step: a static program needs $(libraries "$build/alone_static")"
unset PKG_CONFIG_LIBDIR
end

begin "SIPWARD_WITH_IDENTITY=OFF"
configure IDENTITY=OFF
tests rules_test engine_test event_test identity_test arguments_test
needs libsipward.so hs sodium
end

begin "SIPWARD_WITH_HYPERSCAN=OFF"
configure IDENTITY=OFF HYPERSCAN=OFF
tests rules_test engine_test list_test
needs libsipward.so sodium re2
end

begin "SIPWARD_WITH_FETCH=OFF"
configure FETCH=OFF
tests rules_test identity_test arguments_identity_test arguments_trust_test
cmake --build "$build" --target libraries -- --quiet
needs libsipward.so crypto hs sodium
needs libsipward-fetch.so
end

begin "SIPWARD_WITH_CAPTURE=OFF"
configure CAPTURE=OFF
cmake --build "$build" --target libraries -- --quiet
needs libsipward-fetch.so curl
needs libsipward-capture.so
end

# The command is not built here, which would take longer than all the rest: it has the page from this library, or none.
begin "SIPWARD_WITH_REPORT=OFF"
# Who has no npm hears how to go on.
if cmake -B "$build" -DSIPWARD_BUILD_CLI=ON -DSIPWARD_WITH_CAPTURE=ON -DSIPWARD_NPM= >/dev/null 2>"$build/npm.log"; then fail "$step: configured without npm"; fi
grep -q -- '-DSIPWARD_WITH_REPORT=OFF' "$build/npm.log" || fail "$step: $(cat "$build/npm.log")"
cli=ON
configure REPORT=OFF
cmake --build "$build" --target sipward_report_page -- --quiet
page=$build/bindings/cli/report/libsipward_report_page.a
if grep -q uPlot "$page" || [ -e "$build/bindings/cli/report/node_modules" ]; then fail "$step: $page"; fi
end
