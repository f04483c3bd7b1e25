#!/usr/bin/env bash
# Builds, starts, tests and stops every example and host, on loopback alone.
#   examples/run-all.sh [--skip-missing] [EXAMPLE...]     all of them, or those that are named
# SIPWARD_PREFIX names an installed sipward; otherwise this one is built (build/release) and installed in build/examples/prefix.
# Exit: 0 only if each did its work. One that cannot be run here (77) counts as a failure, unless --skip-missing permits it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/.." && pwd)
missing_is_failure=1
wanted=()
for argument in "$@"; do
  case $argument in
    --skip-missing) missing_is_failure=0 ;;
    -*)
      sed -n '2,5s/^# \{0,1\}//p' "$0" >&2
      exit 2
      ;;
    *)
      if [ ! -f "$here/$argument/test.sh" ]; then
        echo "there is no examples/$argument/test.sh" >&2
        exit 2
      fi
      wanted+=("$argument")
      ;;
  esac
done
if [ ${#wanted[@]} -eq 0 ]; then
  shopt -s nullglob
  for test in "$here"/*/test.sh "$here"/*/*/test.sh; do
    folder=${test#"$here"/}
    wanted+=("${folder%/test.sh}")
  done
fi

# shellcheck source=cmake/install_packages.sh
source "$root/cmake/install_packages.sh"
install_packages build examples

if [ -z "${SIPWARD_PREFIX:-}" ]; then
  export SIPWARD_PREFIX=$root/build/examples/prefix
  echo "building sipward"
  (
    cd "$root"
    if [ ! -f build/release/build.ninja ]; then cmake --preset release >/dev/null; fi
    cmake --build --preset release -- --quiet
    cmake --install build/release --prefix "$SIPWARD_PREFIX" >/dev/null
  )
fi

table=()
failed=0
for example in "${wanted[@]}"; do
  echo
  echo "== $example"
  begin=$SECONDS
  status=0
  timeout 300 bash "$here/$example/test.sh" || status=$?
  case $status in
    0) result=works ;;
    77)
      result="cannot be run here"
      failed=$((failed + missing_is_failure))
      ;;
    *)
      result="FAILED ($status)"
      failed=$((failed + 1))
      ;;
  esac
  table+=("$(printf '%-28s %-20s %4d s' "$example" "$result" $((SECONDS - begin)))")
done

echo
printf '%s\n' "${table[@]}"
echo "$((${#wanted[@]} - failed)) of ${#wanted[@]} examples, $SECONDS s in all"
[ "$failed" -eq 0 ]
