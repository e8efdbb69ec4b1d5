# shellcheck shell=bash
# Blobs, small and large, up and down.

describe blob-small short 60 "distinct 16 KiB blobs, POST then PUT, 16 connections"
goal "blob-small" blobs/s blob-small:gantry blob-small:peer ">=" 5
run_blob_small() {
  warm "$sides" 2 blob-small --repository "$namespace/warm-small" --connections 16
  in_turns "$sides" blob_small
}
blob_small() { # side
  measure blob-small "$1" rate load "$1" blob-small --repository "$namespace/small" \
    --count "$blobs" --connections 16
}

describe blob-up short 60 "one 1 GiB layer: as docker (POST, PATCH in chunks, PUT), and by PUT; hash+write+sync beside it"
goal "blob-up as docker / peer" MiB/s blob-up-patch:gantry blob-up-patch:peer ">=" 1.3
goal "blob-up by PUT / peer" MiB/s blob-up-put:gantry blob-up-put:peer ">=" 1.3
goal "blob-up as docker / disk" MiB/s blob-up-patch:gantry disk:this ">=" 0.8
goal "blob-up by PUT / disk" MiB/s blob-up-put:gantry disk:this ">=" 0.8
run_blob_up() {
  in_turns "$sides this" blob_up
}
blob_up() { # side
  if [ "$1" = this ]; then
    measure disk this rate load this disk --file "$work/disk" --mebibytes "$mebibytes"
    return
  fi
  upload "$1" patch
  upload "$1" put
}
upload() { # side how
  measure "blob-up-$2" "$1" rate load "$1" blob-up --repository "$namespace/large" --by "$2" \
    --mebibytes "$mebibytes"
  value digest "$last_line" >"$work/digest.$1"
}

describe blob-down short 60 "that layer by GET, beside the peer and nginx with sendfile"
goal "blob-down / nginx" MiB/s blob-down:gantry blob-down:nginx ">=" 0.9
goal "blob-down / peer" MiB/s blob-down:gantry blob-down:peer ">=" 0.9
run_blob_down() {
  serve_layer
  in_turns "$sides nginx" blob_down
}
blob_down() { # side
  [ "$1" = nginx ] || [ -s "$work/digest.$1" ] || upload "$1" put
  measure blob-down "$1" rate load "$1" blob-down --path "$(layer_path "$1")" \
    --mebibytes "$mebibytes"
}
layer_path() { # side
  [ "$1" = nginx ] && echo /layer || echo "/v2/$namespace/large/blobs/$(cat "$work/digest.$1")"
}
serve_layer() {
  start_nginx
  [ -s "$work/files/layer" ] ||
    head -c "$((mebibytes << 20))" /dev/urandom >"$work/files/layer"
}

describe blob-down-http2 long 90 "the same with curl: HTTP/1.1, h2c, TLS, HTTP/2 over TLS, beside nginx"
goal "blob-down curl HTTP/1.1 / nginx" MiB/s down-http1:gantry down-http1:nginx ">=" 0.9
goal "blob-down curl h2c / nginx" MiB/s down-h2c:gantry down-h2c:nginx ">=" 0.9
goal "blob-down curl TLS / nginx" MiB/s down-tls:gantry down-tls:nginx ">=" 0.9
goal "blob-down curl TLS HTTP/2 / nginx" MiB/s down-tls-h2:gantry down-tls-h2:nginx ">=" 0.9
run_blob_down_http2() {
  serve_layer
  [ -s "$work/digest.gantry" ] || upload gantry put
  [ -n "$gantry_tls_url" ] || echo "blob-down-http2: this Gantry has no TLS; only in the clear"
  local side
  for side in gantry gantry gantry nginx; do each_way "$side" warm_way; done
  in_turns "gantry nginx" blob_down_http2
}
blob_down_http2() { # side
  each_way "$1" measure_way
}
each_way() { # side command
  local url=$gantry_url h2c=$gantry_url tls=$gantry_tls_url
  [ "$1" = gantry ] || { url=$nginx_url && h2c=$nginx_h2c_url && tls=$nginx_tls_url; }
  "$2" "$1" down-http1 "$url" --http1.1
  "$2" "$1" down-h2c "$h2c" --http2-prior-knowledge
  [ -n "$tls" ] || return 0
  "$2" "$1" down-tls "$tls" --http1.1
  "$2" "$1" down-tls-h2 "$tls" --http2
}
measure_way() { # side scenario url option
  measure "$2" "$1" rate curl_layer "$1" "$3" "$4"
}
warm_way() { # side scenario url option
  curl_layer "$1" "$3" "$4" >/dev/null
}
curl_layer() { # side url option...
  local side=$1 url=$2
  shift 2
  curl --silent --show-error --fail --insecure --output /dev/null "$@" \
    --user "bench:$GANTRY_SECRET" \
    --write-out '%{speed_download} %{http_version} %{size_download}\n' "$url$(layer_path "$side")" |
    awk -v wanted="$((mebibytes << 20))" '{
      if ($3 != wanted) exit 1
      printf "rate=%.1f unit=MiB/s version=%s\n", $1 / 1048576, $2 }'
}

describe uploads-parallel long 60 "resident memory with 200 uploads of 8 MiB at once"
goal "memory, 200 uploads at once" MiB uploads-memory:gantry - "<=" 512
goal "200 uploads at once / peer" MiB/s uploads-parallel:gantry uploads-parallel:peer ">=" 1
run_uploads_parallel() {
  in_turns "$sides" uploads_parallel
}
uploads_parallel() { # side
  local pid=$peer_pid
  [ "$1" = peer ] || pid=$gantry_pid
  [ -z "$pid" ] || forget_peak "$pid"
  client_memory=1g measure uploads-parallel "$1" rate load "$1" blobs-parallel \
    --repository "$namespace/parallel" --connections 200 --mebibytes 8
  [ -z "$pid" ] || { figure uploads-memory "$1" "$(peak_of "$pid")" &&
    echo "uploads-memory         $1  peak_mib=$(peak_of "$pid")"; }
}
