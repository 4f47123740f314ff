set -eu
umask 077

send=no
again=no
take_away=no
state=farol-steps.done
for argument in "$@"; do
  case $argument in
    --send) send=yes ;;
    --again) again=yes ;;
    --take-away) take_away=yes ;;
    --state=*) state=${argument#--state=} ;;
    *)
      printf '%s\n' "usage: sh $0 [--send [--again] [--take-away]] [--state=FILE]" >&2
      exit 2
      ;;
  esac
done
scratch=$state.err
trap 'rm -f "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
left_out=0

#CLIENT
#TENANT
# The tenant is known by its id, else by the app that sends.
tenant=${corp:-${DWS_CLIENT_ID:-}}
if [ "$send" = yes ] && [ -z "$tenant" ]; then
  tenant=-
  printf '%s\n' 'which tenant this is, is not known: bind tenant corp, so that another one is told apart' >&2
fi

stop() {
  printf '%s\n' "$1" >&2
  exit 1
}
# What cannot be written down is not sent.
if [ "$send" = yes ]; then : >>"$state"; fi

# The file has a line for each request that was sent: when, to which tenant, what it sets, and the id of the step. What
# was sent last counts: a value may be set, changed and set again.
is_done() {
  [ "$again" = no ] && [ -f "$state" ] &&
    [ "$(tenant=$tenant target=$2 awk -F '\t' \
      '$2 == ENVIRON["tenant"] && $3 == ENVIRON["target"] { id = $4 } END { print id }' "$state")" = "$1" ]
}
write_down() {
  printf '%s\t%s\t%s\t%s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$tenant" "$2" "$1" >>"$state"
}

show() {
  printf '\n%s  %s\n' "$1" "$2"
}
# preview METHOD HOST PATH QUERY BODY: what would be sent. It needs neither the client nor a token.
preview() {
  printf '  %s https://%s.dingtalk.com%s\n' "$1" "$2" "$3"
  if [ -n "$4" ]; then printf '  query: %s\n' "$4"; fi
  if [ -n "$5" ]; then printf '  body: %s\n' "$5"; fi
}

# An answer without content is told by the client as a failure, after the request took effect.
is_empty_answer() {
  case $problem in
    *'非 JSON 格式'* | *'空响应体'*) [ -z "$reply" ] ;;
    *) return 1 ;;
  esac
}
# What the platform has already was made before. Answers may be 200 whatever happened: what they say counts.
check() {
  case "$reply $problem" in
    *34021* | *insert.repeat.error* | *重复插入*)
      if [ "$status" -ne 0 ] || printf '%s' "$reply" | grep -Eq '"errcode" *: *"?34021'; then
        printf '%s\n' 'there already'
        return
      fi
      ;;
  esac
  if [ "$status" -ne 0 ]; then
    if is_empty_answer; then
      stop 'the answer was empty: whether it was done is not known. Read it back; nothing after it was sent'
    fi
    case $problem in
      *HTTP\ [0-9]* | *errcode*) stop "the platform refused it: $problem: nothing after it was sent" ;;
    esac
    stop "exit code $status: ${problem:-no answer}: nothing after it was sent. Read this one back before you send it again"
  fi
  printf '%s\n' "$reply"
  if refused; then
    stop 'the platform refused it: nothing after it was sent'
  fi
}

# step ID TARGET TITLE REQUEST...
step() {
  id=$1
  target=$2
  show "$id" "$3"
  shift 3
  if [ "$send" = no ]; then
    preview "$@"
  elif is_done "$id" "$target"; then
    printf '%s\n' 'done before'
  else
    ask "$@"
    check
    write_down "$id" "$target"
  fi
}

# silent ID TARGET TITLE PATH QUERY WORDS REQUEST...: a request that answers nothing. PATH and QUERY are what reads it
# back, and WORDS what must be in it then.
silent() {
  id=$1
  target=$2
  back_path=$4
  back_query=$5
  words=$6
  show "$id" "$3"
  shift 6
  if [ "$send" = no ]; then
    preview "$@"
  elif is_done "$id" "$target"; then
    printf '%s\n' 'done before'
  else
    ask "$@"
    if ! is_empty_answer && { [ "$status" -ne 0 ] || [ -n "$reply" ]; }; then check; fi
    ask GET api "$back_path" "$back_query" ''
    check
    for word in $words; do
      case $reply in
        *"\"$word\""*) ;;
        *) stop "what reads it back does not show $word: nothing after it was sent" ;;
      esac
    done
    write_down "$id" "$target"
  fi
}

