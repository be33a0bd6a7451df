#!/usr/bin/env bash
# Builds and starts Rondo. `./run.sh help` says how.
set -euo pipefail
caller=$PWD
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"

jar=$PWD/target/rondo.jar

usage() {
  cat <<'TEXT'
./run.sh                     build if needed, then start the cluster of conf/node.json
./run.sh --role worker ...   the same, with settings
./run.sh <command> ...       a command of the jar, e.g. ./run.sh bench; builds only where there is no jar yet
./run.sh dev                 the same cluster; verticles whose source changes are replaced while it runs
./run.sh test                everything that CI runs
./run.sh help                this text; ./run.sh help <command> says more about a command of the jar

Files and folders that are named on the command line, or by RONDO_CONF, RONDO_DATA and
RONDO_REDEPLOY_JAR_DIRECTORY, are those of the folder that it is called from. What is not named, data and
conf/node.json, is here beside run.sh.
RONDO_JAVA_OPTS holds options for java, which are split at blanks, instead of those that nodes are started with
(-Xms64m -Xmx512m -XX:+UseSerialGC; workers of a controller have supervisor.javaOptions); RONDO_LOG_LEVEL the level of
Rondo's own log (INFO).
TEXT
}

say() { printf '%s\n' "$*" >&2; }

java_program() { if [ -n "${JAVA_HOME:-}" ]; then echo "$JAVA_HOME/bin/java"; else echo java; fi; }

# The major version of the java in use, 0 without one.
java_version() {
  local version
  version=$("$(java_program)" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1) || true
  echo "${version:-0}"
}

release=$(java_version)

# From 24 on java warns of how libraries use memory; older ones do not know this option.
quiet=()
[ "$release" -lt 24 ] || quiet=(--sun-misc-unsafe-memory-access=allow)

has_jdk() {
  [ "$release" -ge 17 ] || return 1
  if [ -n "${JAVA_HOME:-}" ]; then [ -x "$JAVA_HOME/bin/javac" ]; else command -v javac >/dev/null; fi
}

# Debian packages that are missing for: running the jar, building it, or testing it.
missing_for() {
  [ "$release" -ge 17 ] || echo openjdk-17-jdk-headless
  [ "$1" != run ] || return 0
  [ "$release" -lt 17 ] || has_jdk || echo openjdk-17-jdk-headless
  command -v mvn >/dev/null || echo maven
  [ "$1" = test ] || return 0
  [ -e /usr/share/dict/words ] || echo wamerican
  command -v node >/dev/null || echo nodejs
  command -v npm >/dev/null || echo npm
  [ -x "${RONDO_CHROMIUM:-/usr/bin/chromium}" ] || echo chromium
}

# Stops with advice when something is missing.
need() {
  local missing
  missing=$(missing_for "$1" | xargs)
  [ -z "$missing" ] || {
    say "Missing: $missing (Java 17 or later; found ${JAVA_HOME:+in JAVA_HOME }version $release)."
    say "On Debian or Ubuntu: sudo apt-get install -y $missing"
    exit 1
  }
}

# Like need, but installs what is missing when it may.
need_or_install() {
  local missing
  missing=$(missing_for "$1" | xargs)
  if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "Installing $missing"
    # shellcheck disable=SC2086
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing; } </dev/null >&2
    release=$(java_version)
  fi
  need "$1"
}

jar_is_fresh() {
  local inputs=(pom.xml) path
  for path in src/main proto webroot; do [ ! -e "$path" ] || inputs+=("$path"); done
  [ -f "$jar" ] && [ -z "$(find "${inputs[@]}" -name node_modules -prune -o -newer "$jar" -print -quit)" ]
}

# One build at a time in this folder, until unlock or the end of this process.
lock() {
  command -v flock >/dev/null || return 0
  exec 9<run.sh
  flock -n 9 || { say "Waiting for another build in this folder ..."; flock 9; }
}

unlock() { exec 9<&-; }

build() {
  if jar_is_fresh; then
    need run
    return
  fi
  need build
  lock
  compile
  unlock
}

