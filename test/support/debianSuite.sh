# For the scripts that prepare a machine; sourced, not run. Packages of another Debian suite than the one that is installed, beside
# the system: their lists, their cache and their files stay in the folder that is given. The mirror and the signing key are those
# that apt already uses. The caller says what goes wrong by a function `fail`.

# Unpacks the newest of some packages of a suite, without what they depend on.   usage: unpack_suite SUITE FOLDER PACKAGE…
unpack_suite() {
  local suite=$1 folder=$2
  shift 2
  local work="$folder.apt"
  rm -rf "$work" "$folder"
  mkdir -p "$work/sources" "$work/lists/partial" "$work/archives/partial" "$work/files"
  write_sources "$suite" >"$work/sources/suite.list"

  local apt=(-qq -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$work/sources" -o "Dir::State::lists=$work/lists"
    -o "Dir::Cache::archives=$work/archives" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=
    -o APT::Sandbox::User=root)
  apt-get "${apt[@]}" update || fail "the mirror of this machine does not serve the Debian suite $suite."
  (cd "$work" && apt-get "${apt[@]}" download "$@")

  local package
  for package in "$work"/*.deb; do dpkg -x "$package" "$work/files"; done
  mv "$work/files" "$folder"
  rm -rf "$work"
}

# One line of apt sources for the suite.
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
