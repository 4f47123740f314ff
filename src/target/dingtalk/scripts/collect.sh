set -eu

out=tenant-export.json
for argument in "$@"; do
  case $argument in
    --out=*) out=${argument#--out=} ;;
    *)
      printf '%s\n' "usage: sh $0 [--out=FILE]" >&2
      exit 2
      ;;
  esac
done
# The export has names of people: nobody else may read it.
umask 077
part=$out.part
scratch=$out.err
trap 'rm -f "$part" "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
count=0
failed=0

#CLIENT
# call METHOD HOST PATH QUERY BODY: asks, and writes down what came back. QUERY and BODY may be empty.
call() {
  ask "$@"
  if [ "$count" -gt 0 ]; then printf ',\n' >>"$part"; fi
  count=$((count + 1))
  printf '    {"method": "%s", "path": "%s", "query": %s, "body": %s, "time": "%s", ' "$1" "$3" \
    "${4:-null}" "${5:-null}" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" >>"$part"
  case $status$reply in
    '0{'*)
      printf '"response": %s}' "$reply" >>"$part"
      if refused; then
        printf '%s\n' "refused: $1 $3" >&2
        failed=$((failed + 1))
      fi
      ;;
    *)
      if [ "$status" -eq 0 ]; then problem='the answer is no JSON object'; fi
      printf '"error": "%s"}' "$(printf '%s' "exit code $status${problem:+: $problem}" | sed 's/\\/\\\\/g; s/"/\\"/g')" >>"$part"
      printf '%s\n' "failed: $1 $3: ${problem:-exit code $status}" >&2
      failed=$((failed + 1))
      reply=''
      ;;
  esac
}

# by_offset PATH BODY SIZE KEY: BODY is an object without its end; the numbers under KEY are added to `found`.
by_offset() {
  offset=0
  pages=0
  while [ "$pages" -lt "$most_pages" ]; do
    call POST oapi "$1" '' "$2\"offset\":$offset,\"size\":$3}"
    found="$found $(numbers "$4" | tr '\n' ' ')"
    says hasMore || says has_more || break
    offset=$((offset + $3))
    pages=$((pages + 1))
  done
}

# by_token PATH QUERY FIRST KEY: QUERY is an object without its end, and FIRST what ends it for the first page; KEY is
# where the answer has what comes next.
by_token() {
  more=$2$3
  pages=0
  while [ "$pages" -lt "$most_pages" ]; do
    call GET api "$1" "$more" ''
    says hasMore || break
    next=$(numbers "$4" | first)
    if [ -z "$next" ]; then break; fi
    # The client makes floats of numbers in a query, and writes large ones as 1.2e+06: so it is a text.
    more=$2",\"nextToken\":\"$next\"}"
    pages=$((pages + 1))
  done
}

# permissions PATH QUERY SIZE
permissions() {
  more="{\"option\":{\"maxResults\":$3}}"
  pages=0
  while [ "$pages" -lt "$most_pages" ]; do
    call POST api "$1" "$2" "$more"
    next=$(texts nextToken | first)
    if [ -z "$next" ]; then break; fi
    more="{\"option\":{\"maxResults\":$3,\"nextToken\":\"$next\"}}"
    pages=$((pages + 1))
  done
}

# people DEPARTMENT SIZE
people() {
  cursor=0
  pages=0
  while [ "$pages" -lt "$most_pages" ]; do
    call POST oapi /topapi/user/listsimple '' "{\"dept_id\":$1,\"cursor\":$cursor,\"size\":$2}"
    says has_more || break
    cursor=$(numbers next_cursor | first)
    if [ -z "$cursor" ]; then break; fi
    pages=$((pages + 1))
  done
}

# devices PLATFORM SIZE
devices() {
  page=1
  while [ "$page" -le "$most_pages" ]; do
    call POST api /v1.0/exclusive/trustedDevices/query '' "{\"pageNumber\":$page,\"pageSize\":$2,\"platform\":\"$1\"}"
    total=$(numbers total | first)
    if [ $((page * $2)) -ge "${total:-0}" ]; then break; fi
    page=$((page + 1))
  done
}

# every_department: asks each for those below it; `seen` has all of them.
every_department() {
  seen=''
  level=1
  while [ -n "$level" ]; do
    below=''
    for department in $level; do
      case " $seen " in
        *" $department "*) continue ;;
      esac
      seen="$seen $department"
      call POST oapi /topapi/v2/department/listsub '' "{\"dept_id\":$department}"
      below="$below$(numbers dept_id | tr '\n' ' ')"
    done
    level=$below
  done
}

printf '{\n  "format": "farol-tenant-export",\n  "version": 1,\n  "collected": "%s",\n  "calls": [\n' \
  "$(date -u +%Y-%m-%dT%H:%M:%SZ)" >"$part"
#CALLS

printf '\n  ]\n}\n' >>"$part"
mv "$part" "$out"
printf '%s\n' "wrote $out: $count calls, $failed of them failed"
if [ "$failed" -gt 0 ]; then exit 1; fi