compile() {
  ! jar_is_fresh || return 0 # somebody else has built it meanwhile
  say "Building $jar (the first time takes a few minutes) ..."
  mvn -B -q -ntp -DskipTests -Dcyclonedx.skip=true -Dmaven.compiler.failOnWarning=false package </dev/null >&2
  say "Built $jar"
}

# The build calls this: keeps the classes of a worker in the form that java holds in memory. With it,
# nodes start in half the processor time. Its name says when the jar was made, which java insists on, and ends
# with its size, so that one that was cut short is not used.
archive_classes() {
  local draft=target/classes.new
  rm -f target/rondo-*.jsa "$draft"
  if "$(java_program)" -Xmx256m -XX:+UseSerialGC -XX:ArchiveClassesAtExit="$draft" \
    -jar "$jar" rehearse target/rehearsal </dev/null >target/rehearsal.log 2>&1 && [ -s "$draft" ]; then
    mv "$draft" "$(archive_name "$draft")"
  else
    say "No archive of classes (target/rehearsal.log says why); nodes start more slowly."
  fi
}

archive_name() { echo "target/rondo-$(date -r "$jar" +%s)-$(wc -c <"$1" | tr -d ' ').jsa"; }

# Runs the jar in a folder, with that archive.
run_jar() {
  local folder=$1 program archive options=(${quiet[@]+"${quiet[@]}"})
  program=$(java_program)
  for archive in target/rondo-*.jsa; do
    [ -f "$archive" ] || continue
    [ "$archive" != "$(archive_name "$archive")" ] || options+=("-Xlog:cds*=off" "-XX:SharedArchiveFile=$PWD/$archive")
  done
  cd "$folder"
  # Elsewhere java reads every character that is not ASCII as the same one.
  case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in *[Uu][Tt][Ff]*) ;; *) export LC_ALL=C.UTF-8 ;; esac
  # shellcheck disable=SC2086
  exec "$program" ${options[@]+"${options[@]}"} ${RONDO_JAVA_OPTS:-} -jar "$jar" "${@:2}"
}

# Runs a command of the jar, also of one that is older than the source: a cluster that runs is looked at while
# the source is edited.
run_command() {
  if [ -f "$jar" ]; then need run; else build; fi
  run_jar "$caller" "$@"
}

