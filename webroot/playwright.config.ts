import { defineConfig } from '@playwright/test'

/** Debian's Chromium; nothing is downloaded. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: '../target/e2e',
  // One browser for each project: while one waits for a process or a tick, the other works.
  workers: 2,
  projects: [
    // Processes of target/rondo.jar: one cluster for all tests.
    {
      name: 'real',
      testMatch: 'real/*.spec.ts',
      workers: 1,
      timeout: 90_000,
      expect: { timeout: 10_000 },
    },
    // A cluster in memory, for states that processes do not get into when they are asked to.
    {
      name: 'mock',
      testIgnore: 'real/**',
      workers: 1,
      timeout: 60_000,
      expect: { timeout: 10_000 },
    },
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
