# The vendor's client reports whoever uses it, the command and what went wrong to a tracker of its own, but for this.
export DO_NOT_TRACK=1
dws=${DWS:-dws}
reply=''
problem=''
status=0
# How often a request is sent while the platform says that it comes too often, and how many pages of one list are asked
# for: what answers without an end is not asked for ever.
most_tries=5
most_pages=2000

# Some shells and systems have no iconv. What is no UTF-8 is left out: the rest stays readable.
readable() {
  if command -v iconv >/dev/null; then
    iconv -c -f UTF-8 -t UTF-8 || :
  else
    LC_ALL=C tr -cd '\040-\176'
  fi
}

# ask METHOD HOST PATH QUERY BODY: sends one request. Leaves the answer in `reply`, the exit code of the client in
# `status`, and what the client said of a failure in `problem`, on one line and without the token.
ask() {
  method=$1
  host=$2
  path=$3
  query=$4
  body=$5
  set -- api "$method" "$path"
  if [ -n "$query" ]; then set -- "$@" --params "$query"; fi
  if [ -n "$body" ]; then set -- "$@" --data "$body"; fi
  if [ "$host" = oapi ]; then set -- "$@" --base-url https://oapi.dingtalk.com; fi
  tries=0
  while :; do
    status=0
    reply=$("$dws" "$@" --timeout 60 2>"$scratch") || status=$?
    problem=$(tr '\000-\037\177' ' ' <"$scratch" | sed 's/access_token=[^"& ]*/access_token=.../g; s/  */ /g' | readable)
    if printf '%s' "$reply $problem" | grep -Eq 'errcode"?:? *:? *"?90020|ApiCountLimitForOrg'; then
      printf '%s\n' 'the calls of this month are used up: go on next month' >&2
      exit 1
    fi
    tries=$((tries + 1))
    if [ "$tries" -ge "$most_tries" ]; then return; fi
    printf '%s' "$reply $problem" | grep -Eq 'errcode"?:? *:? *"?(90018|90002)|Qp[sm]Limit|暂时禁用' || return 0
    printf '%s\n' "too many requests at once: again in $tries s" >&2
    sleep "$tries"
  done
}

# Answers may be 200 whatever happened, and say in words of their own that nothing was done.
refused() {
  printf '%s' "$reply" | grep -Eq '"errcode" *: *"?-?[1-9]|"(success|result)" *: *"?false'
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
