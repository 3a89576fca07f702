#!/usr/bin/env bash
#
# Tests of the launcher, ../cajal: each is a function below, named for what it shows. They run on a
# small copy of the tree with a JDK and a Maven that only pretend; the last one on the real things.

set -u
root=$(cd "$(dirname "$0")/.." && pwd -P)
scratch=$(mktemp -d "${TMPDIR:-/tmp}/cajal-launcher.XXXXXX") || exit 1
scratch=$(cd "$scratch" && pwd -P)
trap 'rm -rf "$scratch"' EXIT
real_path=$PATH
real_home=$HOME
real_jdk=${CAJAL_JAVA_HOME:-}
unset JAVA_HOME CAJAL_JAVA_HOME CAJAL_JAVA_OPTIONS MAVEN_OPTS

# ---- what the tests stand on

# A folder with nothing but the tools that the launcher, and these tests, may use.
make_tools() {
  local tool
  mkdir "$scratch/tools"
  for tool in awk bash cat chmod cp cut dirname env find grep head ln ls mkdir mv readlink rm sed sleep sort stty tail tee; do
    ln -s "$(type -P "$tool")" "$scratch/tools/$tool"
  done
}

# fake_jdk FOLDER VERSION: its java prints its arguments, one a line, and does what $on_java says.
fake_jdk() {
  mkdir -p "$1/bin"
  cat >"$1/bin/java" <<'EOF'
#!/usr/bin/env bash
[ "$*" = -version ] && { cat "${0%/bin/java}/version" >&2; exit; }
printf '%s\n' "$@"
eval "${on_java:-}"
EOF
  echo "openjdk version \"$2\" 2030-01-01" >"$1/version"
  echo '#!/bin/sh' >"$1/bin/javac"
  chmod +x "$1/bin/java" "$1/bin/javac"
  printf 'IMPLEMENTOR="Nobody"\nJAVA_VERSION="%s"\n' "$2" >"$1/release"
}

# A Maven that counts its calls in $tree/calls, builds jars, and does what $on_maven says.
fake_maven() {
  mkdir "$scratch/maven"
  cat >"$scratch/maven/mvn" <<'EOF'
#!/usr/bin/env bash
echo "$*" >>calls
eval "${on_maven:-}"
case "$*" in
  *-Dquick*)
    arguments=$*
    program=${arguments#*--projects }
    program=${program%% *}
    mkdir -p "target/launcher/cajal-$program" target/launcher/cajal-core
    echo "$program" >"target/launcher/cajal-$program/cajal-$program-1.jar"
    echo core >target/launcher/cajal-core/cajal-core-1.jar
    echo other >other.jar
    echo "$PWD/target/launcher/cajal-core/cajal-core-1.jar:$PWD/other.jar" >"target/launcher/cajal-$program/classpath"
    ;;
esac
EOF
  chmod +x "$scratch/maven/mvn"
}

# A tree to launch from. Its launcher needs Java 99, so that no JDK of this machine is in the way.
make_tree() {
  mkdir -p "$tree/.mvn" "$tree/core/src/main/java" "$tree/app/src/main/java"
  sed 's/^needed_java=.*/needed_java=99/' "$root/cajal" >"$tree/cajal"
  chmod +x "$tree/cajal"
  echo x | tee "$tree/pom.xml" "$tree/core/pom.xml" "$tree/app/pom.xml" \
    "$tree/core/src/main/java/A.java" "$tree/core/src/main/java/B.java" >"$tree/.mvn/jvm.config"
}

# Runs the launcher of the tree: sets status, out, err.
cajal() {
  status=0
  "$tree/cajal" "$@" >"$tree.out" 2>"$tree.err" || status=$?
  out=$(cat "$tree.out")
  err=$(cat "$tree.err")
}

expect() {
  [ "$1" = "$2" ] && return
  printf 'expected: %s\n but was: %s\n' "$2" "$1"
  exit 1
}

# What was said on standard error, without the seconds.
err_without_numbers() {
  sed 's/[0-9][0-9]*/N/g' "$tree.err"
}

