#!/bin/bash
# Prepares a Debian 12 machine for the tests in real editors: Chromium, neovim, Emacs, Helix, and VS Code as a server, the
# last two under `.vscode-e2e/` at the root of the repository. Running it again changes nothing and takes under a second.
#
# usage: test/e2e/setup.sh          about a minute and a half the first time
#        CODE_SERVER_VERSION=…      another code-server than the one the tests were written against
#        CODE_SERVER_DIR=…          another folder than `.vscode-e2e/`
#
# Why not plain `npm install code-server`: its install scripts refuse root, then compile parts that nothing here uses,
# then fetch a binary from outside npm. This installs without scripts and builds the three small addons that matter.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
version=${CODE_SERVER_VERSION:-4.100.3}
dir=${CODE_SERVER_DIR:-$root/.vscode-e2e}

say() { printf 'e2e setup: %s\n' "$*"; }
fail() { printf 'e2e setup: %s\n' "$*" >&2; exit 1; }
helix_version() { "$helix"/usr/lib64/ld-linux-x86-64.so.2 --library-path "$helix/usr/lib/x86_64-linux-gnu" "$helix/usr/lib/hx/hx" --version | cut -d' ' -f1,2; }
# Node's npm warns about settings it will stop reading; the noise would hide real trouble.
quiet_npm() { npm "$@" --no-audit --no-fund --loglevel=error; }

# --- Debian packages --------------------------------------------------------------------------------------------------

missing=()
need() { command -v "$1" >/dev/null || missing+=("$2"); }
need chromium chromium
need nvim neovim
need emacs emacs-nox
[ -e /usr/share/doc/elpa-eglot ] || missing+=(elpa-eglot)
[ -e /usr/share/doc/elpa-yaml-mode ] || missing+=(elpa-yaml-mode)
need tmux tmux                                                               # the terminal that Helix is in
need rg ripgrep
need g++ g++
need make make
need python3 python3
need pngquant pngquant                                                     # pictures of the documentation
[ -e /usr/share/doc/fonts-dejavu-core ] || missing+=(fonts-dejavu-core)      # text in screenshots

if [ ${#missing[@]} -gt 0 ]; then
  [ "$(id -u)" = 0 ] || fail "${missing[*]}: not installed, and only root can install them. Run \`sudo $0\`."
  command -v apt-get >/dev/null || fail "${missing[*]}: not installed, and this machine has no apt-get. Install them by hand, then run this again."
  say "installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  install_missing() { apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; }
  # A fresh machine has no package lists, or old ones; update only then, since it costs more than the check.
  install_missing 2>/dev/null || { apt-get update -qq && install_missing; } ||
    fail "apt-get could not install ${missing[*]}. Its own message is above."
fi

# --- Helix ------------------------------------------------------------------------------------------------------------

# Debian 12 has no Helix. That of a later suite runs on a C library of its own, so the newer one comes with it.
helix=$dir/helix
if [ ! -x "$helix/usr/lib/hx/hx" ]; then
  say "unpacking Helix in $helix"
  . "$root/test/support/debianSuite.sh"
  mkdir -p "$dir"
  unpack_suite forky "$helix" hx libc6 libgcc-s1
fi

# --- VS Code as a server ----------------------------------------------------------------------------------------------

# The stamp is written last, so that an interrupted run is taken up again instead of being trusted.
stamp=$dir/.ready-$version
if [ ! -e "$stamp" ]; then
  [ "$(id -u)" = 0 ] || [ -w "$(dirname "$dir")" ] || fail "$(dirname "$dir") is not writable for $(id -un)."
  say "setting up code-server $version in $dir"
  mkdir -p "$dir"
  cd "$dir"
  rm -f .ready-*
  echo '{ "private": true }' >package.json
  # node-gyp would download the headers of Node; most packagings of Node ship them beside the binary.
  node_prefix=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
  if [ -e "$node_prefix/include/node/node_api.h" ]; then export npm_config_nodedir=$node_prefix; fi

  quiet_npm install "code-server@$version" --ignore-scripts
  # 4.100 has no prebuilt argon2; later versions have.
  [ -d node_modules/argon2/prebuilds ] || quiet_npm rebuild argon2

  cd node_modules/code-server/lib/vscode                                     # a second npm project inside the first
  quiet_npm install --omit=dev --ignore-scripts
  watchdog=native-watchdog
  [ -d node_modules/@vscode/native-watchdog ] && watchdog=@vscode/native-watchdog
  quiet_npm rebuild @vscode/spdlog "$watchdog"                               # output channels stay empty without spdlog
  if [ -d node_modules/@vscode/ripgrep ]; then                               # newer versions bring their own
    mkdir -p node_modules/@vscode/ripgrep/bin
    ln -sfn "$(command -v rg)" node_modules/@vscode/ripgrep/bin/rg
  fi
  : >"$stamp"
fi

say "ready: $(chromium --version 2>/dev/null | cut -d' ' -f1,2), $(nvim --version | head -1), $(helix_version), code-server $version"
