#!/usr/bin/env bash
# baresip without a screen, on loopback, that asks sipward: a caller whose number was signed for rings; a forged one, a familiar number
# that nobody vouches for, a familiar name with a foreign number, and a scanner do not.
# shellcheck source=examples/support/host.sh
source "$(dirname "$0")/../support/host.sh"
here=$examples/baresip
# With sanitizers, for which the program has to have their libraries as well.
bash "$here/build.sh" "$built/baresip" "${sanitized[@]}"
sanitizers=$(cc -print-file-name=libasan.so):$(cc -print-file-name=libubsan.so)

phone=+12025550199
x5u=https://certs.example/spc.pem
/usr/bin/python3 "$examples/identity/stir_pki.py" "$work/pki" >/dev/null
# baresip looks in one folder for all its modules.
account=$(dpkg -L baresip-core | grep -m1 '/account.so$')
mkdir "$work/modules"
ln -s "$account" "${account%/*}/g711.so" "$built/baresip/sipward.so" "$work/modules/"

# start_phone NAME: with the module, unless NAME is `bare`; sets $port.
start_phone() {
  port=$(free_port)
  mkdir -p "$work/$1"
  {
    printf '%s\n' "sip_listen 127.0.0.1:$port" "net_interface 127.0.0.1" "module_path $work/modules" "call_max_calls 20" \
      "module account.so" "module g711.so"
    if [ "$1" != bare ]; then
      printf '%s\n' "module sipward.so" "sipward_rules $here/phone.ward" "sipward_anchors $work/pki/anchors.pem" \
        "sipward_certificate $x5u=$work/pki/spc.chain.pem"
    fi
  } >"$work/$1/config"
  printf '<sip:%s@127.0.0.1:%s>;regint=0\n' "$phone" "$port" >"$work/$1/accounts"
  start "$1" env LD_PRELOAD="$sanitizers" ASAN_OPTIONS=detect_leaks=0 baresip -f "$work/$1"
  if ! until_true 30 grep -q 'baresip is ready' "$work/$1.log"; then
    show "$1"
    return 1
  fi
}
# signed ORIG: the Identity of a call from this number to the phone, fresh.
signed() {
  sipward identity sign --key "$work/pki/spc.key" --chain "$work/pki/spc.chain.pem" --x5u "$x5u" --orig "$1" --dest "${phone#+}" --attest A
}
# rings CALLER NAME IDENTITY: a whole call with sipp that rings and is given up.
rings() {
  timeout 20 sipp -sf "$here/call.xml" -i 127.0.0.1 -p "$(free_port)" -s "$phone" -m 1 -timeout 10s -timeout_error -nostdin \
    -key caller "$1" -key name "$2" -key identity "$3" "127.0.0.1:$port" >"$work/sipp.log" 2>&1
}
# answer CALLER NAME [HEADER]: the first line of what a call gets.
answer() { ask --method INVITE --user "$phone" --caller "\"$2\" <sip:$1@example.com>" ${3:+--header "$3"} --provisional "127.0.0.1:$port"; }

echo "without the module everybody rings:"
start_phone bare
expect "a forged one does" is "$(answer +12025550133 "My Bank" "Identity: $(signed 12025550155)")" = "SIP/2.0 180 Ringing"
stop bare

echo "with it:"
start_phone phone
expect "a familiar number, signed, rings (sipp)" rings +12025550133 "My Bank" "$(signed 12025550133)"
expect "an unknown number, signed, rings (sipp)" rings +12025550144 "Bob" "$(signed 12025550144)"
expect "an unknown number without a token rings" is "$(answer +12025550147 Bob)" = "SIP/2.0 180 Ringing"
expect "a token for another number is refused" \
  is "$(answer +12025550133 "My Bank" "Identity: $(signed 12025550155)")" = "SIP/2.0 438 Invalid Identity Header"
token=$(signed 12025550133)
expect "a token whose signature was changed is refused" \
  is "$(answer +12025550133 "My Bank" "Identity: AAAA${token:4}")" = "SIP/2.0 438 Invalid Identity Header"
expect "a familiar number without a token is refused" is "$(answer +12025550133 "My Bank")" = "SIP/2.0 428 Use Identity Header"
expect "a familiar name with a foreign number is refused" is "$(answer +12025550166 "My Bank")" = "SIP/2.0 403 Not Who You Say"
expect "a scanner gets no answer" \
  is "$(ask --method OPTIONS --user "$phone" --header "User-Agent: friendly-scanner" --seconds 1 "127.0.0.1:$port")" = "no answer"
expect "the log says which rule it was" grep -q 'reject INVITE of .*: phone.familiar_name' "$work/phone.log"
expect "a familiar number, signed, rings once more (sipp)" rings +12025550133 "My Bank" "$(signed 12025550133)"
stop phone
expect "it stops cleanly" is "$stopped" = 0
expect "no sanitizer complains" is "$(grep -cE 'AddressSanitizer|runtime error' "$work/phone.log" || true)" = 0
if ! finish; then
  show phone
  show sipp
  exit 1
fi
