#!/bin/sh
# What Maven asks of the dashboard: build <skip>, end-test, e2e; and the start script: begin-test.
set -eu
cd "$(dirname "$0")"
target=../target
begun=$target/dashboard-tests

say() { printf '%s\n' "$*"; }

has_npm() { command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1; }

need_npm() {
  has_npm || {
    say "The dashboard's tests need Node.js 20 or later and npm: sudo apt-get install -y nodejs npm"
    exit 1
  }
}

# A hash of what is read from standard input.
hash_of() { cksum | tr -d ' \t'; }

is_marked() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

# The packages of the lock file, unless they are there already.
install_packages() {
  lock=$(cat package-lock.json .npmrc | hash_of)
  is_marked node_modules/.installed "$lock" && return
  say "Installing the dashboard's packages"
  npm ci --no-audit --no-fund --loglevel=error
  printf '%s' "$lock" >node_modules/.installed
}

# What a build depends on.
sources() { find src public ./*.ts ./*.json index.html -type f | LC_ALL=C sort | xargs cat | hash_of; }

build() {
  install_packages
  state=$(sources)
  is_marked $target/webroot.built "$state" && [ -f $target/webroot/index.html ] && return
  rm -f $target/webroot.built
  node_modules/.bin/vite build --logLevel warn
  printf '%s' "$state" >$target/webroot.built
}

# Puts the built pages where the jar is made from; without Node.js the jar has none.
into_jar() {
  rm -rf $target/classes/webroot
  [ "$1" != true ] || return 0
  has_npm || {
    say "No Node.js with npm here: the jar is built without the dashboard."
    return 0
  }
  build
  mkdir -p $target/classes
  cp -R $target/webroot $target/classes/webroot
}

run_tests() {
  need_npm
  install_packages
  npm run --silent check
  npm run --silent test
}

# Starts the tests beside the compiler, which leaves half a processor to them.
begin_tests() {
  has_npm || return 0
  rm -rf $begun && mkdir -p $begun
  {
    outcome=passed
    sh maven.sh test || outcome=failed
    echo $outcome >$begun/outcome
  } >$begun/log 2>&1 </dev/null &
  echo $! >$begun/pid
}

# Waits for the tests that were begun and shows what they said, or does them now.
end_tests() {
  if [ ! -f $begun/pid ]; then
    run_tests
    return
  fi
  while [ ! -f $begun/outcome ] && kill -0 "$(cat $begun/pid)" 2>/dev/null; do sleep 0.2; done
  outcome=$(cat $begun/outcome 2>/dev/null || echo "did not end")
  cat $begun/log
  rm -rf $begun
  [ "$outcome" = passed ] || { say "The dashboard's tests: $outcome"; exit 1; }
}

run_e2e() {
  need_npm
  chromium=${RONDO_CHROMIUM:-/usr/bin/chromium}
  [ -x "$chromium" ] || {
    say "The dashboard's browser tests need Chromium: sudo apt-get install -y chromium"
    say "(or name one: RONDO_CHROMIUM=/path/to/chromium)"
    exit 1
  }
  build
  npm run --silent e2e
}

case "$1" in
  build) into_jar "${2:-false}" ;;
  begin-test) begin_tests ;;
  test) run_tests ;;
  end-test) end_tests ;;
  e2e) run_e2e ;;
esac
