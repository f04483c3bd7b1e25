# shellcheck shell=bash
# Sourced by run.sh: rows of the suite bindings that programs in other languages measure and print, as sipward_bench does.

# messages_of_wire ROOT: the folder of the messages of the set wire.
messages_of_wire() {
  if [ -d "${SIPWARD_CORPUS:-}/sip/wire" ]; then echo "$SIPWARD_CORPUS/sip/wire"; else echo "$1/benchmarks/messages/wire"; fi
}

# measure_foreign ROOT BUILD WORK SAMPLES [PIN...]: one JSON line for each row. PIN is a command that holds a program on one processor.
measure_foreign() {
  measure_go "$1" "$2" "$3" "$4" &&
    measure_python "$@" &&
    measure_kamailio "$1" "$2" "$3"
}

# Not pinned: the thread with which Go's runtime looks after the others would take its turns on the same processor (the median of a
# call into C rises from 2.6 us to 3.6). Go's compiler keeps what it compiled in the build folder.
measure_go() {
  local root=$1 build=$2 work=$3 samples=$4
  cat >"$work/sipward.pc" <<PC
Name: sipward
Description: of the build folder
Version: 0
Libs: -L$build/bindings/c -lsipward
Cflags: -I$root/include
PC
  (
    export PKG_CONFIG_PATH=$work LD_LIBRARY_PATH=$build/bindings/c GOCACHE=$build/go/cache GOPATH=$build/go/path
    export GOPROXY=off GOFLAGS='' GOWORK=off GOTOOLCHAIN=local
    cd "$root/benchmarks/bindings_go"
    go build -o "$work/bindings_go" . && "$work/bindings_go" "$(messages_of_wire "$root")" "$samples"
  )
}

# The package is built into the build folder, against the library there.
measure_python() {
  local root=$1 build=$2 work=$3 samples=$4
  SIPWARD_INCLUDE=$root/include SIPWARD_LIB=$build/bindings/c /usr/bin/python3 -B "$root/bindings/python/setup.py" -q \
    build --build-base "$build/python-bench/made" --build-lib "$build/python-bench/lib" >"$work/python.log" 2>&1 || {
    cat "$work/python.log" >&2
    return 2
  }
  PYTHONPATH=$build/python-bench/lib LD_LIBRARY_PATH=$build/bindings/c "${@:5}" /usr/bin/python3 -B "$root/benchmarks/bindings_python.py" "$samples"
}

# Calls through a real Kamailio with and without the module, on loopback; nothing is pinned, since it is many processes. 1000 calls
# at 300 a second, three times each: about 35 seconds.
measure_kamailio() {
  local root=$1 build=$2 prefix=$3/installed
  mkdir -p "$prefix/lib/pkgconfig"
  cp "$3/sipward.pc" "$prefix/lib/pkgconfig/"
  ln -s "$build"/bindings/c/libsipward.so* "$prefix/lib/"
  SIPWARD_PREFIX=$prefix SIPWARD_EXAMPLES=$build/examples bash "$root/examples/kamailio/cost.sh" 1000 3
}
