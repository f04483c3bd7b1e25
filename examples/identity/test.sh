#!/usr/bin/env bash
# A small public key infrastructure, and with it: a call that is signed verifies, one for another number does not, nor does one of a
# provider whose certificate was revoked.
# shellcheck source=examples/support/host.sh
source "$(dirname "$0")/../support/host.sh"
pki=$work/pki
/usr/bin/python3 "$examples/identity/stir_pki.py" "$pki" --count 20 --number 12025550130 >/dev/null

# sign WHO ORIG: one value of an Identity header, into the file WHO.
sign() {
  sipward identity sign --key "$pki/$1.key" --chain "$pki/$1.chain.pem" --x5u "https://certs.example/$1.pem" --orig "$2" \
    --dest 12025550199 --attest A >"$work/$1"
}
# verify WHO ORIG: what is said of it, in $work/said.
verify() {
  sipward identity verify --identity "$work/$1" --orig "$2" --dest 12025550199 --chain "$pki/$1.chain.pem" \
    --anchors "$pki/anchors.pem" --crl "$pki/sti-pa.crl" --json >"$work/said"
}
said() { grep -q "\"$1\":\"$2\"" "$work/said"; }

for who in spc numbers revoked; do sign "$who" 12025550133; done
expect "the call of a provider verifies" verify spc 12025550133
expect "with its attestation" said attest A
expect "one of a customer with numbers of his own too" verify numbers 12025550133
expect "with another number it does not" is "$(verify spc 12025550134; echo $?)" = 1
expect "since the token is for another call" said reason ORIG_MISMATCH
expect "one that was signed with a revoked certificate does not" is "$(verify revoked 12025550133; echo $?)" = 1
expect "since it was revoked" said reason CERT_REVOKED
expect "numbers that are not the signer's are not signed" is "$(sign numbers 12025550190 2>/dev/null; echo $?)" = 1
finish
