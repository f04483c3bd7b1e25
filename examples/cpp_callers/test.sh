#!/usr/bin/env bash
# Compiled as a stranger would, with sanitizers too: a call that its provider signed, whose certificate lies where none may be fetched,
# and one without a token. How certificates are fetched is tested in tests/io/fetch_test.cc, against a server of its own.
# shellcheck source=examples/support/host.sh
source "$(dirname "$0")/../support/host.sh"
export PACKAGES="sipward-fetch sipward"
compile c++ "$work/plain" "$examples/cpp_callers/main.cc"
compile c++ "$work/sanitized" "$examples/cpp_callers/main.cc" -- "${sanitized[@]}"
/usr/bin/python3 "$examples/identity/stir_pki.py" "$work/pki" >/dev/null
token=$(sipward identity sign --key "$work/pki/spc.key" --chain "$work/pki/spc.chain.pem" --x5u https://certs.example/spc.pem \
  --orig 12025550133 --dest 12025550199 --attest A)
# sipward signs no such address, so it is put in afterwards: it is looked at before the signature is.
token=$(python3 - "$token" <<'PY'
import base64, json, sys
token = sys.argv[1].replace("certs.example", "127.0.0.1")
head, rest = token.split(".", 1)
said = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
said["x5u"] = "https://127.0.0.1/spc.pem"
changed = json.dumps(said, separators=(",", ":"), sort_keys=True).encode()
print(base64.urlsafe_b64encode(changed).decode().rstrip("=") + "." + rest)
PY
)
invite() {
  printf '%s\r\n' 'INVITE sip:+12025550199@example.com SIP/2.0' 'Via: SIP/2.0/UDP 198.51.100.7;branch=z9hG4bK7' 'Max-Forwards: 70' \
    'From: <sip:+12025550133@example.com>;tag=7' 'To: <sip:+12025550199@example.com>' 'Call-ID: 7@198.51.100.7' 'CSeq: 1 INVITE' \
    "Date: $(LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S GMT')" 'Contact: <sip:198.51.100.7>' "$@" 'Content-Length: 0' ''
}
invite "Identity: $token" >"$work/signed.sip"
invite >"$work/unsigned.sip"
for program in plain sanitized; do
  for call in signed unsigned; do
    code=0
    # libcurl, which was not compiled with sanitizers, may keep memory to the end.
    ASAN_OPTIONS=detect_leaks=0 timeout 30 "$work/$program" "$work/pki/anchors.pem" <"$work/$call.sip" >"$work/$call.txt" 2>&1 || code=$?
    echo "exit $code" >>"$work/$call.txt"
  done
  expect "$program: the address of its certificate is denied, so it is refused" grep -qx reject "$work/signed.txt"
  expect "$program: a call without a token passes" grep -qx allow "$work/unsigned.txt"
  expect "$program: and exits accordingly" grep -qx "exit 0" "$work/unsigned.txt"
done
if ! finish; then
  cat "$work"/*.txt >&2
  exit 1
fi
