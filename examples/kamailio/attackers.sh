# shellcheck shell=bash
# Sourced behind run_kamailio.sh: attackers, and what became of their attacks.

# sipvicious ADDRESS TOOL ARGUMENT...: from this address, to $port.
sipvicious() {
  exec timeout 40 /usr/bin/python3 "$examples/support/from_address.py" "$1" "$2" -x "$1" -P "$(free_port)" -p "$port" \
    --maximumtime=3 "${@:3}" 127.0.0.1
}

# attack NAME: svwar as it comes, from .77; svcrack from .88, known by no mark (site.ward). The password is the 31st guess.
attack() {
  start "$1-svwar" sipvicious 127.0.0.77 svwar -e95-130 -m REGISTER
  start "$1-svcrack" sipvicious 127.0.0.88 svcrack -u 101 -r1000-1060 -z 4
}
attack_is_over() {
  wait_for "$1-svwar" 45
  wait_for "$1-svcrack" 45
}
# found_users NAME: how many svwar believes in.
found_users() { grep -cE '^\| +(100|101|102) ' "$work/$1-svwar.log" || true; }
found_password() { grep -qE '^\| +101 +\| +1030' "$work/$1-svcrack.log"; }
# guesses NAME: that Kamailio checked against the password.
guesses() { grep -c 'guess from 127.0.0.88' "$work/$1.log" || true; }
# most_of_one_worker NAME: the most guesses that any single worker saw.
most_of_one_worker() { sed -n 's/.*guess from 127.0.0.88 in \([0-9]*\).*/\1/p' "$work/$1.log" | sort | uniq -c | sort -rn | awk 'NR == 1 { print $1 }'; }

# sipsak ADDRESS ARGUMENT...: from this address, to $port.
sipsak() { timeout 20 /usr/bin/sipsak -k "$1" -H "$1" "${@:2}" -s "sip:100@127.0.0.1:$port"; }
