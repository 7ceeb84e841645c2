// Builds ../support/widget/static/widget/widget.js, or the file named as the first argument. The same source gives the same bytes.

import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { minify } from "terser";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The languages as one list of keys and one text each: half the brackets, quotes and names. */
const strings = {
  name: "strings as tables",
  setup({ onLoad }) {
    onLoad({ filter: /strings.\w\w\.ts$/ }, async ({ path }) => {
      const { en } = await import(here("src/strings/en.ts"));
      const language = path.slice(-5, -3);
      const words = (await import(path))[language];
      const keys = language === "en" ? `export const keys = ${JSON.stringify(Object.keys(en).join("|"))}.split("|");
        export const table = (text) => Object.fromEntries(text.split("|").map((words, index) => [keys[index], words]));`
        : 'import { table } from "./en.ts";';
      return { contents: `${keys} export const ${language} = table(${JSON.stringify(Object.values(words).join("|"))});` };
    });
  },
};

const styles = {
  name: "styles as text",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true, charset: "utf8" });
      const tight = code.trim().replaceAll(", ", ",").replace(/(--[\w-]+:) /g, "$1"); // esbuild leaves custom properties alone
      return { contents: tight, loader: "text" };
    });
  },
};

const bundled = await build({
  entryPoints: [here("src/main.ts")],
  write: false,
  absWorkingDir: here("."),
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  plugins: [styles, strings],
  logLevel: "warning",
});

// terser looks across functions, where esbuild does not: another 300 bytes.
const compress = { passes: 3, ecma: 2020, toplevel: true, keep_fargs: false, pure_getters: true, unsafe_arrows: true };
const { code } = await minify(bundled.outputFiles[0].text, { ecma: 2020, compress, mangle: { toplevel: true } });
await writeFile(process.argv[2] ?? here("../support/widget/static/widget/widget.js"), code);
