#!/usr/bin/env bash
# The Debian packages as a newcomer has them: built, judged by lintian, installed in a clean root with what they depend on, and
# used with the commands of README.md, "In your language".
#   check_packages.sh
# The root is made with the machine's own apt sources (half a minute), kept in SIPWARD_ROOT_CACHE (default build/clean_root) and
# used again until the list of what it holds changes.
# Exit: 0 all is well, 1 something is not, 77 not run because it needs root rights (chroot) on Debian.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cache=${SIPWARD_ROOT_CACHE:-$root/build/clean_root}
packages=$root/build/packages
# What the page tells a newcomer to install beside the packages is installed there by its own line.
holds=(ca-certificates sudo)
home=root

if [ "$(id -u)" -ne 0 ] || ! command -v dpkg >/dev/null || ! unshare --mount true; then
  echo "SKIPPED check_packages: needs root rights (chroot, mounts of its own) on Debian" >&2
  exit 77
fi

log=$(mktemp)
step='' clean='' unfinished=''
clean_up() {
  if [ -n "$step" ]; then
    tail -n 60 "$log" >&2
    echo "FAILED $step" >&2
  fi
  rm -rf --one-file-system "$log" ${clean:+"$clean"} ${unfinished:+"$unfinished"}
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

# Errors are errors; of warnings, all but that the first upload closes no bug of Debian's.
judge() {
  lintian --allow-root --fail-on error,warning --suppress-tags initial-upload-closes-no-bugs "$packages"/*.deb
}

make_root() {
  local sources=() file
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources}; do
    if [ -s "$file" ]; then sources+=("$file"); fi
  done
  # How the machine's apt fetches: proxies and the like.
  apt-config dump | grep '^Acquire::' | grep -v '^Acquire::IndexTargets' >"$unfinished/apt.conf"
  mmdebstrap --mode=root --variant=apt --aptopt="$unfinished/apt.conf" --include="$(IFS=,; echo "${holds[*]}")" \
    "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$unfinished/root.tar" "${sources[@]}"
  echo "${holds[*]}" >"$unfinished/holds"
}

unpack_root() {
  tar -C "$clean" -xf "$cache/root.tar"
  cp /etc/resolv.conf "$clean/etc/resolv.conf"
  echo '127.0.0.1 localhost' >"$clean/etc/hosts"
  # What the packages' rules for services ask: nothing is started here.
  printf '#!/bin/sh\nexit 101\n' >"$clean/usr/sbin/policy-rc.d"
  chmod +x "$clean/usr/sbin/policy-rc.d"
  mkdir "$clean/$home/sipward"
  git -C "$root" ls-files -z --cached --others --exclude-standard |
    tar -C "$root" --null --files-from=- --ignore-failed-read -cf - | tar -C "$clean/$home/sipward" -xf -
  mkdir -p "$clean/$home/sipward/build/packages"
  cp "$packages"/*.deb "$clean/$home/sipward/build/packages/"
}

# in_root LINE: as a newcomer types it, in the clone; with mounts that nobody else sees.
in_root() {
  # shellcheck disable=SC2016
  unshare --mount bash -c 'mount -t proc proc "$1/proc" && mount --bind /dev "$1/dev" &&
    exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME="/$3" LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
      chroot "$1" timeout 600 bash -e -o pipefail -c "cd ~/sipward; $2"' - "$clean" "$1" "$home"
}

# The lines of block NUMBER of the chapter.
lines() {
  awk -v wanted="$1" '/^## / { inside = ($0 == "## In your language") } inside && /^```sh$/ { ++block; open = 1; next }
    /^```$/ { open = 0 } inside && open && block == wanted' "$root/README.md"
}

# says PATTERN LINE: it works, and prints that.
says() {
  local said
  said=$(in_root "$2") || {
    echo "$said"
    return 1
  }
  if ! grep -q -- "$1" <<<"$said"; then
    printf '%s\nsaid:\n%s\n' "$2" "$said"
    return 1
  fi
}

# shellcheck source=cmake/install_packages.sh
source "$root/cmake/install_packages.sh"
install_packages clean_root
step "packages" bash "$root/cmake/packages/build.sh"
step "lintian" judge
mkdir -p "$cache"
if [ "$(cat "$cache/holds" 2>/dev/null)" != "${holds[*]}" ]; then
  unfinished=$(mktemp -d "$cache/unfinished.XXXXXX")
  step "clean root" make_root
  mv "$unfinished"/{root.tar,holds} "$cache/"
  rm -rf "$unfinished"
  unfinished=
fi
clean=$(mktemp -d)
step "unpacked" unpack_root

mapfile -t install < <(lines 1)
mapfile -t commands < <(lines 2)
if [ ${#install[@]} -ne 2 ] || [ ${#commands[@]} -ne 5 ]; then
  echo "README.md should say in two lines how the packages are installed, and five commands: ${#install[@]}, ${#commands[@]}" >&2
  exit 1
fi
# The first builds the packages, which is done.
step "${install[1]}" in_root "apt-get update -q; ${install[1]}"
expected=('scan.user_agent' 'scan.user_agent' 'scan.user_agent' 'auth.bruteforce' 'ok .*svwar finds nobody')
for ((i = 0; i < 5; ++i)); do step "${commands[i]}" says "${expected[i]}" "${commands[i]}"; done
echo "check_packages: $SECONDS s in all"
