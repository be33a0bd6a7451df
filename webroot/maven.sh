#!/bin/sh
# What Maven asks of the dashboard: build <skip>, test, e2e.
set -eu
cd "$(dirname "$0")"
target=../target

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
  test) run_tests ;;
  e2e) run_e2e ;;
esac
