import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.ts';

/**
 * The rooms that depend most on their runtime once more inside Electron's own Node: another OpenSSL, another ICU, an older
 * Node-API. Started with ELECTRON_RUN_AS_NODE=1.
 */
export default mergeConfig(
  { ...base, test: { ...base.test, include: [] } },
  defineConfig({
    test: { include: ['test/store/**/*.test.ts', 'test/unit/{asn1,shared,signature,store,pdf,token,registration}/**/*.test.ts'] },
  }),
);
