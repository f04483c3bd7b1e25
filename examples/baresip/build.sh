#!/usr/bin/env bash
# Builds the module for Debian's baresip: build.sh FOLDER [FLAG...] makes FOLDER/sipward.so. PKG_CONFIG_PATH names the installed
# sipward.
# HAVE_...: what Debian's libre was built with; its headers look for them.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
# shellcheck disable=SC2046
cc -std=c11 -D_GNU_SOURCE -DHAVE_INTTYPES_H -DHAVE_STDBOOL_H -DHAVE_INET6 -O2 -g -fPIC -shared -Wall -Wextra -Wconversion -Wshadow \
  -Werror "${@:2}" -isystem /usr/include/re "$here/module.c" "$here/phone.c" -o "$1/sipward.so" $(pkg-config --cflags --libs sipward)
