#!/usr/bin/env bash
# Builds every fuzz target as OSS-Fuzz and ClusterFuzzLite want it: programs, dictionaries, seed corpora and options in $OUT.
# They set CC, CXX, CFLAGS, CXXFLAGS, LIB_FUZZING_ENGINE, SANITIZER, OUT and WORK; fuzz/README.md shows a run by hand.
#
# - Their CXXFLAGS ask for libc++. The packaged RE2 speaks std::string of libstdc++, which is another type, so everything is
#   built with libstdc++ here, linked statically. libFuzzer brings a private copy of its own library and does not mind.
# - Pattern lists are scanned with RE2: it compiles a pattern in microseconds where Hyperscan takes milliseconds, so that there is
#   more to fuzz in a second. The preset `fuzz` uses Hyperscan; so both are tried.
# - The machines that run the targets have none of the packages: libraries are static where their .a stands alone. That of libpcap
#   wants libdbus and libsystemd, so it and what it needs go to $OUT/lib.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
: "${CC:?}" "${CXX:?}" "${OUT:?}" "${LIB_FUZZING_ENGINE:?}"
build=${WORK:-${OUT}.work}/sipward-${SANITIZER:-none}

export CXXFLAGS="${CXXFLAGS:-}"
CXXFLAGS=${CXXFLAGS//-stdlib=libc++/}
export LDFLAGS="${LDFLAGS:-} -static-libstdc++ -Wl,-rpath,\$ORIGIN/lib -Wl,--disable-new-dtags"

cmake -S . -B "$build" -G Ninja \
  -DCMAKE_BUILD_TYPE=RelWithDebInfo \
  -DCMAKE_PROJECT_INCLUDE="$PWD/fuzz/oss-fuzz/static_libraries.cmake" \
  -Dpkgcfg_lib_pcap_pcap="$("$CC" -print-file-name=libpcap.so)" \
  -DSIPWARD_BUILD_FUZZERS=ON \
  -DSIPWARD_FUZZING_ENGINE="$LIB_FUZZING_ENGINE" \
  -DSIPWARD_WITH_HYPERSCAN=OFF \
  -DSIPWARD_WITH_FETCH=OFF \
  -DSIPWARD_WITH_REPORT=OFF
cmake --build "$build" --target fuzz_targets ${SIPWARD_FUZZ_JOBS:+-j "$SIPWARD_FUZZ_JOBS"}

mkdir -p "$OUT/lib"
while read -r target dictionary; do
  program=$OUT/${target}_fuzz
  cp "$build/bin/${target}_fuzz" "$program"
  cp "fuzz/$dictionary.dict" "$program.dict"
  python3 -B fuzz/corpus.py zip "$target" "${program}_seed_corpus.zip"
  printf '[libfuzzer]\nmax_len = 8192\ntimeout = 10\nrss_limit_mb = 2048\n' >"$program.options"
done <"$build/fuzz/targets.txt"

# Everything that the capture reader needs but the C library itself.
if [ -x "$OUT/capture_fuzz" ]; then
  ldd "$OUT/capture_fuzz" | awk '$3 ~ /^\// {print $3}' |
    { grep -vE '/(libc|libm|libpthread|libdl|librt|libresolv|ld-linux[^/]*)\.so' || true; } |
    while read -r library; do cp -L "$library" "$OUT/lib/"; done
fi