expect_in() {
  case $1 in
    *"$2"*) ;;
    *)
      printf 'expected: …%s…\n but was: %s\n' "$2" "$1"
      exit 1
      ;;
  esac
}

builds() {
  grep -c -e -Dquick "$tree/calls" 2>/dev/null || true
}

# A report as Surefire writes it: report MODULE TESTS FAILURES ERRORS SKIPPED.
report() {
  mkdir -p "$1/target/surefire-reports"
  printf '<?xml version="1.0"?>\n<testsuite name="T" time="0.1" tests="%d" errors="%d" skipped="%d" failures="%d">\n</testsuite>\n' \
    "$2" "$4" "$5" "$3" >"$1/target/surefire-reports/TEST-$1.xml"
}

# ---- the JDK

a_wrong_CAJAL_JAVA_HOME_is_refused() {
  CAJAL_JAVA_HOME=$scratch/nowhere cajal
  expect "$status" 1
  expect "$err" "cajal: CAJAL_JAVA_HOME is $scratch/nowhere: there is no bin/java"
}

a_CAJAL_JAVA_HOME_that_is_too_old_is_refused() {
  CAJAL_JAVA_HOME=$scratch/jdk17 cajal
  expect "$status" 1
  expect "$err" "cajal: CAJAL_JAVA_HOME is $scratch/jdk17: that is Java 17.0.2; JDK 99 or newer is needed"
}

a_JAVA_HOME_that_is_too_old_is_skipped_in_silence() {
  JAVA_HOME=$scratch/jdk17 PATH=$scratch/jdk99/bin:$PATH cajal --version
  expect "$status" 0
  expect_in "$out" --version
  expect_in "$err" 'done in'
}

a_jdk_without_a_release_file_is_asked() {
  fake_jdk "$tree.jdk" 99.1
  rm "$tree.jdk/release"
  JAVA_HOME=$tree.jdk cajal --find-jdk
  expect "$out" "$tree.jdk"
}

java_8_is_not_taken_for_java_1_point_anything() {
  fake_jdk "$tree.jdk" 1.8.0_402
  CAJAL_JAVA_HOME=$tree.jdk cajal
  expect_in "$err" "that is Java 1.8.0_402"
}

a_jre_is_no_jdk() {
  fake_jdk "$tree.jre" 99
  rm "$tree.jre/bin/javac"
  CAJAL_JAVA_HOME=$tree.jre cajal
  expect "$err" "cajal: CAJAL_JAVA_HOME is $tree.jre: no JDK, there is no bin/javac"
}

a_jdk_is_found_through_links_on_the_path() {
  mkdir "$tree.bin"
  ln -s "$scratch/jdk99/bin/javac" "$tree.javac"
  ln -s "$tree.javac" "$tree.bin/javac"
  PATH=$tree.bin:$PATH cajal --find-jdk
  expect "$out" "$scratch/jdk99"
}

a_jdk_of_sdkman_is_found() {
  fake_jdk "$tree.home/.sdkman/candidates/java/99-tem" 99
  HOME=$tree.home cajal --find-jdk
  expect "$out" "$tree.home/.sdkman/candidates/java/99-tem"
}

without_a_jdk_it_says_what_to_do() {
  cajal --help
  expect "$status" 1
  expect "$out" ""
  expect_in "$err" 'found no JDK 99 or newer'
  expect_in "$err" CAJAL_JAVA_HOME
}

# ---- the build

only_the_first_start_builds_and_says_so_in_one_line() {
  export JAVA_HOME=$scratch/jdk99
  cajal
  expect "$(err_without_numbers)" 'cajal: building ... done in N s'
  cajal
  expect "$err" ""
  expect "$(builds)" 1
}

a_changed_source_is_built() {
  export JAVA_HOME=$scratch/jdk99
  cajal
  echo y >"$tree/core/src/main/java/A.java" # as long as before
  cajal
  expect "$(builds)" 2
  expect_in "$err" 'done in'
}

