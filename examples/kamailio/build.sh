#!/usr/bin/env bash
# Builds the module for the Kamailio that is installed, into FOLDER (sipward.so).
#   build.sh FOLDER [FLAG...]     flags are for the compiler
# Debian has no package of Kamailio's headers, so its source is fetched once by apt, from where the machine's own apt fetches;
# it is kept beside FOLDER (kamailio_source), and the machine stays as it is. PKG_CONFIG_PATH names the installed sipward.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=$(mkdir -p "$1" && cd "$1" && pwd)

version=$(dpkg-query -W -f '${source:Version}' kamailio)
kept=${out%/*}/kamailio_source
source=$kept/kamailio-${version%-*}/src

# Kamailio's source of exactly this version, configured.
get_source() {
  local apt=$kept/apt file options
  rm -rf --one-file-system "$apt"
  mkdir -p "$apt"/{parts,lists/partial,cache}
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources}; do
    if [ -s "$file" ]; then
      sed -E 's/^Types:.*/Types: deb-src/; s/^deb([[:space:]])/deb-src\1/' "$file" >"$apt/parts/${file##*/}"
    fi
  done
  options=(-qq -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$apt/parts" -o "Dir::State::lists=$apt/lists"
    -o "Dir::Cache=$apt/cache" -o APT::Sandbox::User=root)
  apt-get "${options[@]}" update
  (cd "$apt" && apt-get "${options[@]}" --download-only source "kamailio=$version")
  rm -rf --one-file-system "${source%/src}"
  (cd "$kept" && dpkg-source --no-check --no-copy --skip-patches -x "$apt"/kamailio_*.dsc "${source%/src}" >/dev/null)
  # It asks the headers of OpenSSL, which need not be here, for what is to be as in the Kamailio that loads the module.
  local flags=()
  if kamailio -I | grep -q TLS_PTHREAD_MUTEX_SHARED; then flags+=(LIBSSL_SET_MUTEX_SHARED=1); fi
  make -s -C "$source" cfg "${flags[@]}" >"$kept/cfg.log" 2>&1
  rm -rf --one-file-system "$apt"
}

if [ ! -e "$source/config.mak" ]; then get_source; fi
cp "$here"/*.[ch] "$here/Makefile" "$out/"
make -s -C "$out" KAMAILIO_SOURCE="$source" FLAGS="${*:2}" sipward.so >"$out/build.log" 2>&1 || {
  cat "$out/build.log" >&2
  exit 1
}