# A path as the caller means it.
of_caller() { case "$1" in "" | /*) printf '%s' "$1" ;; *) printf '%s' "$caller/$1" ;; esac; }

# Puts the arguments of a node into the array settings. A node runs in this folder, where its data is unless
# somebody says otherwise; what the caller names is found from there too.
find_settings() {
  settings=()
  while [ $# -gt 0 ]; do
    case "$1" in
      --conf | --data | --redeploy.jarDirectory)
        settings+=("$1")
        [ $# = 1 ] || { settings+=("$(of_caller "$2")"); shift; }
        ;;
      --set=data=* | --set=redeploy.jarDirectory=*) settings+=("--set=$(setting_of_caller "${1#--set=}")") ;;
      --set)
        settings+=("$1")
        case "${2:-}" in
          data=* | redeploy.jarDirectory=*) settings+=("$(setting_of_caller "$2")"); shift ;;
        esac
        ;;
      --conf=* | --data=* | --redeploy.jarDirectory=*) settings+=("${1%%=*}=$(of_caller "${1#*=}")") ;;
      *) settings+=("$1") ;;
    esac
    shift
  done
  [ -z "${RONDO_CONF:-}" ] || export RONDO_CONF="$(of_caller "$RONDO_CONF")"
  [ -z "${RONDO_DATA:-}" ] || export RONDO_DATA="$(of_caller "$RONDO_DATA")"
  [ -z "${RONDO_REDEPLOY_JAR_DIRECTORY:-}" ] ||
    export RONDO_REDEPLOY_JAR_DIRECTORY="$(of_caller "$RONDO_REDEPLOY_JAR_DIRECTORY")"
}

# The same of NAME=VALUE.
setting_of_caller() { echo "${1%%=*}=$(of_caller "${1#*=}")"; }

# Left to itself java takes a quarter of the machine for a node that needs a few megabytes.
limit_memory() { RONDO_JAVA_OPTS=${RONDO_JAVA_OPTS--Xms64m -Xmx512m -XX:+UseSerialGC}; }

start_node() {
  build
  limit_memory
  find_settings "$@"
  run_jar "$PWD" "${settings[@]}"
}

# The verticle that a source file belongs to; nothing for what they share.
verticle_of() {
  case "${1#src/main/java/dev/rondo/}" in
    api/* | router/* | replication/* | heartbeat/* | persistence/*) cut -d/ -f6 <<<"$1" ;;
    controller/web/* | controller/gateway/*) echo web ;;
    controller/journal/*) ;;
    controller/*) echo registry ;;
  esac
}

# The folders of its sources.
packages_of() {
  case "$1" in
    web) echo controller/web controller/gateway ;;
    registry) echo controller ;;
    *) echo "$1" ;;
  esac
}

# Compiles the packages of a verticle against the jar that runs, and has its nodes take them over: the
# controller or every worker.
redeploy() {
  local name=$1 number=$2 work=target/dev/$1-$2 package sources=() where=()
  for package in $(packages_of "$name"); do sources+=(src/main/java/dev/rondo/"$package"/*.java); done
  case "$name" in web | registry) where=(--node) ;; esac
  [ "$name" != registry ] || say "The registry is replaced; what the supervisor does needs a new start."
  mkdir -p "$work"
  if ! "$(java_program)c" -proc:none -nowarn -parameters -cp "$dev_jar" -d "$work" "${sources[@]}" >&2; then
    say "$name does not compile; what runs stays."
    return
  fi
  (cd "$work" && "${jar_tool:?}" cfm "../$name-$number.jar" ../META-INF/MANIFEST.MF dev)
  "$(java_program)" -jar "$dev_jar" redeploy "$name" ${where[@]+"${where[@]}"} --jar "$name-$number.jar" >&2 || true
}

# Runs the cluster from a copy of the jar, and replaces verticles whose source has changed since.
develop() {
  local stamp=target/dev/stamp number=0 changed file name names
  has_jdk || { say "Needed: a JDK 17 or later."; exit 1; }
  build
  limit_memory
  find_settings "$@"
  rm -rf target/dev && mkdir -p target/dev
  dev_jar=$PWD/target/dev/rondo.jar
  jar_tool=${JAVA_HOME:+$JAVA_HOME/bin/}jar
  cp "$jar" "$dev_jar"
  (cd target/dev && "$jar_tool" xf rondo.jar META-INF/MANIFEST.MF)
  touch "$stamp"
  # shellcheck disable=SC2086
  "$(java_program)" ${quiet[@]+"${quiet[@]}"} $RONDO_JAVA_OPTS -jar "$dev_jar" --conf conf/node.json --redeploy.jarDirectory "$PWD/target/dev" ${settings[@]+"${settings[@]}"} &
  local cluster=$!
  trap 'trap - INT TERM; kill "$cluster" 2>/dev/null; wait "$cluster"; exit 0' INT TERM
  while kill -0 "$cluster" 2>/dev/null; do
    sleep 0.5
    changed=$(find src/main/java -name '*.java' -newer "$stamp")
    [ -n "$changed" ] || continue
    touch "$stamp"
    names=""
    for file in $changed; do
      name=$(verticle_of "$file")
      if [ -n "$name" ]; then names="$names $name"; else say "$file belongs to no verticle that can be replaced: start again to see it."; fi
    done
    number=$((number + 1))
    for name in $(tr ' ' '\n' <<<"$names" | sort -u); do redeploy "$name" "$number"; done
  done
  wait "$cluster"
}

case "${1:-}" in
  help | -h | --help)
    [ $# = 1 ] || run_command "$@"
    usage
    ;;
  archive-classes)
    archive_classes
    ;;
  dev)
    develop "${@:2}"
    ;;
  test)
    need_or_install test
    lock
    # Beside the compiler; who asks for some tests by name gets no others.
    [ $# -gt 1 ] || sh webroot/maven.sh begin-test
    exec mvn -B -ntp verify "${@:2}" </dev/null
    ;;
  "")
    start_node --conf "${RONDO_CONF:-$PWD/conf/node.json}"
    ;;
  -* | node)
    start_node "$@"
    ;;
  *)
    run_command "$@"
    ;;
esac
