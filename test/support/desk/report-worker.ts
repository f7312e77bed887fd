/**
 * A desk as a process of its own that makes the reports of a month and is killed in the middle: after it has kept so many files and before the next
 * step. Arguments: profile folder, the instant of its clock, how many files.
 */
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { makeScheduledReports, openDesk } from '../../../main/core/index.ts';
import { openDataKey } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';

const [profileDir, now, files] = [process.argv[2]!, process.argv[3]!, Number(process.argv[4])];
const key = openDataKey(profileDir, { kind: 'open' });
if (!key.ok) throw new Error(key.error.code);
const opened = await openDesk(
  { profileDir, dataKey: key.value, resourcesDir: path.resolve('resources'), registryUrl: null, newId, clock: () => now },
  { tokenHost: createTokenHost(() => Promise.resolve(null)) },
);
if (!opened.ok) throw new Error(opened.error.code);
let kept = 0;
const { blobs } = opened.value;
const desk = {
  ...opened.value,
  blobs: {
    ...blobs,
    putBytes: async (bytes: Uint8Array) => {
      const stored = await blobs.putBytes(bytes);
      if (++kept === files) process.kill(process.pid, 'SIGKILL');
      return stored;
    },
  },
};
await makeScheduledReports(desk);
process.exit(0);
