# shellcheck shell=bash
# Sourced by the scripts that must work on a fresh Debian 12: install_packages build|test|check|coverage|bench|count|peer|capture|portability|examples ...
#
# Installs only what is missing, so that a second run needs neither the network nor root.

build_packages=(g++ cmake ninja-build pkg-config ragel python3 python3-phonenumbers libhwy-dev libsodium-dev
  libssl-dev libhyperscan-dev libpcap-dev libcli11-dev libmicrohttpd-dev zlib1g-dev
  libcurl4-openssl-dev npm)
test_packages=(libgtest-dev libgmock-dev libre2-dev python3 python3-yaml python3-cryptography python3-prometheus-client mandoc doxygen abigail-tools tshark nftables binutils xz-utils valgrind chromium
  libosip2-dev libsofia-sip-ua-dev libre-dev libbellesip-dev libbctoolbox-dev
  secsipidx kamailio kamailio-secsipid-modules golang-go
  python3-cffi python3-dev python3-setuptools python3-wheel python3-venv mypy)
check_packages=(ccache lld clang clang-format clang-tidy libclang-rt-14-dev git)
coverage_packages=(gcovr)
bench_packages=(libbenchmark-dev python3 golang-go python3-cffi python3-dev python3-setuptools)
count_packages=(valgrind python3)
peer_packages=(libosip2-dev libsofia-sip-ua-dev libre-dev libyara-dev libmodsecurity-dev libsecsipid-dev
  libphonenumber-dev)
capture_packages=(tshark python3)
portability_packages=(mmdebstrap)
packages_packages=(dpkg-dev file gzip python3-cffi python3-dev python3-setuptools)
clean_root_packages=(mmdebstrap lintian)
examples_packages=(g++ make dpkg-dev pkg-config procps python3 python3-cryptography python3-prometheus-client python3-cffi python3-dev python3-setuptools
  kamailio kamailio-python3-modules sip-tester sipsak sipvicious baresip-core libre-dev libsofia-sip-ua-dev golang-go)

install_packages() {
  local set name wanted=() missing=()
  for set in "$@"; do
    name="${set}_packages[@]"
    wanted+=("${!name}")
  done
  for name in "${wanted[@]}"; do
    # From wherever it is: Debian's brings some three hundred packages.
    if [ "$name" = npm ] && command -v npm >/dev/null; then continue; fi
    [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null)" = "ii " ] || missing+=("$name")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  local sudo=()
  if [ "$(id -u)" -ne 0 ]; then sudo=(sudo); fi
  echo "installing ${missing[*]}"
  "${sudo[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}
