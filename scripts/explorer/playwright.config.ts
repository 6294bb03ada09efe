import { defineConfig } from "@playwright/test";

/** Debian's Chromium, or another that is named. */
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Where the released data are served; by default by `geodigest explore`, which is started here. */
const baseURL = process.env.EXPLORER_URL ?? "http://127.0.0.1:8765/";

// Chromium started by root runs without its sandbox; what it opens here is this page alone.
const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

export default defineConfig({
  testDir: "tests",
  workers: 1,
  fullyParallel: false,
  timeout: 120_000, // of a machine that does much else
  expect: { timeout: 30_000 },
  forbidOnly: true,
  reporter: process.env.CI ? "dot" : "line",
  ...(process.env.EXPLORER_URL
    ? {}
    : {
        webServer: {
          command: "../../.venv/bin/python -m geodigest explore --no-browser --port 8765",
          url: baseURL,
          reuseExistingServer: true,
        },
      }),
  use: {
    baseURL,
    acceptDownloads: true,
    browserName: "chromium",
    locale: "en-GB",
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath,
      args: [
        ...asRoot,
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