a_deleted_source_is_built() {
  export JAVA_HOME=$scratch/jdk99
  cajal
  rm "$tree/core/src/main/java/B.java"
  cajal
  expect "$(builds)" 2
}

a_source_that_changes_during_the_build_is_built_again() {
  export JAVA_HOME=$scratch/jdk99
  on_maven='echo z >core/src/main/java/A.java' cajal
  cajal
  expect "$(builds)" 2
}

a_tree_that_was_moved_is_built() {
  export JAVA_HOME=$scratch/jdk99
  cajal
  mv "$tree" "$tree moved"
  tree="$tree moved"
  cajal
  expect "$status" 0
  expect "$(builds)" 2
}

a_jar_that_vanished_is_built() {
  export JAVA_HOME=$scratch/jdk99
  cajal
  rm "$tree/other.jar"
  cajal
  expect "$(builds)" 2
}

the_jars_that_run_are_not_those_that_the_next_build_writes() {
  export JAVA_HOME=$scratch/jdk99
  cajal
  class_path=$(echo "$out" | grep jar)
  for jar in "${class_path%%:*}" "$(echo "$class_path" | cut -d : -f 2)"; do
    [ -r "$jar" ] || expect "$jar" "a file"
    case $jar in *launcher/cajal-*) expect "$jar" "a copy" ;; esac
  done
}

the_build_keeps_what_a_start_takes() {
  export JAVA_HOME=$scratch/jdk99
  # shellcheck disable=SC2016 # meant for the Java that pretends
  on_java='for a; do case $a in -XX:AOTCacheOutput=*) echo kept >"${a#*=}" ;; esac; done' cajal --version
  kept=$(echo "$tree"/target/launcher/run.app.*/start.aot)
  expect "$(cat "$kept")" kept
  expect_in "$out" "-XX:AOTCache=$kept"
  cajal
  expect_in "$out" "-XX:AOTCache=$kept"
}

what_could_not_be_kept_is_not_asked_for() {
  export JAVA_HOME=$scratch/jdk99
  # shellcheck disable=SC2016
  on_java='for a; do case $a in -XX:AOTCacheOutput=*) echo half >"${a#*=}"; exit 1 ;; esac; done' cajal
  expect "$status: $(err_without_numbers)" '0: cajal: building ... done in N s'
  case $out in *AOTCache*) expect "$out" "no archive" ;; esac
}

a_build_that_fails_shows_why_and_is_tried_again() {
  export JAVA_HOME=$scratch/jdk99
  on_maven='echo "[ERROR] A.java:[1,2] cannot find symbol"; echo "[ERROR] Failed to execute goal x"; echo "[ERROR] and more of it"; exit 1' cajal
  expect "$status" 1
  expect "$out" ""
  expect_in "$err" 'cannot find symbol'
  expect_in "$err" 'target/launcher/build.log'
  case $err in *"more of it"*) expect "$err" "nothing said twice" ;; esac
  cajal
  expect "$status" 0
}

two_at_once_build_once() {
  export JAVA_HOME=$scratch/jdk99 on_maven='sleep 0.5'
  "$tree/cajal" >"$tree.1" 2>&1 &
  "$tree/cajal" >"$tree.2" 2>&1 &
  wait %1
  expect "$?" 0
  wait %2
  expect "$?" 0
  expect "$(builds)" 1
}

the_lock_of_a_launcher_that_died_is_taken_over() {
  export JAVA_HOME=$scratch/jdk99
  bash -c 'exit' &
  dead=$!
  wait
  mkdir -p "$tree/target/launcher.lock"
  echo "$dead" >"$tree/target/launcher.lock/pid"
  cajal
  expect "$status" 0
  expect "$(ls "$tree/target")" launcher
}

a_build_that_is_interrupted_leaves_no_lock() {
  export JAVA_HOME=$scratch/jdk99
  # shellcheck disable=SC2016 # meant for the Maven that pretends
  on_maven='kill -TERM $PPID; sleep 0.2; exit 1' cajal
  expect "$(ls -d "$tree/target/launcher.lock" 2>/dev/null)" ""
  cajal
  expect "$status" 0
}

