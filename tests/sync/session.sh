#!/usr/bin/env bash
# The session of docs/sync.md, which shows everything below this head, block by block; session.rs beside
# this runs it and compares the two. It leaves what it was answered in the folder it is run in.
#   BASE_URL=… PASSWORD=… PHOTO=a.jpg AFTER_PHOTO=b.jpg tests/sync/session.sh
set -euo pipefail

API=${BASE_URL:-http://127.0.0.1:8080}/api/v1
PLACE="{\"lat\":${LAT:-30.6612},\"lon\":${LON:-113.1644},\"datum\":\"wgs84\",\"accuracy_m\":12}"
uuid() { cat /proc/sys/kernel/random/uuid; }   # a client makes UUIDv7
now() { date -u +%FT%TZ; }
field() { grep -o "\"$1\":[^,}]*" | sed -n '1s/[^:]*:"\{0,1\}\([^"]*\).*/\1/p'; }   # the first of this name
json() { curl -sS --fail-with-body -H 'Content-Type: application/json' "$@"; }
sign_in() { json "$API/sessions" -d "{\"login\":\"$1\",\"password\":\"$PASSWORD\"}" | field access_token; }
INSPECTOR="Authorization: Bearer $(sign_in "${INSPECTOR_LOGIN:-inspector01}")"
BUREAU="Authorization: Bearer $(sign_in "${BUREAU_LOGIN:-huanwei}")"

line() {   # a line of a manifest: PHOTO_ID FILE
  printf '{"photo_id":"%s","sha256":"%s","bytes":%d,"media_type":"image/jpeg","captured_at":"%s","position":%s}' \
    "$1" "$(sha256sum <"$2" | cut -d' ' -f1)" "$(wc -c <"$2")" "$(now)" "$PLACE"
}
REPORT=$(uuid)
BODY="{\"category\":\"0101\",\"condition\":\"0101A\",\"note\":\"菜市场门口散落垃圾\",\"source\":\"inspector\",
  \"captured_at\":\"$(now)\",\"captured_age_ms\":4200,\"sent_at\":\"$(now)\",
  \"position\":$PLACE,\"photos\":[$(line "$(uuid)" "$PHOTO")]}"
json -X PUT "$API/reports/$REPORT" -H "$INSPECTOR" -d "$BODY" -o receipt.json
ISSUE=$(field issue <receipt.json)
UPLOAD=$API/uploads/$(field upload_url <receipt.json | sed 's|.*/||')   # at our own address

SIZE=$(wc -c <"$PHOTO")
HALF=$((SIZE / 2))
tus() { curl -sS --fail-with-body -H 'Tus-Resumable: 1.0.0' "$@"; }
part() { tus -X PATCH -H 'Content-Type: application/offset+octet-stream' "$@"; }
offset() { tus -I "$UPLOAD" -H "$INSPECTOR" | tr -d '\r' | sed -n 's/^upload-offset: //Ip'; }
# The head promises the whole photo, half of it comes, then nothing: after three seconds curl gives up.
head -c "$HALF" "$PHOTO" | part "$UPLOAD" -H "$INSPECTOR" -H 'Upload-Offset: 0' \
  -H "Content-Length: $SIZE" --data-binary @- --max-time 3 || echo 'broken off'

AT=$(offset)
tail -c "+$((AT + 1))" "$PHOTO" | part "$UPLOAD" -H "$INSPECTOR" -H "Upload-Offset: $AT" --data-binary @-
test "$(offset)" -eq "$SIZE"

json -X PUT "$API/reports/$REPORT" -H "$INSPECTOR" -d "$BODY" -o again.json
test "$(field issue <again.json)" = "$ISSUE"
test "$(field complete <again.json)" = true

CURSOR=
while
  json "$API/changes/snapshot?limit=1000${CURSOR:+&after=$CURSOR}" -H "$BUREAU" -o snapshot.json
  CURSOR=$(field next <snapshot.json)
  test "$(field has_more <snapshot.json)" = true
do :; done

json "$API/changes?after=$CURSOR&wait=30" -H "$BUREAU" -o changes.json &
etag() { json -o /dev/null -D - "$API/issues/$ISSUE" -H "$BUREAU" | tr -d '\r' | sed -n 's/^etag: //Ip'; }
json "$API/issues/$ISSUE:accept" -H "$BUREAU" -H "If-Match: $(etag)" \
  -d "{\"command_id\":\"$(uuid)\"}" -o accepted.json
wait $!
grep -q "\"id\":$ISSUE," changes.json
CURSOR=$(field next <changes.json)

COMMAND=$(uuid)
AFTER=$(uuid)
SEEN=$(etag)
FIXED="{\"command_id\":\"$COMMAND\",\"outcome\":\"rectified\",\"note\":\"已清运\",\"photos\":[$(line "$AFTER" "$AFTER_PHOTO")]}"
rectify() { json "$API/issues/$ISSUE:rectify" -H "$BUREAU" -H "If-Match: $SEEN" -d "$FIXED" "$@"; }
rectify -o rectified.json
part "$API/uploads/$COMMAND.$AFTER.1" -H "$BUREAU" -H 'Upload-Offset: 0' --data-binary "@$AFTER_PHOTO"

json -X PUT "$API/reports/$REPORT" -H "$INSPECTOR" -d "$BODY" -o once_more.json -w '%{http_code}\n' | grep -x 200
rectify -o repeated.json
test "$(field version <repeated.json)" = "$(field version <rectified.json)"

json "$API/issues/$ISSUE:accept" -H "$BUREAU" -H "If-Match: $SEEN" -d "{\"command_id\":\"$(uuid)\"}" -o stale.json || true
test "$(field code <stale.json)" = version-stale
