#!/usr/bin/env bash
# The folders that know nothing of their host compile for 64-bit Windows and 64-bit Arm, every warning an error, and
# their tests pass on Arm under qemu-user. May be run again.
#   check_portability.sh
# The cross compilers and the :arm64 libraries are unpacked into a root of their own, because some of them would
# remove packages of the machine. It is made with the machine's own apt sources (0.9 GB, about a minute), kept in
# SIPWARD_PORTABILITY_CACHE (default build/portability) and used again until the list of packages changes.
# Exit: 0 all passed, 1 something did not, 77 not run because it needs root rights (chroot) on Debian amd64.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cache=${SIPWARD_PORTABILITY_CACHE:-$root/build/portability}
corpus=${SIPWARD_CORPUS:-$root/../shared/data}
folders=()
for folder in base sip numbering; do
  if [ -d "$root/lib/$folder" ]; then folders+=("$folder"); fi
done
# dash, because ninja runs its commands with /bin/sh.
packages=(dash cmake ninja-build pkg-config ragel python3 python3-phonenumbers libhwy-dev
  g++-mingw-w64-x86-64-posix g++-aarch64-linux-gnu qemu-user libstdc++6:arm64 libgtest-dev:arm64 libgmock-dev:arm64 libsodium-dev:arm64)
# qemu-user has no robust futexes (set_robust_list is ENOSYS there): who waits for a dead holder waits for ever.
no_robust_lock=SharedLockTest.TellsOnceThatAHolderDied
# A minute under qemu, and how work grows with length is the same on every processor.
too_slow=sip_complexity_test

if [ "$(id -u)" -ne 0 ] || [ "$(dpkg --print-architecture 2>/dev/null)" != amd64 ]; then
  echo "SKIPPED check_portability: needs root rights (chroot) on Debian amd64" >&2
  exit 77
fi

work='' unfinished='' step='' log=$(mktemp)
clean_up() {
  if [ -n "$step" ]; then
    cat "$log" >&2
    echo "FAILED $step" >&2
  fi
  rm -rf --one-file-system "$log" ${work:+"$foreign/$work"} ${unfinished:+"$unfinished" "$unfinished.conf"}
  if [ -n "$step" ]; then exit 1; fi
}
trap clean_up EXIT

# step NAME COMMAND...: says how long it took; what it wrote is shown only if it fails.
step() {
  local begin=$SECONDS
  step=$1
  "${@:2}" >"$log" 2>&1
  echo "$step: $((SECONDS - begin)) s"
  step=
}

make_root() {
  local sources=() file
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources}; do
    if [ -s "$file" ]; then sources+=("$file"); fi
  done
  # How the machine's apt fetches: proxies and the like.
  apt-config dump | grep '^Acquire::' | grep -v '^Acquire::IndexTargets' >"$unfinished.conf"
  # Unpacked, not installed: no maintainer's script runs, and nothing needs to be mounted.
  mmdebstrap --mode=root --variant=extract --architectures=amd64,arm64 --aptopt="$unfinished.conf" \
    --dpkgopt='path-exclude=/usr/bin/qemu-*' --dpkgopt='path-include=/usr/bin/qemu-aarch64' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --include="$(IFS=,; echo "${packages[*]}")" \
    "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$unfinished" "${sources[@]}"
  rm "$unfinished.conf"
  echo "${packages[*]}" >"$unfinished/packages"
}

# in_root [NAME=VALUE...] COMMAND...: with no other environment.
in_root() {
  local environment=(PATH=/usr/sbin:/usr/bin:/bin LC_ALL=C)
  while [[ $1 == *=* ]]; do
    environment+=("$1")
    shift
  done
  env -i "${environment[@]}" chroot "$foreign" "$@"
}

