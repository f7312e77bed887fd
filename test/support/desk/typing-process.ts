import { setTimeout as wait } from 'node:timers/promises';
import { keepDraft } from '../../../main/proceedings/index.ts';
import { openDataKey, openStore, profilePaths } from '../../../main/store/index.ts';

/** Types into a form of a desk, keeping every change as the window does, and tells which one was kept; ends only when it is killed. */
const [profileDir = '', user = '', filingId = ''] = process.argv.slice(2);
const key = openDataKey(profileDir, { kind: 'open' });
const opened = key.ok ? openStore(profilePaths(profileDir).database, key.value) : key;
if (!opened.ok) throw new Error(opened.error.code);
const store = opened.value;
for (let typed = 1; ; typed++) {
  const content = JSON.stringify({ base: 'sha', text: { version: 1, blocks: [{ type: 'paragraph', text: 'ә'.repeat(typed) }] } });
  store.write((tx) => keepDraft(tx, { user, filingId, form: 'text' }, content, new Date().toISOString()));
  process.send!(typed);
  await wait(0);
}
