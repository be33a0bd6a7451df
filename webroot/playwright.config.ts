import { defineConfig } from '@playwright/test'

/** Tests in e2e/real run against the cluster that this names, and only then. */
const real = process.env.RONDO_URL

/** Debian's Chromium; nothing is downloaded. */
export default defineConfig({
  testDir: 'e2e',
  testIgnore: real ? [] : ['real/**'],
  testMatch: real ? ['real/*.spec.ts'] : ['*.spec.ts'],
  outputDir: '../target/e2e',
  workers: 1,
  timeout: 30_000,
  retries: 0,
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
