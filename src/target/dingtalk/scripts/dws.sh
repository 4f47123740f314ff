set -eu

send=no
state=farol-steps.done
for argument in "$@"; do
  case $argument in
    --send) send=yes ;;
    --state=*) state=${argument#--state=} ;;
    *)
      printf '%s\n' "usage: sh $0 [--send] [--state=FILE]" >&2
      exit 2
      ;;
  esac
done
dws=${DWS:-dws}
left_out=0

is_done() {
  [ -f "$state" ] && grep -Fqx -- "$1" "$state"
}

# The rest of the arguments is the request. Old requests answer 200 whatever happened: their errcode counts.
request() {
  if [ "$send" = no ]; then
    "$dws" api "$@" --dry-run
    return
  fi
  reply=$("$dws" api "$@")
  printf '%s\n' "$reply"
  if printf '%s' "$reply" | grep -Eq '"errcode" *: *"?-?[1-9]'; then
    printf '%s\n' 'the platform refused it: nothing after it was sent' >&2
    exit 1
  fi
}

# step ID TITLE REQUEST...
step() {
  id=$1
  printf '\n%s  %s\n' "$id" "$2"
  shift 2
  if [ "$send" = yes ] && is_done "$id"; then
    printf '%s\n' 'done before'
    return
  fi
  request "$@"
  if [ "$send" = yes ]; then
    printf '%s\n' "$id" >>"$state"
  fi
}

# rule ID TITLE LIST-PATH LIST-PARAMS REQUEST...: each request makes a rule, so one that is there is not made again.
rule() {
  mark=$1
  list_path=$3
  list_params=$4
  if [ "$send" = yes ] && ! is_done "$mark"; then
    there=$("$dws" api GET "$list_path" --params "$list_params")
    case $there in
      *"farol $mark"*)
        printf '\n%s  %s\n%s\n' "$mark" "$2" 'there already'
        printf '%s\n' "$mark" >>"$state"
        return
        ;;
    esac
  fi
  title=$2
  shift 4
  step "$mark" "$title" "$@"
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
