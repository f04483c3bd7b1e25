#!/usr/bin/env bash
# Records examples/captures/first_look.pcap anew: a registrar, honest calls through it, and three attacks on it. Everything runs on
# 127.0.0.0/8 and is over after half a minute. Needs root (to capture) and Debian's kamailio, sip-tester, sipvicious and tshark.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../first_look.pcap}
work=$(mktemp -d)
pids=()
cleanup() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap cleanup EXIT

kamailio -f "$here/kamailio.cfg" -P "$work/kamailio.pid" -Y "$work" -DD -E -m 32 -M 8 >"$work/kamailio.log" 2>&1 &
pids+=($!)
sipp -sd uas >"$work/uas.xml" || true  # it always exits with an error
sed -i 's/\[last_Via:\]/[last_Via:]\n      [last_Record-Route:]/' "$work/uas.xml"
(sipp -sd uac || true) | sed -e 's/<recv response="200" rtd="true">/<recv response="200" rtd="true" rrs="true">/' \
  -e 's/^\( *\)\(ACK\|BYE\) sip:\[service\]@\[remote_ip\]:\[remote_port\] SIP\/2.0/\1\2 [next_url] SIP\/2.0/' \
  -e 's/^\( *\)\(From: .*\)$/\1\2/' >"$work/uac.xml"
# Requests inside the dialog carry the recorded route.
python3 - "$work/uac.xml" <<'PY'
import re, sys
path = sys.argv[1]
text = open(path).read()
text = re.sub(r"((?:ACK|BYE) \[next_url\] SIP/2\.0\n(\s*)Via: [^\n]*\n)", r"\1\2[routes]\n", text)
open(path, "w").write(text)
PY
sipp -sf "$work/uas.xml" -i 127.0.0.20 -p 5070 -nostdin -timeout 60s >"$work/uas.log" 2>&1 &
pids+=($!)
tshark -i lo -f 'udp port 5060' -F pcap -w "$work/out.pcap" -q >"$work/tshark.log" 2>&1 &
tshark_pid=$!
pids+=("$tshark_pid")
sleep 3

sipp -sf "$work/uac.xml" -i 127.0.0.10 -p 5080 -s 100 -r 4 -m 12 -d 200 -timeout 20s -nostdin 127.0.0.5:5060 >"$work/uac.log" 2>&1
timeout 20 svmap -b 127.0.0.66 -x 127.0.0.66 -P 5091 -p5060 127.0.0.5 >"$work/svmap.log" 2>&1 || true
timeout 20 svwar -b 127.0.0.77 -x 127.0.0.77 -P 5093 -e95-130 -m REGISTER 127.0.0.5 >"$work/svwar.log" 2>&1 || true
timeout 20 svcrack -b 127.0.0.88 -x 127.0.0.88 -P 5095 -u 101 -r1000-1017 -z 4 127.0.0.5 >"$work/svcrack.log" 2>&1 || true
sleep 1
kill "$tshark_pid"
wait "$tshark_pid" || true
cp "$work/out.pcap" "$out"
for log in "$work"/sv*.log; do tail -n 4 "$log"; done
grep -h "Successful call" "$work/uac.log" | tail -1
echo "wrote $out: $(tshark -r "$out" -Y sip 2>/dev/null | wc -l) messages"
