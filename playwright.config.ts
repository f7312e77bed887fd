import { defineConfig } from '@playwright/test';

/** The real Electron window. One at a time: the tests look at focus, and the machine may have two cores. */
export default defineConfig({
  testDir: 'test/e2e',
  timeout: 120_000,
  expect: { timeout: 45_000 },
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  reporter: [['list']],
  outputDir: 'test-results',
});
