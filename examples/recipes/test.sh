#!/usr/bin/env bash
# The glue of the recipes compiles against declarations of our own. Nothing here has run inside its host: these are recipes.
# shellcheck source=examples/support/host.sh
source "$(dirname "$0")/../support/host.sh"
for host in asterisk freeswitch linphone pjsip; do
  expect "the recipe for $host compiles" compile c "$work/$host.o" "$examples/recipes/$host/recipe.c" -- -c -D_GNU_SOURCE
done
expect "what they have in common compiles" compile c "$work/guard.o" "$examples/recipes/guard.c" -- -c -D_GNU_SOURCE
finish
