# shellcheck shell=bash
# One namespace by its id over REST and gRPC, and what a warm access check costs the database.

describe get-namespace short 60 "GetNamespace with 16 calls at once: REST on 16 connections; gRPC on 2 with 8 each, and on 16"
goal "GetNamespace, gRPC, 2 conn. / REST" calls/s get-namespace-grpc:gantry get-namespace-rest:gantry ">=" 1.5
goal "GetNamespace, gRPC, 16 conn. / REST" calls/s get-namespace-grpc-single:gantry get-namespace-rest:gantry ">=" 1
run_get_namespace() {
  local one="--path $api/namespaces/$namespace_id"
  # shellcheck disable=SC2086 # a list of words
  warm gantry 1 rest-get $one
  if grpc_answers; then
    warm gantry 1 grpc-get --id "$namespace_id" --connections 2 --calls 8
    in_turns "rest grpc grpc-single" get_namespace
  else
    echo "get-namespace: this Gantry does not serve gRPC; REST only"
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
  measure "get-namespace-$1" gantry rate load gantry $how --warm-up 20000 --count 40000
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
