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
dws=${DWS:-dws}
# The export has names of people: nobody else may read it.
umask 077
part=$out.part
trap 'rm -f "$part"' EXIT
trap 'exit 1' HUP INT TERM
count=0
failed=0
reply=''
# So many pages of one list at most: what answers without an end is not asked for ever.
most_pages=2000

# call METHOD HOST PATH QUERY BODY: asks, and writes down what came back. QUERY and BODY may be empty.
call() {
  method=$1
  host=$2
  path=$3
  query=$4
  body=$5
  set -- api "$method" "$path"
  if [ -n "$query" ]; then set -- "$@" --params "$query"; fi
  if [ -n "$body" ]; then set -- "$@" --data "$body"; fi
  if [ "$host" = oapi ]; then set -- "$@" --base-url https://oapi.dingtalk.com; fi
  status=0
  reply=$("$dws" "$@") || status=$?
  if [ "$count" -gt 0 ]; then printf ',\n' >>"$part"; fi
  count=$((count + 1))
  printf '    {"method": "%s", "path": "%s", "query": %s, "body": %s, "time": "%s", ' "$method" "$path" \
    "${query:-null}" "${body:-null}" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" >>"$part"
  case $status$reply in
    '0{'*) printf '"response": %s}' "$reply" >>"$part" ;;
    *)
      printf '"error": "exit code %s"}' "$status" >>"$part"
      printf '%s\n' "failed: $method $path" >&2
      failed=$((failed + 1))
      reply=''
      ;;
  esac
}

# What stands under a key of the last answer, one a line. In JSON the quotes inside a text are escaped, so no name of
# anybody can look like a key.
numbers() {
  printf '%s\n' "$reply" | grep -o "\"$1\" *: *-\{0,1\}[0-9][0-9]*" | sed 's/.*: *//'
}
texts() {
  printf '%s\n' "$reply" | grep -o "\"$1\" *: *\"[^\"\\]*\"" | sed 's/.*: *"//; s/"$//'
}
says() {
  printf '%s\n' "$reply" | grep -q "\"$1\" *: *true"
}
first() {
  sed -n 1p
}

# by_offset PATH BODY SIZE KEY: BODY is an object without its end; the numbers under KEY are added to `found`.
by_offset() {
  offset=0
  pages=0
  while [ "$pages" -lt "$most_pages" ]; do
    call POST oapi "$1" '' "$2\"offset\":$offset,\"size\":$3}"
    found="$found $(numbers "$4" | tr '\n' ' ')"
    says hasMore || break
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
    more=$2",\"nextToken\":$next}"
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
