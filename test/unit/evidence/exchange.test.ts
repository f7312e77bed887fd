import { expect, it } from 'vitest';
import { exchange } from '../../../main/evidence/exchange.ts';
import { startEvidenceServer } from '../../support/evidence-server.ts';

const server = await startEvidenceServer();
server.answer('/', Buffer.from('answer'));
const task = { accept: '*/*', maxBytes: 100, timeoutMs: 5_000, signal: new AbortController().signal };

it('a public name that leads to this machine is not followed, unless somebody named it', async () => {
  const url = new URL(`http://localhost:${server.port}/`);
  expect(await exchange({ ...task, url, mayBePrivate: false })).toEqual({ ok: false, outcome: 'private-address' });
  expect(server.asked).toHaveLength(0);
});

it('brings the bytes of one that may', async () => {
  const answer = await exchange({ ...task, url: new URL(server.url('/')), mayBePrivate: true });
  expect(answer).toEqual({ ok: true, bytes: Buffer.from('answer') });
});

it('keeps to the limit of size to the octet', async () => {
  const url = new URL(server.url('/'));
  expect((await exchange({ ...task, url, mayBePrivate: true, maxBytes: 6 })).ok).toBe(true);
  expect(await exchange({ ...task, url, mayBePrivate: true, maxBytes: 5 })).toEqual({ ok: false, outcome: 'too-large' });
});
