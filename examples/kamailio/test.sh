#!/usr/bin/env bash
# The module in a real Kamailio, on loopback: attackers of two kinds are stopped while 500 calls pass; what one worker counts
# holds in all; bans, reload and statistics over RPC; a clean end.
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=examples/support/host.sh
source "$here/../support/host.sh"
# shellcheck source=examples/kamailio/run_kamailio.sh
source "$here/run_kamailio.sh"
# shellcheck source=examples/kamailio/attackers.sh
source "$here/attackers.sh"

bash "$here/build.sh" "$built/kamailio"
bash "$here/build.sh" "$built/kamailio_sanitized" "${sanitized[@]}"
site=(-A "SIPWARD_MODULE=\"$built/kamailio/sipward.so\"" -A "SIPWARD_RULES=\"$work/site.ward\"")
cp "$here/site.ward" "$here/premium.txt" "$work/"
start_callee

echo "the same attacks, only reported:"
start_kamailio report report
attack report
attack_is_over report
expect "svwar finds the three users" is "$(found_users report)" = 3
expect "svcrack finds the password" found_password report
expect "nothing was dropped" is "$(counted report dropped)" = 0
expect "but counted as flagged" is "$(counted report flag)" -gt 30
stop report

echo "enforced, the module with sanitizers, and 500 calls at the same time:"
site=(-A "SIPWARD_MODULE=\"$built/kamailio_sanitized/sipward.so\"" -A "SIPWARD_RULES=\"$work/site.ward\"")
environment=("LD_PRELOAD=$(cc -print-file-name=libasan.so):$(cc -print-file-name=libubsan.so)" ASAN_OPTIONS=detect_leaks=0)
start_kamailio enforce enforce
start_calls calls 500 100
attack enforce
attack_is_over enforce
wait_for calls 120
expect "all 500 calls go through" is "$(calls_that_worked calls)" = 500
expect "sipp says so too" is "$stopped" = 0
expect "svwar finds nobody" is "$(found_users enforce)" = 0
expect "svcrack does not find the password" is "$(found_password enforce && echo yes || echo no)" = no
total=$(guesses enforce)
most=$(most_of_one_worker enforce)
expect "it is stopped before the 15th guess ($total were checked)" is "$total" -lt 15
expect "it was heard, so it was not the first message that gave it away" is "$total" -ge 5
expect "no worker saw all of them (the most: $most), so they count together" is "$most" -lt "$total"
expect "statistics: what was dropped" is "$(counted enforce dropped)" -gt 5
expect "statistics: more than one worker was at work" is "$(control enforce sipward.workers | grep -c 'messages: [1-9]')" -ge 2

echo "sipsak asks, floods, and breaks what it sends:"
expect "a single question is answered" sipsak 127.0.0.55
before=$(counted enforce throttle)
throttled() { [ "$(counted enforce throttle)" -gt $((before + 200)) ]; }
sipsak 127.0.0.99 -F -e 3000 >"$work/flood.log" 2>&1 || true
expect "a flood is not answered" until_true 20 throttled
expect "another address is answered" is "$(ask --from 127.0.0.56 "127.0.0.1:$port")" = "SIP/2.0 200 OK"
# What the characters hit decides whether the parser refuses the message or a rule drops it.
unwanted() { echo $(($(counted enforce malformed) + $(counted enforce dropped))); }
refused=$(unwanted)
# It gives up where an answer stays away, which a broken Via may bring about before anything else is broken.
for _ in {1..8}; do
  sipsak 127.0.0.98 -R -t 40 >"$work/random.log" 2>&1 || true
  if [ "$(unwanted)" -gt "$refused" ]; then break; fi
done
refused=$(($(unwanted) - refused))
expect "messages with random characters are refused, or dropped ($refused)" is "$refused" -ge 1

echo "the script answers what is refused:"
expect "an ordinary number rings" is "$(ask --method INVITE --provisional "127.0.0.1:$port")" = "SIP/2.0 180 Ringing"
expect "a premium number is refused in the words of the rule" is "$(ask --method INVITE --user 19001234 "127.0.0.1:$port")" = "SIP/2.0 403 Not From Here"
printf 'OPTIONS sip:100@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKx\r\nFrom broken\r\n' >"$work/broken"
broken=$(counted enforce malformed)
expect "a message that Kamailio's parser would not take" is "$(ask --raw "$work/broken" --seconds 0.5 "127.0.0.1:$port")" = "no answer"
expect "is counted as malformed" is "$(counted enforce malformed)" = $((broken + 1))

