# shellcheck shell=bash
# Memory and processor time of the servers. Sourced by bench/run.

# The process and all below it.
tree() { # pid
  local child
  echo "$1"
  for child in $(cat /proc/"$1"/task/*/children 2>/dev/null); do tree "$child"; done
}

# Memory in KiB, shared pages split among those who share them (all of PostgreSQL shares a cache).
memory_of() { # pid...
  local pid total=0 kib
  for pid in "$@"; do
    kib=$(awk '/^Pss:/ { print $2 }' "/proc/$pid/smaps_rollup" 2>/dev/null || true)
    [ -n "$kib" ] || kib=$(awk '/^VmRSS:/ { print $2 }' "/proc/$pid/status" 2>/dev/null || true)
    total=$((total + ${kib:-0}))
  done
  echo "$total"
}

database_memory() {
  local pid
  pid=$(postmaster)
  # shellcheck disable=SC2046 # a list of numbers
  [ -z "$pid" ] && echo 0 || memory_of $(tree "$pid")
}

sample_database() {
  while sleep 0.5; do database_memory >>"$work/database-memory"; done
}

peak_of() { # pid: what the kernel saw as the most, in MiB
  awk '/^VmHWM:/ { printf "%.0f", $2 / 1024 }' "/proc/$1/status"
}

# From now on the peak is that of what comes; no harm if the kernel does not allow it.
forget_peak() { # pid
  echo 5 2>/dev/null >"/proc/$1/clear_refs" || true
}

ticks_of() { # pid: processor time, in hundredths of a second
  [ -z "$1" ] || awk '{ print $14 + $15 + $16 + $17 }' "/proc/$1/stat" 2>/dev/null
}

processor_of() { # side: Gantry's database included
  local total=0 pid pids ticks
  # shellcheck disable=SC2046 # a list of numbers
  case $1 in
    peer) pids=$peer_pid ;;
    nginx) pids=$(tree "$nginx_pid") ;;
    gantry) pids="$gantry_pid $([ -z "$(postmaster)" ] || tree $(postmaster))" ;;
    *) pids="" ;;
  esac
  for pid in $pids; do
    ticks=$(ticks_of "$pid")
    total=$((total + ${ticks:-0}))
  done
  echo "$total"
}