without_maven_it_says_so() {
  PATH=$scratch/tools JAVA_HOME=$scratch/jdk99 cajal
  expect "$status" 1
  expect_in "$err" 'cajal: needs Maven to build'
}

a_tree_that_can_not_be_written_says_so() {
  echo "in the way" >"$tree/target"
  JAVA_HOME=$scratch/jdk99 cajal
  expect "$status" 1
  expect_in "$err" "can't write to $tree/target"
}

# ---- the start

arguments_arrive_as_they_were_given() {
  JAVA_HOME=$scratch/jdk99 cajal 'two words' '' '*'
  expect "$(tail -n 3 "$tree.out")" "two words

*"
}

it_works_through_links_and_from_anywhere() {
  export JAVA_HOME=$scratch/jdk99
  mkdir "$tree.bin" "$tree.else where"
  ln -s "$tree/cajal" "$tree.bin/first"
  ln -s first "$tree.bin/second"
  cd "$tree.else where"
  out=$(on_java='pwd' "$tree.bin/second" 2>/dev/null | tail -n 1)
  expect "$out" "$tree.else where"
}

a_tree_with_a_blank_in_its_path_works() {
  tree="$tree with blank"
  make_tree
  JAVA_HOME=$scratch/jdk99 cajal
  expect "$status" 0
  expect_in "$out" "$tree/other.jar"
}

options_for_the_jvm_come_before_the_main_class() {
  JAVA_HOME=$scratch/jdk99 CAJAL_JAVA_OPTIONS='-Xmx1g -Da=*' cajal
  expect_in "$out" "-Xmx1g
-Da=*
-cp"
}

the_exit_code_is_that_of_java() {
  JAVA_HOME=$scratch/jdk99 on_java='exit 7' cajal
  expect "$status" 7
}

java_is_the_same_process_so_signals_reach_it() {
  export JAVA_HOME=$scratch/jdk99
  cajal
  on_java='echo pid $$' "$tree/cajal" >"$tree.out" &
  launched=$!
  wait
  expect "$(tail -n 1 "$tree.out")" "pid $launched"
}

# ---- the benchmarks

bench_runs_the_program_of_that_name() {
  export JAVA_HOME=$scratch/jdk99
  cajal bench --only W2
  expect "$status" 0
  expect_in "$out" "-Dcajal.home=$tree"
  expect_in "$out" "/cajal-bench-1.jar:"
  expect "$(tail -n 3 "$tree.out")" "dev.cajal.bench.Main
--only
W2"
}

only_what_is_run_is_built() {
  export JAVA_HOME=$scratch/jdk99
  cajal
  expect "$(ls -d "$tree"/target/launcher/cajal-*)" "$tree/target/launcher/cajal-app
$tree/target/launcher/cajal-core"
}

two_programs_are_each_built_once() {
  export JAVA_HOME=$scratch/jdk99
  cajal
  cajal bench
  expect "$(builds)" 2
  cajal
  cajal bench
  expect "$(builds)" 2
  expect "$status: $err" '0: '
}

a_changed_source_is_built_for_both_programs() {
  export JAVA_HOME=$scratch/jdk99
  cajal
  cajal bench
  echo y >"$tree/core/src/main/java/A.java"
  cajal bench
  cajal
  expect "$(builds)" 4
}

# ---- the tests

make_testable() {
  export JAVA_HOME=$scratch/jdk99
  mkdir "$tree/launcher"
  echo 'echo "launcher: 3 passed, 0 failed, 1 skipped"' >"$tree/launcher/test.sh"
}

the_last_line_of_a_test_run_adds_everything_up() {
  make_testable
  export -f report
  on_maven='report core 10 0 0 2; report app 5 0 0 0' cajal test
  expect "$status" 0
  expect "$(tail -n 1 "$tree.out")" '16 passed, 0 failed, 3 skipped'
}

