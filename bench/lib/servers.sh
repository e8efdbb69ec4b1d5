# shellcheck shell=bash
# Starts and stops the servers that are measured. Sourced by bench/run.

peer_pid=""
nginx_pid=""
gantry_pid=""
peer_url=""
nginx_url=""
nginx_h2c_url=""
nginx_tls_url=""
gantry_url=${GANTRY_URL:-}
gantry_tls_url=""

organization=11111111-1111-4111-8111-111111111111
# The first one owns most of what is seeded; the second key reads all of them.
projects=(22222222-2222-4222-8222-222222222221 22222222-2222-4222-8222-222222222222
  22222222-2222-4222-8222-222222222223 22222222-2222-4222-8222-222222222224)

free_port() {
  local port
  while port=$((20000 + RANDOM % 10000)); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  echo "$port"
}

await() { # url pid
  local i
  for i in $(seq 6000); do
    curl --silent --insecure --output /dev/null --fail "$1" && return
    kill -0 "$2" 2>/dev/null || return 1
    sleep 0.02
  done
  return 1
}

# TERM, then KILL after half a minute.
stop() { # pid
  local i
  [ -n "$1" ] || return 0
  kill "$1" 2>/dev/null || return 0
  for i in $(seq 300); do
    kill -0 "$1" 2>/dev/null || break
    sleep 0.1
  done
  kill -9 "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}

start_peer() {
  [ -z "$peer_pid" ] || return 0
  command -v docker-registry >/dev/null || fail "docker-registry is not installed"
  local port
  port=$(free_port)
  cat >"$work/peer.yml" <<TEXT
version: 0.1
log: {level: warn, accesslog: {disabled: true}}
storage:
  cache: {blobdescriptor: inmemory}
  filesystem: {rootdirectory: $work/peer}
  delete: {enabled: true}
http: {addr: "127.0.0.1:$port"}
TEXT
  docker-registry serve "$work/peer.yml" >"$work/peer.log" 2>&1 &
  peer_pid=$!
  peer_url=http://127.0.0.1:$port
  await "$peer_url/v2/" "$peer_pid" || fail "docker-registry does not start; see $work/peer.log"
}

make_certificate() {
  [ -e "$work/tls.pem" ] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 \
    -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
    -keyout "$work/tls.key" -out "$work/tls.pem" 2>"$work/openssl.log" ||
    fail "no certificate; see $work/openssl.log"
}

# Serves the folder $work/files by sendfile, in the clear (HTTP/2 on a port of its own, since nginx
# takes one version on each) and over TLS.
start_nginx() {
  [ -z "$nginx_pid" ] || return 0
  command -v nginx >/dev/null || fail "nginx is not installed"
  local port h2c_port tls_port
  port=$(free_port)
  h2c_port=$(free_port)
  tls_port=$(free_port)
  make_certificate
  mkdir -p "$work/files"
  chmod a+rx "$work" "$work/files"
  cat >"$work/nginx.conf" <<TEXT
daemon off;
worker_processes auto;
pid $work/nginx.pid;
error_log $work/nginx.log;
events { worker_connections 512; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  server {
    listen 127.0.0.1:$port;
    listen 127.0.0.1:$h2c_port http2;
    listen 127.0.0.1:$tls_port ssl http2;
    ssl_certificate $work/tls.pem;
    ssl_certificate_key $work/tls.key;
    root $work/files;
  }
}
TEXT
  nginx -c "$work/nginx.conf" >>"$work/nginx.log" 2>&1 &
  nginx_pid=$!
  nginx_url=http://127.0.0.1:$port
  nginx_h2c_url=http://127.0.0.1:$h2c_port
  nginx_tls_url=https://127.0.0.1:$tls_port
  touch "$work/files/ready"
  await "$nginx_url/ready" "$nginx_pid" || fail "nginx does not start; see $work/nginx.log"
}

keys_file() {
  local key
  printf '{"organizations":[{"id":"%s","projects":[' "$organization"
  for key in 0 1 2 3; do
    printf '{"id":"%s","name":"bench %s"}' "${projects[$key]}" "$key"
    [ "$key" = 3 ] || printf ,
  done
  printf '],"keys":[{"access_key":"SCWBENCH000000000001","secret_key":"%s","default_project":"%s","grants":[%s]},' \
    "$GANTRY_SECRET" "${projects[0]}" "$(grant "${projects[0]}")"
  printf '{"access_key":"SCWBENCH000000000002","secret_key":"%s","default_project":"%s","grants":[' \
    "$wide_secret" "${projects[0]}"
  for key in 0 1 2 3; do
    grant "${projects[$key]}"
    [ "$key" = 3 ] || printf ,
  done
  printf ']}]}]}\n'
}

grant() { # project
  printf '{"project":"%s","permission_sets":["ContainerRegistryFullAccess"]}' "$1"
}

start_gantry() {
  local port tls_port management begun
  port=$(free_port)
  tls_port=$(free_port)
  management=$(free_port)
  make_certificate
  [ -e "$work/keys.json" ] || keys_file >"$work/keys.json"
  begun=$(date +%s%N)
  # shellcheck disable=SC2086 # a list of words
  GANTRY_DATA_DIR=$work/gantry GANTRY_KEYS_FILE=$work/keys.json \
    GANTRY_TLS_CERTIFICATE=$work/tls.pem GANTRY_TLS_KEY=$work/tls.key GANTRY_TLS_PORT=$tls_port \
    QUARKUS_HTTP_PORT=$port QUARKUS_MANAGEMENT_PORT=$management QUARKUS_MANAGEMENT_HOST=127.0.0.1 \
    $command >>"$work/gantry.log" 2>&1 &
  gantry_pid=$!
  gantry_url=http://127.0.0.1:$port
  await "http://127.0.0.1:$management/q/health/ready" "$gantry_pid" ||
    { keep=yes && fail "Gantry does not start; see $work/gantry.log"; }
  ready_ms=$((($(date +%s%N) - begun) / 1000000))
  gantry_tls_url=https://127.0.0.1:$tls_port
  # Its port is opened beside the others, so it may come a moment after the server is ready.
  curl --silent --insecure --output /dev/null --retry 100 --retry-delay 0 --retry-max-time 20 \
    --retry-connrefused "$gantry_tls_url/v2/" ||
    { keep=yes && fail "Gantry does not serve TLS; see $work/gantry.log"; }
}

# The embedded database of the Gantry started here, by the file PostgreSQL keeps of itself.
postmaster() {
  local file=$work/gantry/postgres/postmaster.pid
  [ ! -r "$file" ] || head -n 1 "$file"
}

# How psql reaches Gantry's database; nothing if it cannot.
database() {
  if [ -n "${GANTRY_DATABASE:-}" ]; then
    echo "$GANTRY_DATABASE"
  elif [ -n "$(postmaster)" ]; then
    echo "host=127.0.0.1 port=$(sed -n 4p "$work/gantry/postgres/postmaster.pid") user=gantry" \
      "dbname=postgres password=$(cat "$work/gantry/postgres-password")"
  fi
}

query() { # sql
  psql --quiet --no-psqlrc --tuples-only --no-align --field-separator ' ' -c "$1" "$(database)"
}
