import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** Everything but the window, under Node. */
export default defineConfig({
  test: {
    include: ['test/{unit,store,contract,property,fault,security}/**/*.test.{ts,tsx}'],
    pool: 'forks',
    execArgv: ['--require', path.resolve('test/support/wake-thread-pool.cjs')],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // what is waited for comes late on a busy machine
    expect: { poll: { timeout: 20_000 } },
    // the processes that tests start, and kill by the hundred, need not compile the program anew each time
    env: { NODE_COMPILE_CACHE: path.resolve('node_modules/.cache/compiled') },
    restoreMocks: true,
    unstubEnvs: true,
  },
});