a_failed_test_fails_the_run() {
  make_testable
  export -f report
  on_maven='report core 10 2 1 0; echo "[ERROR] Failed to execute goal g:maven-surefire-plugin:1:test (default-test) on project cajal-core: x"; exit 1' cajal test
  expect "$status" 1
  expect "$(tail -n 1 "$tree.out")" '10 passed, 3 failed, 1 skipped'
  expect_in "$err" 'cajal-core: tests failed'
}

a_failed_check_fails_the_run_and_is_named() {
  make_testable
  export -f report
  on_maven='report core 1 0 0 0; echo "[ERROR] Failed to execute goal g:spotless-maven-plugin:1:check (default) on project cajal-core: x"; exit 1' cajal test
  expect "$status" 1
  expect "$(tail -n 1 "$tree.out")" '4 passed, 0 failed, 1 skipped'
  expect_in "$err" 'mvn spotless:apply'
}

a_run_without_tests_is_a_failure() {
  make_testable
  cajal test -Dtest=Nothing
  expect "$status" 1
  expect "$out" '0 passed, 0 failed, 0 skipped'
  expect_in "$err" 'Maven ran no test'
}

reports_of_an_earlier_run_do_not_count() {
  make_testable
  export -f report
  (cd "$tree" && report core 100 0 0 0)
  on_maven='report app 1 0 0 0' cajal test
  expect "$(tail -n 1 "$tree.out")" '4 passed, 0 failed, 1 skipped'
}

a_test_run_passes_arguments_to_maven() {
  make_testable
  cajal test -pl core '-Dtest=A B'
  expect_in "$(cat "$tree/calls")" 'verify --fail-at-end -pl core -Dtest=A B'
}

help_for_test_comes_from_the_program() {
  JAVA_HOME=$scratch/jdk99 cajal test --help
  expect "$(tail -n 2 "$tree.out")" "test
--help"
}

# ---- all of it, in earnest

the_real_tree_builds_and_runs() {
  [ -x "$real_jdk/bin/java" ] || exit 77
  PATH=$real_path HOME=$real_home
  export CAJAL_JAVA_HOME=$real_jdk
  rm -rf "$tree"
  mkdir "$tree"
  (cd "$root" && for file in cajal pom.xml .mvn */pom.xml */src/main; do
    mkdir -p "$tree/$(dirname "$file")" && cp -R "$file" "$tree/$file" || exit
  done)
  cajal --version
  expect "$status: $(err_without_numbers)" '0: cajal: building ... done in N s'
  expect_in "$out" 'cajal '
  CAJAL_JAVA_OPTIONS=-Xlog:class+load cajal example
  expect_in "$out" 'dev.cajal.tensor.Tensor source: shared objects file'
  cajal --help
  expect "$status: $err" '0: '
  expect_in "$out" 'Usage: cajal'
  "$tree/cajal" --help 2>"$tree.err" | head -n 1 >"$tree.out"
  expect "$(cat "$tree.err")" ""
  cajal nonsense
  expect "$status: $out" '2: '
  cajal bench --help
  expect "$status: $(err_without_numbers)" '0: cajal: building ... done in N s'
  expect_in "$out" 'Usage: cajal bench'
}

# ---- running them

make_tools
fake_maven
fake_jdk "$scratch/jdk17" 17.0.2
fake_jdk "$scratch/jdk99" 99.0.1
PATH=$scratch/maven:$scratch/tools
HOME=$scratch/home
passed=0 failed=0 skipped=0
tests=$(sed -n 's/^\([a-zA-Z0-9_]*\)() {$/\1/p' "$0" | sed -n '/^a_wrong_CAJAL_JAVA_HOME/,$p' | grep -v make_testable)
for name in $tests; do
  tree=$scratch/$name
  (
    set -e
    make_tree
    "$name"
  ) >"$scratch/output" 2>&1
  case $? in
    0) passed=$((passed + 1)) ;;
    77)
      skipped=$((skipped + 1))
      echo "launcher: skipped: ${name//_/ }"
      ;;
    *)
      failed=$((failed + 1))
      echo "launcher: FAILED: ${name//_/ }"
      cat "$scratch/output"
      ;;
  esac
done
echo "launcher: $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