# Only these folders go in, so that nothing else can be needed; the tests read messages.
copy_tree() {
  local folder paths=(cmake tests/support benchmarks/messages fuzz/seeds)
  for folder in "${folders[@]}"; do paths+=("lib/$folder" "tests/$folder"); done
  tar -C "$root" -cf - "${paths[@]}" | tar -C "$foreign/$work" -xf -
  cp "$root/tests/portability/CMakeLists.txt" "$foreign/$work/"
  mkdir "$foreign/$work/corpus"
  # The single messages; the archives of thousands cost minutes under qemu.
  if [ -d "$corpus/sip" ]; then
    tar -C "$corpus" --exclude='*.xz' -cf - sip | tar -C "$foreign/$work/corpus" -xf -
  fi
  # For Windows Debian has no libsodium and no Highway, but their headers are the same everywhere.
  mkdir "$foreign/$work/headers"
  ln -s /usr/include/{hwy,sodium,sodium.h} "$foreign/$work/headers/"
  printf '%s\n' 'Name: libsodium' 'Description: headers alone' 'Version: 1' "Cflags: -I/$work/headers" \
    >"$foreign/$work/headers/libsodium.pc"
}

# build TOOLCHAIN [NAME=VALUE...] [OPTION...]: the toolchain is a file of cmake/toolchains, the rest is for cmake.
build() {
  local toolchain=$1 environment=()
  shift
  while [[ ${1:-} == [A-Z]*=* ]]; do
    environment+=("$1")
    shift
  done
  in_root "${environment[@]}" cmake -S "/$work" -B "/$work/$toolchain" -G Ninja \
    -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE="-O2 -DNDEBUG" \
    -DCMAKE_TOOLCHAIN_FILE="/$work/cmake/toolchains/$toolchain.cmake" \
    -DSIPWARD_FOLDERS="$(IFS=';'; echo "${folders[*]}")" "$@"
  in_root ninja -j "$(nproc)" -C "/$work/$toolchain"
}

# has_vectors TOOLCHAIN TARGET...: the index was compiled for these instruction sets.
has_vectors() {
  local toolchain=$1 target symbols
  symbols=$(in_root "$toolchain-nm" -C "/$work/$toolchain/lib/sip/libsipward_sip.a" 2>/dev/null)
  for target in "${@:2}"; do
    if ! grep -q "T sipward::sip::N_$target::IndexHeadVector" <<<"$symbols"; then
      echo "sip/index_simd.cc has nothing for $target"
      return 1
    fi
  done
}

for_windows() {
  build x86_64-w64-mingw32 PKG_CONFIG_LIBDIR="/$work/headers" -DSIPWARD_HIGHWAY_INCLUDE_DIR="/$work/headers"
  has_vectors x86_64-w64-mingw32 AVX2 SSE4
}

for_arm() {
  build aarch64-linux-gnu -DSIPWARD_BUILD_TESTS=ON
  has_vectors aarch64-linux-gnu NEON
}

run_on_arm() {
  in_root SIPWARD_CORPUS="/$work/corpus" GTEST_FILTER="-$no_robust_lock" \
    ctest --test-dir "/$work/aarch64-linux-gnu" -E "^$too_slow$" -j "$(nproc)" --timeout 300 -V \
    --no-tests=error
  passed=$(sed -n 's/.*\[  PASSED  \] \([0-9]*\) tests\?\..*/\1/p' "$log" | awk '{ sum += $1 } END { print sum + 0 }')
  programs=$(grep -c '  Passed  ' "$log")
}

# shellcheck source=cmake/install_packages.sh
source "$root/cmake/install_packages.sh"
install_packages portability
mkdir -p "$cache"
foreign=$cache/root
if [ "$(cat "$foreign/packages" 2>/dev/null)" != "${packages[*]}" ]; then
  unfinished=$(mktemp -d "$cache/unfinished.XXXXXX")
  step "root with the cross compilers" make_root
  rm -rf --one-file-system "$foreign"
  mv "$unfinished" "$foreign"
  unfinished=
fi
work=$(basename "$(mktemp -d "$foreign/sipward.XXXXXX")")
copy_tree
step "x86_64-w64-mingw32: ${folders[*]} compile" for_windows
step "aarch64-linux-gnu: ${folders[*]} and their tests compile" for_arm
step "aarch64-linux-gnu: tests under qemu-user (without $no_robust_lock, $too_slow)" run_on_arm
echo "portability: $passed tests of $programs programs passed on aarch64; $SECONDS s in all"
