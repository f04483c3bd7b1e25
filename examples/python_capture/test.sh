#!/usr/bin/env bash
# A capture as Suricata would log it, from Python: the verdicts are those of the command, every line is JSON of one shape, and what cannot be
# read is told.
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=examples/support/host.sh
source "$here/../support/host.sh"
build_python
capture=$examples/captures/first_look.pcap
eve() { /usr/bin/python3 "$here/capture_to_eve.py" "$@"; }

code=0
eve "$capture" >"$work/eve.json" || code=$?
expect "something was found, says the exit status" is "$code" = 1
sipward inspect --json "$capture" | python3 -c 'import json, sys
for line in map(json.loads, sys.stdin): print(line["time"][:26], line["action"], line["score"], line["rules"])' >"$work/expected" || true
python3 -c 'import json, sys
for line in map(json.loads, sys.stdin):
    if line["event_type"] == "sip": print(line["timestamp"][:26], line["verdict"]["action"], line["verdict"]["score"], line["verdict"]["rules"])' \
  <"$work/eve.json" >"$work/found"
expect "hundreds of messages" is "$(wc -l <"$work/found")" = 272
expect "the same verdicts as the command's" diff "$work/expected" "$work/found"
code=0
eve --alerts "$capture" >"$work/alerts.json" || code=$?
expect "alerts alone" is "$(grep -vc '"event_type": "alert"' "$work/alerts.json")" = 0
expect "an alert for every rule that matched" is "$(wc -l <"$work/alerts.json")" = "$(grep -c '"event_type": "alert"' "$work/eve.json")"
expect "through a pipe it is the same" diff "$work/eve.json" <(eve - <"$capture" || true)

printf 'version 1\nrule site.a { on request when method == INVTE then drop }\n' >"$work/site.ward"
for wrong in "$work/nothing.pcap" "$here/test.sh" "--rules $work/site.ward $capture"; do
  code=0
  # shellcheck disable=SC2086
  eve $wrong >"$work/out" 2>"$work/err" || code=$?
  expect "what cannot be used is refused, and said: $(head -c 60 "$work/err" | head -1)" is "$code-$([ -s "$work/err" ] && echo told)" = 2-told
done
expect "a rule file's error has its line" grep -q 'site.ward:2:' "$work/err"
finish
