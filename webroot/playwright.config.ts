import { defineConfig } from '@playwright/test'

/** Debian's Chromium; nothing is downloaded. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: '../target/e2e',
  workers: 1,
  projects: [
    { name: 'mock', testIgnore: 'real/**', timeout: 60_000 },
    // Processes of target/rondo.jar.
    { name: 'real', testMatch: 'real/*.spec.ts', timeout: 90_000, expect: { timeout: 10_000 } },
  ],
  // A busy machine can hold a browser up for longer than any test waits.
  retries: 2,
  forbidOnly: true,
  reporter: [['list']],
  use: {
    viewport: { width: 1600, height: 1000 },
    reducedMotion: 'no-preference',
    launchOptions: {
      executablePath: process.env.RONDO_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
