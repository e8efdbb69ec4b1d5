# shellcheck shell=bash
# Runs loads, keeps their figures, and prints the report. Sourced by bench/run.

catalogue=() # name|short or long|seconds|what
goals=()     # label|unit|figure|figure to compare with, or -|>= or <=|bound

describe() { # name short|long seconds text
  catalogue+=("$1|$2|$3|$4")
}

# The ratio of two figures, or one figure, that the report shows with what it should be.
goal() { # label unit figure figure|- >=|<= bound
  goals+=("$1|$2|$3|$4|$5|$6")
}

load() { # side load option...
  local side=$1
  shift
  local url=$peer_url secret=""
  case $side in
    gantry) url=$gantry_url && secret=${as_key:-$GANTRY_SECRET} ;;
    nginx) url=$nginx_url ;;
  esac
  GANTRY_SECRET=$secret "$java_home/bin/java" -Xmx"${client_memory:-512m}" -cp "$work/classes" \
    Load "$@" --url "$url"
}

value() { # name line
  sed -n "s/.*\b$1=\([^ ]*\).*/\1/p" <<<"$2"
}

figure() { # scenario side value
  echo "$1 $2 $3" >>"$results"
}

# Runs a command that prints key=value, keeps one value, and prints all with the processor time.
measure() { # scenario side key command...
  local scenario=$1 side=$2 key=$3 line before after
  shift 3
  before=$(processor_of "$side")
  line=$("$@") || { keep=yes && fail "$scenario on $side failed; see the logs in $work"; }
  after=$(processor_of "$side")
  figure "$scenario" "$side" "$(value "$key" "$line")"
  printf '%-22s %-7s %s cpu_s=%s.%02d\n' "$scenario" "$side" "$line" \
    "$(((after - before) / 100))" "$(((after - before) % 100))"
  last_line=$line
}

# The load of a scenario on each side before its turns, not counted: a JVM compiles while it runs,
# for about a hundred thousand requests on two processors. The others are compiled; they get a tenth.
warm() { # "sides..." requests-per-step load option... --repository name
  local sides side requests=$((warm_up / $2)) count
  read -ra sides <<<"$1"
  [ "$requests" -gt 0 ] || return 0
  shift 2
  for side in "${sides[@]}"; do
    count=$requests
    [ "$side" = gantry ] || count=$((count / 10 + 1))
    load "$side" "$@" --warm-up 0 --count "$count" >/dev/null || fail "warm-up of $side failed"
  done
}

# Repeats a step for each side by turns; each time another one begins.
in_turns() { # "side..." step: called with a side
  local i j side sides
  read -ra sides <<<"$1"
  for i in $(seq "$repetitions"); do
    for j in "${!sides[@]}"; do
      side=${sides[$(((i + j) % ${#sides[@]}))]}
      "$2" "$side"
    done
  done
}

median() { # scenario side
  awk -v scenario="$1" -v side="$2" '$1 == scenario && $2 == side { print $3 }' "$results" |
    sort -g | awk '{ v[NR] = $1 } END { if (NR) print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

row() { # label unit figure figure|- >=|<= bound
  local ours theirs=""
  # shellcheck disable=SC2086 # scenario and side
  ours=$(median ${3/:/ })
  # shellcheck disable=SC2086
  [ "$4" = - ] || theirs=$(median ${4/:/ })
  [ -n "$ours" ] || return 0
  awk -v label="$1" -v unit="$2" -v ours="$ours" -v theirs="$theirs" -v sign="$5" -v bound="$6" \
    -v other="$4" 'BEGIN {
      figure = other == "-" ? ours : theirs > 0 ? ours / theirs : ""
      met = figure == "" ? "-" : (sign == ">=" ? figure >= bound : figure <= bound) ? "yes" : "NO"
      printf "%-34s %-10s %10s %10s %7s  %-8s %s\n", label, unit, ours, theirs == "" ? "-" : theirs,
        other == "-" || figure == "" ? "-" : sprintf("%.2f", figure), sign " " bound, met }'
}

report() {
  local line
  echo
  echo "Medians of $repetitions turns on $(nproc) processors, $(date +%F):"
  printf '%-34s %-10s %10s %10s %7s  %-8s %s\n' figure unit gantry other ratio goal met
  for line in "${goals[@]}"; do
    IFS='|' read -ra fields <<<"$line"
    row "${fields[@]}"
  done
}
