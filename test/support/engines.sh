#!/usr/bin/env bash
# Makes real Docker Engines available to the live tests: docker.io of the system (20.10 on Debian 12) and newer
# releases from Debian suites, unpacked into .engines/SUITE/ of this project. Run it as root; run it as often as you like.
#
# The newer packages never touch the system (debianSuite.sh), and only the `runc` of the system is used with them, because theirs
# needs a newer C library.
#
# To add an engine, add its suite here and a row to GENERATIONS in test/support/engine.ts.
set -euo pipefail

SUITES=(forky)

say() { printf 'engines.sh: %s\n' "$*"; }
fail() { say "$*" >&2; exit 1; }

[ "$(id -u)" = 0 ] || fail 'needs root: it installs packages, and dockerd runs as root. Run `sudo test/support/engines.sh`.'
command -v apt-get >/dev/null || fail 'needs apt-get: the engines come as Debian packages. Run it on Debian 12 or in a Debian 12 container with --privileged.'

engines="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/.engines"
export DEBIAN_FRONTEND=noninteractive
. "$(dirname "${BASH_SOURCE[0]}")/debianSuite.sh"

install_missing() {
  local missing=()
  command -v dockerd >/dev/null || missing+=(docker.io)
  command -v iptables >/dev/null || missing+=(iptables)
  command -v ip >/dev/null || missing+=(iproute2)
  # Where services are started at once, this would open the machine to the network, so there the tests with a real sshd are left out.
  [ -x /usr/sbin/sshd ] || [ -d /run/systemd/system ] || missing+=(openssh-server)
  command -v ssh >/dev/null || missing+=(openssh-client)
  busybox_is_static || missing+=(busybox-static)
  if [ ${#missing[@]} = 0 ]; then return; fi
  say "installing ${missing[*]}"
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

busybox_is_static() {
  local busybox
  busybox=$(command -v busybox) || return 1
  ! ldd "$busybox" >/dev/null 2>&1
}

# The newest docker.io of a suite, with its containerd, unpacked into .engines/SUITE/.
fetch_suite() {
  local suite=$1 folder="$engines/$1"
  if [ -x "$folder/usr/sbin/dockerd" ] && [ -x "$folder/usr/bin/containerd" ]; then return; fi
  say "fetching docker.io and containerd of $suite"

  unpack_suite "$suite" "$folder" docker.io containerd
}

install_missing
for suite in "${SUITES[@]}"; do
  fetch_suite "$suite"
  say "$suite: $(PATH="$engines/$suite/usr/sbin:$engines/$suite/usr/bin:$PATH" dockerd --version)"
done
say "system: $(dockerd --version)"
