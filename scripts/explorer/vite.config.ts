import { defineConfig } from "vite";

// The page goes into the Python package, which serves it; addresses are relative, so that it works from any folder.
export default defineConfig({
  base: "./",
  build: {
    outDir: "../geodigest/_explorer",
    emptyOutDir: true,
    target: "es2024",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    license: { fileName: "licenses.md" },
  },
});