echo "bans, set in one process:"
# from_banned [SECONDS]
from_banned() { ask --from 127.0.0.66 --seconds "${1:-5}" "127.0.0.1:$port"; }
expect "127.0.0.66 gets an answer" is "$(from_banned)" = "SIP/2.0 200 OK"
control enforce sipward.ban 127.0.0.66 60
expect "it is on the list of bans" grep -q 'key: 127.0.0.66' <(control enforce sipward.bans)
silent=0
for _ in 1 2 3 4 5 6 7 8; do
  if [ "$(from_banned 0.5)" = "no answer" ]; then silent=$((silent + 1)); fi
done
expect "banned, it gets none from any worker (8 times)" is "$silent" = 8
control enforce sipward.unban 127.0.0.66
expect "taken back, it gets one again" is "$(from_banned)" = "SIP/2.0 200 OK"

echo "reload:"
# options USER [SECONDS]
options() { ask --user "$1" --seconds "${2:-5}" "127.0.0.1:$port"; }
expect "before: that number rings" is "$(ask --method INVITE --user 18761234 --provisional "127.0.0.1:$port")" = "SIP/2.0 180 Ringing"
expect "before: an answer" is "$(options closed)" = "SIP/2.0 200 OK"
cat >>"$work/site.ward" <<'RULE'
rule site.closed {
  on request
  when (ruri.user ?? "") == "closed"
  then drop
}
RULE
echo 1876 >>"$work/premium.txt"
expect "the second generation" grep -q 'generation: 2' <(control enforce sipward.reload)
silent=0
for _ in 1 2 3 4 5 6 7 8; do
  if [ "$(options closed 0.5)" = "no answer" ]; then silent=$((silent + 1)); fi
done
expect "after: none, from any worker (8 times)" is "$silent" = 8
expect "lists are read again too" is "$(ask --method INVITE --user 18761234 "127.0.0.1:$port")" = "SIP/2.0 403 Not From Here"
echo 'rule broken {' >>"$work/site.ward"
expect "broken rules are refused, with their line" grep -qE 'the old rules go on: .*site.ward:[0-9]+:' <(control enforce sipward.reload 2>&1)
expect "and the old ones go on" is "$(options closed 0.5)" = "no answer"
expect "no worker failed to follow" is "$(counted enforce reload_failures)" = 0
expect "nothing else is dropped" is "$(options open)" = "SIP/2.0 200 OK"

main=${pids[enforce]}
children=$(pgrep -P "$main" | wc -l)
stop enforce
expect "it stops cleanly ($children processes)" is "$stopped" = 0
expect "no process is left" is "$(pgrep -P "$main" | wc -l)" = 0
# As it stops, the core now and then says itself that the other end of a pipe was closed.
expect "nothing was critical" is "$(grep -E 'CRITICAL|BUG|core dumped|signal 11' "$work/enforce.log" | grep -vc 'receive_fd' || true)" = 0
expect "no sanitizer complains" is "$(grep -cE 'AddressSanitizer|runtime error' "$work/enforce.log" || true)" = 0

echo "asked through KEMI:"
cp "$here/site.ward" "$here/premium.txt" "$work/"
site+=(-A "KEMI_SCRIPT=\"$here/kemi.py\"")
environment=(PYTHONDONTWRITEBYTECODE=1)
configuration=$here/kemi.cfg
site[1]="SIPWARD_MODULE=\"$built/kamailio/sipward.so\""
start_kamailio kemi enforce
expect "a call passes" is "$(ask --method INVITE "127.0.0.1:$port")" = "SIP/2.0 200 OK"
expect "a premium number is refused in the words of the rule" is "$(ask --method INVITE --user 19001234 "127.0.0.1:$port")" = "SIP/2.0 403 Not From Here"
expect "a scanner gets no answer" is "$(ask --header 'User-Agent: friendly-scanner' --seconds 0.5 "127.0.0.1:$port")" = "no answer"
stop kemi
expect "it stops cleanly" is "$stopped" = 0
if ! finish; then
  show enforce 40
  show kemi
  exit 1
fi
