# shellcheck shell=bash
# Lists on a database like that of a large installation (seed.sql).

describe lists long 240 "every list of the control plane in every order, with every filter: first, middle and last pages, 100,000 namespaces, 1,000,000 images, 3,000,000 tags"
goal "list of namespaces, pages of 50" "ms p99" list-namespaces-50:gantry - "<=" 10
goal "list of namespaces, pages of 100" "ms p99" list-namespaces-100:gantry - "<=" 10
goal "slowest list, first pages" "ms p99" list-slowest-first:gantry - "<=" 50
goal "slowest list, middle pages" "ms p99" list-slowest-middle:gantry - "<=" 50
goal "slowest list, last pages" "ms p99" list-slowest-last:gantry - "<=" 50
goal "slowest list, several projects" "ms p99" list-slowest-wide:gantry - "<=" 50
run_lists() {
  seed || return 0
  local size order
  for size in 50 100; do
    any_page namespaces "" "$size" "$(query "select count(*) from namespace
      where project_id = '${projects[0]}' and region = 'fr-par'")" >"$work/targets"
    warm gantry 50 pages --targets "$work/targets" --connections 1
    measure "list-namespaces-$size" gantry p99_ms load gantry pages --targets "$work/targets" \
      --connections 1 --count 2000
  done
  local crowded app_images many_tags
  crowded=$(query "select namespace_id from namespace_usage group by 1 order by sum(image_count) desc limit 1")
  many_tags=$(query "select image_id from tag where name = 'build-0000001' limit 1")
  for order in created_at_asc created_at_desc name_asc name_desc status_asc status_desc region; do
    list namespaces "order_by=$order" namespaces
    list images "order_by=$order" images
    list images "namespace_id=$crowded&order_by=$order" crowd
    list images "name=app&order_by=$order" app
    as_key=$wide_secret list "images/$many_tags/tags" "order_by=$order" tags
    as_key=$wide_secret list namespaces "order_by=$order" wide-namespaces
    as_key=$wide_secret list images "order_by=$order" wide-images
    as_key=$wide_secret list images "name=app&order_by=$order" wide-app
  done
  for order in description_asc description_desc; do
    list namespaces "order_by=$order" namespaces
    as_key=$wide_secret list namespaces "order_by=$order" wide-namespaces
  done
}

# One list at its first, middle and last pages.
list() { # collection query name
  local total pages place first p99
  total=$(curl --silent --fail --header "X-Auth-Token: ${as_key:-$GANTRY_SECRET}" \
    "$gantry_url$api/$1?$2&page_size=1" | sed -n 's/.*"total_count" *: *\([0-9]*\).*/\1/p')
  pages=$(((total + 99) / 100))
  for place in first middle last; do
    case $place in
      first) first=1 ;;
      middle) first=$((pages / 2 - 5)) ;;
      last) first=$((pages - 9)) ;;
    esac
    [ "$first" -ge 1 ] || first=1
    seq "$first" "$((first + 9))" | awk -v pages="$pages" -v target="$api/$1?$2&page_size=100&page=" \
      '$1 <= pages { print target $1 }' >"$work/targets"
    measure "list-$3-$place" gantry p99_ms load gantry pages --targets "$work/targets" \
      --connections 1 --warm-up 20 --count "${list_calls:-100}"
    echo "  $2"
    p99=$(value p99_ms "$last_line")
    slowest "list-slowest-$place" "$p99"
    [[ $3 != wide-* ]] || slowest list-slowest-wide "$p99"
  done
}

# Keeps only the largest figure.
slowest() { # scenario p99
  local most
  most=$(median "$1" gantry)
  awk -v most="${most:-0}" -v p99="$2" 'BEGIN { exit !(p99 > most) }' || return 0
  sed -i "/^$1 /d" "$results"
  figure "$1" gantry "$2"
}

# Pages of all the list, shuffled.
any_page() { # collection query size total
  seq 1 "$((($4 + $3 - 1) / $3))" | shuf -n 1000 |
    sed "s,^,$api/$1?${2:+$2\&}page_size=$3\&page=,"
}

describe tag-names long 30 "the data plane's tag list, n=100, after any of 100,000 tags"
goal "tag names, any page of 100,000" "ms p99" tag-names:gantry - "<=" 5
run_tag_names() {
  seed || return 0
  local path i
  path=$(query "select n.name || '/' || i.name from tag t join image i on i.id = t.image_id
    join namespace n on n.id = i.namespace_id where t.name = 'build-0000001' limit 1")
  local pages=(tag-names --repository "$path" --connections 1
    --tags "$(query "select count(*) from tag where name like 'build-%'")")
  as_key=$wide_secret warm gantry 5 "${pages[@]}"
  for i in $(seq "$repetitions"); do
    as_key=$wide_secret measure tag-names gantry p99_ms load gantry "${pages[@]}"
  done
}

# Once for all scenarios; fails if there is no database to fill.
seed() {
  [ ! -e "$work/seeded" ] || return 0
  command -v psql >/dev/null || { echo "psql (postgresql-client) is not installed; no lists" && return 1; }
  [ -n "$(database)" ] || { echo "GANTRY_DATABASE is not set; no lists" && return 1; }
  if [ "$(query "select count(*) from namespace where name = 'seed-0000000'")" = 0 ]; then
    echo "Seeding $seed_images images; with a million it takes some minutes."
    psql --quiet --no-psqlrc -v projects="$(IFS=, && echo "${projects[*]}")" \
      -v organization="$organization" -v images="$seed_images" \
      -v namespaces="$((seed_images / 10))" -v tags="$((seed_images * 3))" \
      -f "$here/seed.sql" "$(database)" || return 1
  fi
  await_landmarks || return 1
  touch "$work/seeded"
}

# Until the server has set landmarks in what is long.
await_landmarks() {
  local i
  for i in $(seq 120); do
    [ "$(query "select count(*) from landmark where row_count > 2000")" != 0 ] || return 0
    sleep 1
  done
  echo "The server sets no landmarks; no lists" && return 1
}
