#!/usr/bin/env bash
# Makes real Docker Engines available to the live tests: docker.io of the system (20.10 on Debian 12) and newer
# releases from Debian suites, unpacked into .engines/SUITE/ of this project. Run it as root; run it as often as you like.
#
# The newer packages never touch the system: their lists, their cache and their files stay in .engines/, and only the
# `runc` of the system is used with them, because theirs needs a newer C library. The mirror is the one that apt already uses.
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

  local work="$engines/.$suite.apt"
  rm -rf "$work" "$folder"
  mkdir -p "$work/sources" "$work/lists/partial" "$work/archives/partial" "$work/files"
  write_sources "$suite" >"$work/sources/suite.list"

  local apt=(-qq -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$work/sources" -o "Dir::State::lists=$work/lists"
    -o "Dir::Cache::archives=$work/archives" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=
    -o APT::Sandbox::User=root)
  apt-get "${apt[@]}" update || fail "the mirror of this machine does not serve the Debian suite $suite."
  (cd "$work" && apt-get "${apt[@]}" download docker.io containerd)

  local package
  for package in "$work"/*.deb; do dpkg -x "$package" "$work/files"; done
  mv "$work/files" "$folder"
  rm -rf "$work"
}

# One line of apt sources for the suite, with the mirror and the signing key that the system uses for its own release.
write_sources() {
  local suite=$1 codename mirror
  codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
  mirror=$(find_mirror "$codename")
  if [ -z "$mirror" ]; then
    apt-get update -qq
    mirror=$(find_mirror "$codename")
  fi
  [ -n "$mirror" ] || fail "found no apt source for $codename, so there is no mirror to ask for $suite."
  local keys=/usr/share/keyrings/debian-archive-keyring.gpg
  [ -r "$keys" ] || fail "needs $keys to check the packages. Install debian-archive-keyring."
  printf 'deb [signed-by=%s] %s %s main\n' "$keys" "$mirror" "$suite"
}

find_mirror() {
  apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 2>/dev/null |
    awk -v release="$1" '$1 == release && $2 == "main" { print $3; exit }'
}

install_missing
for suite in "${SUITES[@]}"; do
  fetch_suite "$suite"
  say "$suite: $(PATH="$engines/$suite/usr/sbin:$engines/$suite/usr/bin:$PATH" dockerd --version)"
done
say "system: $(dockerd --version)"
