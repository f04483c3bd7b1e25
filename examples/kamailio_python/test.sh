#!/usr/bin/env bash
# Kamailio that asks through Python, on loopback: attackers of two kinds are stopped while 500 calls pass; what one worker counts holds in
# all; rules that were changed are taken up; a clean end.
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=examples/support/host.sh
source "$here/../support/host.sh"
# shellcheck source=examples/kamailio/run_kamailio.sh
source "$here/../kamailio/run_kamailio.sh"
# shellcheck source=examples/kamailio/attackers.sh
source "$here/../kamailio/attackers.sh"

# The package, for Debian's Python, which app_python3 is linked to.
build_python
export SIPWARD_RULES=$work/site.ward
site=(-A "SIPWARD_SCRIPT=\"$here/sipward_check.py\"")
cp "$examples/kamailio/site.ward" "$examples/kamailio/premium.txt" "$work/"
start_callee

echo "the same attacks, only reported:"
export SIPWARD_MODE=report
start_kamailio report report
attack report
attack_is_over report
expect "svwar finds the three users" is "$(found_users report)" = 3
expect "svcrack finds the password" found_password report
stop report

echo "enforced, with 500 calls at the same time:"
export SIPWARD_MODE=enforce
start_kamailio enforce enforce
start_calls calls 500 100
attack enforce
attack_is_over enforce
wait_for calls 120
expect "all 500 calls go through" is "$(calls_that_worked calls)" = 500
expect "svwar finds nobody" is "$(found_users enforce)" = 0
expect "svcrack does not find the password" is "$(found_password enforce && echo yes || echo no)" = no
total=$(guesses enforce)
most=$(most_of_one_worker enforce)
expect "it is stopped before the 15th guess ($total were checked)" is "$total" -lt 15
expect "it was heard, so it was not the first message that gave it away" is "$total" -ge 5
expect "no worker saw all of them (the most: $most), so they count together" is "$most" -lt "$total"
expect "an ordinary number rings" is "$(ask --method INVITE --provisional "127.0.0.1:$port")" = "SIP/2.0 180 Ringing"
expect "a premium number is refused in the words of the rule" is "$(ask --method INVITE --user 19001234 "127.0.0.1:$port")" = "SIP/2.0 403 Not From Here"

echo "rules that were changed:"
# options USER [SECONDS]
options() { ask --user "$1" --seconds "${2:-5}" "127.0.0.1:$port"; }
expect "before: an answer" is "$(options closed)" = "SIP/2.0 200 OK"
echo 'rule site.closed { on request when (ruri.user ?? "") == "closed" then drop }' >>"$work/site.ward"
sleep 1.2
silent=0
for _ in 1 2 3 4 5 6 7 8; do
  if [ "$(options closed 0.5)" = "no answer" ]; then silent=$((silent + 1)); fi
done
expect "after: none, from any worker (8 times)" is "$silent" = 8
echo 'rule broken {' >>"$work/site.ward"
sleep 1.2
expect "with errors in them the old ones go on" is "$(options closed 0.5)$(options open)" = "no answerSIP/2.0 200 OK"
expect "and the log says which" grep -q 'the old rules go on: .*site.ward' "$work/enforce.log"

main=${pids[enforce]}
stop enforce
expect "it stops cleanly" is "$stopped" = 0
expect "no process is left" is "$(pgrep -P "$main" | wc -l)" = 0
expect "nothing went wrong in Python" is "$(grep -cE 'could not be asked|Traceback|signal 11|core dumped' "$work/enforce.log" || true)" = 0
if ! finish; then
  show enforce 40
  exit 1
fi
