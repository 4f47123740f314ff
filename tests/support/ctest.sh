# Sourced by tests/run: runs ctest for one preset after the other and closes with one line for all of them.

passed=0
failed=0
skipped=0

# Workloads and data beside the repository, which not every clone has.
find_shared() {
  if [[ -z ${FAROL_SHARED-} && -d $root/../shared ]]; then
    FAROL_SHARED=$(cd "$root/../shared" && pwd)
    export FAROL_SHARED
  fi
  if [[ -n ${FAROL_SHARED-} ]]; then
    echo "workloads and data: $FAROL_SHARED"
  else
    echo "left out: the tests that need ../shared, which is not there"
  fi
}

# run_tests PRESET [CTEST ARGUMENTS]: counts what passed, failed and was skipped, and repeats what passing tests want to be
# seen, such as how many random policies they tried.
run_tests() {
  local preset=$1 log=build/$1/tests.log counted_failed total left
  shift
  ctest --test-dir "build/$preset" --output-on-failure -j "$(nproc)" "$@" | tee "$log" || true
  sed -n 's/^NOTE: //p' "build/$preset/Testing/Temporary/LastTest.log" 2>/dev/null | awk '!seen[$0]++'
  read -r counted_failed total < <(sed -nE 's/.*tests passed, ([0-9]+) tests? failed out of ([0-9]+)/\1 \2/p' "$log") || {
    echo "no test ran in build/$preset"
    failed=$((failed + 1))
    return 0
  }
  left=$(grep -c '\*\*\*Skipped' "$log" || true)
  passed=$((passed + total - counted_failed - left))
  failed=$((failed + counted_failed))
  skipped=$((skipped + left))
}

# with_preset PRESET [CTEST ARGUMENTS]: builds it, and runs its tests if there are arguments that pick some. A build that
# fails counts as one test.
with_preset() {
  local preset=$1
  shift
  echo "preset $preset"
  if ! build_preset "$preset"; then
    echo "build/$preset does not build"
    failed=$((failed + 1))
  elif (($#)); then
    run_tests "$preset" "$@"
  else
    passed=$((passed + 1))
  fi
}

close_run() {
  local closing="$passed passed, $failed failed"
  ((skipped == 0)) || closing+=", $skipped skipped"
  echo "$closing"
  ((failed == 0)) || exit 1
}
