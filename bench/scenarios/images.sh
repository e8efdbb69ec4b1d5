# shellcheck shell=bash
# Whole images up, and what clients ask before they pull.

describe image-push short 90 "images of one 16 KiB layer, as docker sends them: into one image, and into 200"
goal "image-push, one image / peer" images/s push-one:gantry push-one:peer ">=" 5
goal "image-push, 200 images / peer" images/s push-many:gantry push-many:peer ">=" 5
goal "image-push, one image / 200" images/s push-one:gantry push-many:gantry ">=" 0.8
run_image_push() {
  warm "$sides" 9 image-push --repository "$namespace/warm-push-" --images 20
  in_turns "$sides" image_push
}
# Which comes first changes from turn to turn on each side.
image_push() { # side
  pushes=$((${pushes:-0} + 1))
  local sides_given
  read -ra sides_given <<<"$sides"
  if [ $(((pushes - 1) / ${#sides_given[@]} % 2)) = 0 ]; then
    push_one "$1" && push_many "$1"
  else
    push_many "$1" && push_one "$1"
  fi
}
push_one() { # side
  measure push-one "$1" rate load "$1" image-push --repository "$namespace/one-$pushes-" \
    --count "$images"
}
push_many() { # side
  measure push-many "$1" rate load "$1" image-push --repository "$namespace/many-$pushes-" \
    --images 200 --count "$images"
}

describe manifest-read short 90 "GET and HEAD of manifests by tag and by digest, HEAD of blobs, 16 connections"
reads="manifest-get-tag manifest-get-digest manifest-head-tag manifest-head-digest blob-head"
for read in $reads; do goal "$read" requests/s "$read:gantry" "$read:peer" ">=" 5; done
run_manifest_read() {
  local what
  for what in $reads; do
    warm "$sides" 5 image-read --what "$what" --repository "$namespace/warm-read"
  done
  in_turns "$sides" manifest_read
}
manifest_read() { # side
  local what
  for what in $reads; do
    readings=$((${readings:-0} + 1))
    measure "$what" "$1" rate load "$1" image-read --what "$what" \
      --repository "$namespace/read-$readings"
  done
}