# every_rule PATH QUERY KEY: all rules of a list, one a line, in `rules`. QUERY is an object without its end, and KEY is
# where the answer has what comes next.
every_rule() {
  rules=''
  more="$2}"
  pages=0
  while [ "$pages" -lt "$most_pages" ]; do
    ask GET api "$1" "$more" ''
    if [ "$status" -ne 0 ]; then stop "the rules that are there cannot be read: ${problem:-exit code $status}"; fi
    case $reply in
      *'"list"'*) ;;
      *) stop "the rules that are there cannot be read: the answer has no list" ;;
    esac
    rules=$rules$(printf '%s' "$reply" | tr '\n\r\t' '   ' | sed 's/[{}]/\
/g')
    says hasMore || break
    next=$(numbers "$3" | first)
    if [ -z "$next" ]; then break; fi
    more="${2%,\"nextToken\":*},\"nextToken\":\"$next\"}"
    pages=$((pages + 1))
  done
}
id_in() {
  printf '%s\n' "$1" | grep -o '"id" *: *"\{0,1\}[0-9][0-9]*' | sed 's/[^0-9]*//' | first
}

# rule ID TARGET TITLE LIST QUERY KEY REQUEST...: each request makes a rule, so one that is there is not made again. One
# that somebody switched off is switched on.
rule() {
  id=$1
  target=$2
  list=$4
  list_query=$5
  list_key=$6
  show "$id" "$3"
  shift 6
  if [ "$send" = no ]; then
    preview "$@"
    return
  fi
  every_rule "$list" "$list_query" "$list_key"
  there=$(printf '%s\n' "$rules" | grep "\"description\" *: *\"farol $id\"" || :)
  if printf '%s\n' "$there" | grep -q '"active" *: *true'; then
    printf '%s\n' 'there already'
  else
    method=$1
    host=$2
    path=$3
    query=$4
    body=$5
    number=$(id_in "$there")
    if [ -n "$number" ]; then
      printf '%s\n' 'it is there, and switched off: it is switched on'
      body="{\"id\":$number,${body#\{}"
    fi
    ask "$method" "$host" "$path" "$query" "$body"
    check
  fi
  is_done "$id" "$target" || write_down "$id" "$target"
}

# tidy LIST QUERY KEY WHAT IDS: rules add up, so one that this script made for an earlier policy still restricts.
# Those that the file knows are taken away, after the new ones are made.
tidy() {
  if [ "$send" = no ] || [ ! -f "$state" ]; then return; fi
  earlier=$(tenant=$tenant what=$4 wanted=" $5 " awk -F '\t' '
    $2 == ENVIRON["tenant"] && index($3, ENVIRON["what"]) == 1 { made[$4] = 1 }
    END { for (id in made) if (!index(ENVIRON["wanted"], " " id " ")) print id }' "$state" | sort)
  if [ -z "$earlier" ]; then return; fi
  every_rule "$1" "$2" "$3"
  for mark in $earlier; do
    there=$(printf '%s\n' "$rules" | grep "\"description\" *: *\"farol $mark\"" || :)
    number=$(id_in "$there")
    if [ -z "$number" ]; then continue; fi
    show "$mark" "a rule of an earlier policy: DELETE $1/$number"
    if [ "$take_away" = no ]; then
      printf '%s\n' 'left: it still restricts. --take-away deletes it' >&2
      left_out=$((left_out + 1))
      continue
    fi
    ask DELETE api "$1/$number" '' ''
    if ! is_empty_answer; then check; fi
  done
}

# skip ID TITLE WHY
skip() {
  printf '\n%s  %s\n%s\n' "$1" "$2" "left out: $3" >&2
  left_out=$((left_out + 1))
}

#CALLS

if [ "$left_out" -gt 0 ]; then
  printf '\n%s\n' "$left_out requests were left out: see above" >&2
  exit 1
fi
