#!/usr/bin/env bash
# Makes .venv hold Python 3.10 and exactly what requirements.lock says, and nothing else. Does nothing when it already does.
# Needs bash, git (for hashes) and either uv or any python3 with pip or venv. See docs/decisions/0001-set-up.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

stamp=.venv/setup.stamp      # what .venv was made from
unfinished=.venv/unfinished  # there while packages are written: a .venv that was interrupted is made anew
wanted="$(git hash-object requirements.lock pyproject.toml .python-version setup.sh)"

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$*"; exit 2; }
# The browser of tests/browser; `./setup.sh browser` installs or names it.
has_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null
is_done() { [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && .venv/bin/python -c '' 2>/dev/null; }
pythons() { printf '%s\n' "$@" "${PYENV_ROOT:-${HOME:-/nowhere}/.pyenv}"/versions/*/bin/python3; }

# Debian packages, where a fresh machine may lack them: CI installs them, anybody else is told their names.
# debian NAMES WHY [OPTION OF apt-get install]
debian() {
    if [ -n "${CI:-}" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "installing from Debian: $1"
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq ${3:-} $1 >/dev/null
    else
        fail "$2: install from Debian $1 (apt-get install $1) and type the command again"
    fi
}

if [ "${1:-}" = browser ]; then
    has_browser || debian chromium "tests/browser need Chromium or Google Chrome on PATH, and there is none"
    exit 0
fi
if [ "${1:-}" = mail ]; then
    PATH="$PATH:/usr/sbin:/usr/local/sbin" command -v dovecot >/dev/null || debian dovecot-imapd "tests/support/mail need Dovecot (dovecot-imapd) on PATH, and there is none"
    exit 0
fi
# The servers that tests start for themselves, by a program of each.
if [ "${1:-}" = servers ]; then
    PATH="$PATH:/usr/sbin:$(echo /usr/lib/postgresql/*/bin | tr ' ' ':')"
    command -v initdb >/dev/null || debian postgresql "some tests run on PostgreSQL (initdb, pg_ctl), and there is none"
    command -v nginx >/dev/null || debian nginx-light "deploy/nginx.conf is tried with nginx, and there is none"
    command -v redis-server >/dev/null || debian redis-server "some tests run on Redis (redis-server), and there is none"
    command -v rabbitmq-server >/dev/null || debian rabbitmq-server "some tests run on RabbitMQ (rabbitmq-server), and there is none"
    swift="swift-proxy-server swift-account-server swift-container-server swift-object-server"
    [ "$(command -v $swift | wc -l)" = 4 ] ||
        debian "swift-proxy swift-account swift-container swift-object" \
            "some tests keep photos in OpenStack Swift ($swift), and there is none" --no-install-recommends
    exit 0
fi
if is_done; then exit 0; fi
began=$SECONDS
export UV_HTTP_TIMEOUT="${UV_HTTP_TIMEOUT:-180}" PIP_ROOT_USER_ACTION=ignore
mkdir -p .tools
if command -v flock >/dev/null; then  # two commands typed at once: the second waits for the first
    exec 9>.tools/lock
    flock -n 9 || { say "waiting for another set-up of this folder"; flock 9; }
    if is_done; then exit 0; fi
fi

# uv, if one really runs: a pyenv shim can stand on PATH and lead nowhere.
find_uv() {
    for uv in .tools/bin/uv .tools/venv/bin/uv uv "${HOME:-/nowhere}"/.local/bin/uv "${HOME:-/nowhere}"/.cargo/bin/uv; do
        if "$uv" --version >/dev/null 2>&1; then return 0; fi
    done
    return 1
}

# The uv of requirements.lock, by its hashes, into .tools; with pip where there is one, else through a virtual environment.
install_uv() {
    awk '/^uv==/ {found=1} found {print} found && !/\\$/ {exit}' requirements.lock > .tools/uv.lock
    local options=(-qq --disable-pip-version-check --no-warn-script-location --require-hashes --no-deps -r .tools/uv.lock)
    local python
    while read -r python; do
        if "$python" -m pip --version >/dev/null 2>&1; then
            say "installing uv into .tools with $python"
            "$python" -m pip install "${options[@]}" --upgrade --target .tools && find_uv && return 0
        elif "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
            say "installing uv into .tools/venv with $python"
            "$python" -m venv .tools/venv && .tools/venv/bin/python -m pip install "${options[@]}" && find_uv && return 0
        fi
    done < <(pythons python3 /usr/bin/python3)
    return 1
}

# A Python 3.10 that really runs and has what we need; pyenv's own folder is looked at, not its shims.
find_python() {
    local python
    while read -r python; do
        if "$python" -c 'import sys, ctypes, sqlite3, ssl; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1; then
            "$python" -c 'import sys; print(sys.executable)'
            return 0
        fi
    done < <(pythons python3.10 /usr/bin/python3.10 /usr/local/bin/python3.10 /opt/homebrew/bin/python3.10)
    return 1
}

if ! find_uv && ! install_uv; then
    debian python3-pip "uv is not on PATH and could not be installed (no python3 with pip or venv, or no package index reached)"
    install_uv || fail "uv could not be installed: see above"
fi
say "uses $("$uv" --version | cut -d' ' -f1-2)"

if [ -e "$unfinished" ] || ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null; then
    if ! python="$(find_python)"; then
        say "no Python 3.10 here: fetching one with uv"
        "$uv" python install --quiet 3.10 && python=3.10 ||
            fail "Python 3.10 is not here and could not be fetched: install it (pyenv install 3.10) and type the command again"
    fi
    say "making .venv with Python 3.10 ($python)"
    rm -rf .venv
    "$uv" venv --quiet --no-project --python "$python" .venv
fi

say "installing $(grep -c '^[a-z]' requirements.lock) packages of requirements.lock (minutes the first time)"
touch "$unfinished"
rm -f "$stamp"
"$uv" pip sync --quiet --require-hashes --compile-bytecode --python .venv/bin/python requirements.lock ||
    fail "the packages could not be installed: see above; typing the command again goes on"

# The project itself: its folder on Python's path, relative so that the folder can be moved, and the `support` command.
echo ../../../.. > "$(echo .venv/lib/python3.*/site-packages)/soocas-support.pth"
cat > .venv/bin/support <<'SUPPORT'
#!/bin/sh
exec "$(dirname "$0")/python" -c 'import sys; del sys.path[0]; from support.cli import main; sys.exit(main())' "$@"
SUPPORT
chmod +x .venv/bin/support
rm -f "$unfinished"
printf '%s' "$wanted" > "$stamp"
say "ready in $((SECONDS - began)) s"
