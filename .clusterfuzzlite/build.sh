#!/bin/bash -eu
bash "$SRC/sipward/fuzz/build_oss_fuzz.sh"
