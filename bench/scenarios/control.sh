# shellcheck shell=bash
# One namespace by its id over REST and gRPC, and what a warm access check costs the database.

describe get-namespace short 90 "GetNamespace with 16 calls at once: REST on 16 connections; gRPC on 2 with 8 each, and on 16"
goal "GetNamespace, gRPC, 2 conn. / REST" calls/s get-namespace-grpc:gantry get-namespace-rest:gantry ">=" 1.5
goal "GetNamespace, gRPC, 16 conn. / REST" calls/s get-namespace-grpc-single:gantry get-namespace-rest:gantry ">=" 1
run_get_namespace() {
  if grpc_answers; then
    warm_calls 16 2 8
    in_turns "rest grpc grpc-single" get_namespace
  else
    echo "get-namespace: this Gantry does not serve gRPC; REST only"
    warm gantry 1 rest-get --path "$api/namespaces/$namespace_id"
    in_turns "rest" get_namespace
  fi
}
get_namespace() { # rest|grpc|grpc-single
  local how
  case $1 in
    rest) how="rest-get --path $api/namespaces/$namespace_id --connections 16" ;;
    grpc) how="grpc-get --id $namespace_id --connections 2 --calls 8" ;;
    grpc-single) how="grpc-get --id $namespace_id --connections 16 --calls 1" ;;
  esac
  # shellcheck disable=SC2086 # a list of words
  measure "get-namespace-$1" gantry rate load gantry $how --warm-up 20000 --count 100000
}
describe get-namespace-many short 80 "the same with 64 calls at once, by h2load: REST on 64 connections; gRPC on 4 with 16 each"
goal "GetNamespace, 64 at once, gRPC / REST" calls/s get-namespace-many-grpc:gantry get-namespace-many-rest:gantry ">=" 1.5
run_get_namespace_many() {
  command -v h2load >/dev/null || { echo "h2load (nghttp2-client) is not installed; no get-namespace-many" && return; }
  grpc_answers || { echo "get-namespace-many: this Gantry does not serve gRPC" && return; }
  # GetNamespaceRequest: field 1 the region, field 2 the id; behind gRPC's prefix of five bytes.
  printf '\0\0\0\0\x2e\x0a\x06fr-par\x12\x24%s' "$namespace_id" >"$work/get-namespace.grpc"
  warm_calls 64 4 16
  in_turns "rest grpc" get_namespace_many
}
get_namespace_many() { # rest|grpc
  measure "get-namespace-many-$1" gantry rate "h2load_$1"
}
h2load_rest() {
  calls_by_h2load 64 --h1 "$gantry_url$api/namespaces/$namespace_id"
}
h2load_grpc() {
  calls_by_h2load 4 -m 16 -H "content-type: application/grpc" -H "te: trailers" \
    -d "$work/get-namespace.grpc" "$gantry_url/scaleway.registry.v1.Registry/GetNamespace"
}
calls_by_h2load() { # connections option...
  local calls=100000
  h2load -t 1 -n "$calls" -c "$1" -H "x-auth-token: $GANTRY_SECRET" "${@:2}" |
    awk -v calls="$calls" '
      /^finished in/ { rate = $4 }
      /^requests:/ { succeeded = $8 }
      /^time for request:/ { mean = $6 }
      END {
        if (succeeded != calls) exit 1
        printf "rate=%s unit=calls/s mean=%s\n", rate, mean
      }'
}

# By turns, as they are measured; once was not enough for calls, which got faster from turn to turn.
warm_calls() { # connections of REST, of gRPC, calls at once on each
  local i
  for i in 1 2 3; do
    warm gantry 1 rest-get --path "$api/namespaces/$namespace_id" --connections "$1"
    warm gantry 1 grpc-get --id "$namespace_id" --connections "$2" --calls "$3"
  done
}

grpc_answers() {
  load gantry grpc-get --id "$namespace_id" --warm-up 1 --count 1 --connections 1 \
    >"$work/grpc.log" 2>&1
}

describe statements short 20 "what a warm request of each kind makes PostgreSQL execute, from its log"
for request in get-namespace list-namespaces get-image list-tags manifest-get-tag blob-head; do
  goal "statements, $request" "a request" "statements-$request:gantry" - "<=" 2
done
run_statements() {
  local log=$work/gantry/postgres.log image
  if [ ! -r "$log" ]; then echo "statements: only of a Gantry that is started here" && return; fi
  load gantry image-read --what blob-head --repository "$namespace/counted" --count 1 --warm-up 1 \
    --connections 1 >/dev/null
  image=$(query "select i.id from image i join namespace n on n.id = i.namespace_id
    where n.name = '$namespace' and i.name = 'counted'")
  statements get-namespace "$api/namespaces/$namespace_id"
  statements list-namespaces "$api/namespaces?page_size=1"
  statements get-image "$api/images/$image"
  statements list-tags "$api/images/$image/tags"
  statements manifest-get-tag "/v2/$namespace/counted/manifests/tag-1"
  statements blob-head "/v2/$namespace/counted/blobs/$(query "select digest from blob_link
    where image_id = '$image' limit 1")"
}
statements() { # what path
  local calls=200 before line
  load gantry rest-get --path "$2" --warm-up 50 --count 50 --connections 1 >/dev/null
  query "alter system set log_statement = 'all'"
  query "select pg_reload_conf()" >/dev/null
  before=$(wc -l <"$log")
  load gantry rest-get --path "$2" --warm-up 0 --count "$calls" --connections 1 >/dev/null
  query "alter system reset log_statement"
  query "select pg_reload_conf()" >/dev/null
  line=$(tail -n +"$((before + 1))" "$log" | awk -v calls="$calls" '
    / (execute [^:]*|statement): (BEGIN|COMMIT)/ { ends++; next }
    / execute / { statements++ }
    END { printf "statements=%.2f begin_commit=%.2f", statements / calls, ends / calls }')
  echo "statements             gantry  $1 $line"
  figure "statements-$1" gantry "$(value statements "$line")"
}
