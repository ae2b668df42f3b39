#!/usr/bin/env bash
# Installs what the tests of completion, hooks and pages run against: shells, pre-commit, shellcheck, groff. Debian or Ubuntu, as root;
# running it again changes nothing.
set -euo pipefail
missing=()
need() { command -v "$1" >/dev/null || missing+=("$2"); }
need zsh zsh
need fish fish
need pre-commit pre-commit
need shellcheck shellcheck
need groff groff-base
[ ${#missing[@]} -eq 0 ] && exit 0
export DEBIAN_FRONTEND=noninteractive
install_missing() { apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; }
install_missing 2>/dev/null || { apt-get update -qq && install_missing; }
