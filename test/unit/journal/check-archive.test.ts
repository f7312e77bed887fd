import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, X509Certificate, type KeyObject } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { anchorText } from '../../../shared/registry/index.ts';
import { archiveSignedText } from '../../../main/journal/archive-format.ts';
import { checkJournalArchive, exportJournal } from '../../../main/journal/index.ts';
import { openStore } from '../../../main/store/index.ts';
import { selfSigned } from '../../support/self-signed.ts';
import { tempDir } from '../../support/temp-dir.ts';

const NOW = '2026-11-20T06:00:00.000Z';

async function archived(commonName: string, head: { court: string; training: boolean }, anchorKey: KeyObject | null = null) {
  const dir = tempDir();
  const store = openStore(path.join(dir, 'kense.db'), new Uint8Array(32).fill(9));
  if (!store.ok) throw new Error(store.error.code);
  store.value.write((tx) => tx.journal({ at: NOW, actor: 'user', action: 'filing.viewed', subject: 'filing', details: {} }));
  const { hash } = store.value.read.get<{ hash: string }>('SELECT hash FROM journal WHERE seq = 1')!;
  const made = selfSigned(commonName);
  const certificate = new X509Certificate(made.cert).raw;
  const signText = (text: string) =>
    sign('sha256', Buffer.from(text), { key: createPrivateKey(made.key), dsaEncoding: 'ieee-p1363' }).toString('base64url');
  const anchorOf = (key: KeyObject) => {
    const said = { entries: 1, head: hash, anchoredAt: NOW };
    const signature = sign(null, Buffer.from(anchorText('w', said)), key).toString('base64url');
    return { ...said, signature, key: createPublicKey(key).export({ format: 'jwk' }).x! };
  };
  const file = path.join(dir, 'journal.gz');
  await exportJournal(
    {
      ...{ store: store.value, court: { code: head.court, nameKk: 'x', nameRu: 'x' }, workstation: 'w', training: head.training },
      ...{ clock: () => NOW, anchor: anchorKey && anchorOf(anchorKey), systemKey: { certificate, signText } },
    },
    { file, actor: 'head', period: {} },
  );
  store.value.close();
  return (registryKey: string | null = null) => checkJournalArchive(file, [certificate], registryKey);
}

it('a court’s key speaks for that court alone, and a key of training for training alone', async () => {
  const fault = async (name: string, court: string, training: boolean) => {
    const checked = await (await archived(name, { court, training }))();
    return checked.ok && [checked.value.valid, checked.value.reason];
  };
  expect(await fault('Kense 7599', '7599', false)).toEqual([true, null]);
  expect(await fault('Kense 7599', '7199', false)).toEqual([false, 'signer-of-another-court']);
  expect(await fault('Kense 7599', '9900', true)).toEqual([false, 'signer-of-another-court']);
  expect(await fault('Оқу жүйесі', '9900', true)).toEqual([true, null]);
  expect(await fault('Оқу жүйесі', '7599', false)).toEqual([false, 'signer-of-another-court']);
});

it('the word of a registry counts by the key that the checker names', async () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const check = await archived('Kense 7599', { court: '7599', training: false }, privateKey);
  const unpinned = await check();
  if (!unpinned.ok) throw new Error(unpinned.error.code);
  const { keySha256 } = unpinned.value.anchored!;
  expect(await check(keySha256)).toEqual(unpinned);
  expect(await check('0'.repeat(64))).toMatchObject({ value: { valid: false, reason: 'anchor-differs', anchored: null } });
});

it('contents that no entry of the archive has wiped make it invalid, also when the court’s own key has signed it', async () => {
  const dir = tempDir();
  const store = openStore(path.join(dir, 'kense.db'), new Uint8Array(32).fill(9));
  if (!store.ok) throw new Error(store.error.code);
  for (let n = 1; n <= 6; n++)
    store.value.write((tx) => tx.journal({ at: NOW, actor: `user${n}`, action: 'filing.assigned', subject: `filing${n}`, details: {} }));
  const made = selfSigned('desk.example');
  const certificate = new X509Certificate(made.cert).raw;
  const signText = (text: string) =>
    sign('sha256', Buffer.from(text), { key: createPrivateKey(made.key), dsaEncoding: 'ieee-p1363' }).toString('base64url');
  const court = { code: '9900', nameKk: 'x', nameRu: 'x' };
  const file = path.join(dir, 'journal.gz');
  await exportJournal(
    {
      ...{ store: store.value, court, workstation: 'w', training: true, clock: () => NOW, anchor: null },
      systemKey: { certificate, signText },
    },
    { file, actor: 'head', period: {} },
  );
  store.value.close();
  expect(await checkJournalArchive(file, [certificate])).toMatchObject({ ok: true, value: { valid: true, wiped: 0, unproven: 0 } });

  const lines = gunzipSync(fs.readFileSync(file)).toString('utf8').trimEnd().split('\n');
  const wipedBy = (place: number) => {
    const before = lines.slice(0, -1).map((line) => {
      const entry = JSON.parse(line) as Record<string, unknown>;
      return `${JSON.stringify(entry['seq'] === 5 ? { ...entry, actor: null, subject: null, details: '{}', wipedBy: place } : entry)}\n`;
    });
    const sha256 = createHash('sha256').update(before.join('')).digest('hex');
    const end = { ...(JSON.parse(lines.at(-1)!) as object), sha256, signature: signText(archiveSignedText(sha256)) };
    fs.writeFileSync(file, gzipSync(`${before.join('')}${JSON.stringify(end)}\n`));
    return checkJournalArchive(file, [certificate]);
  };
  expect(await wipedBy(6)).toMatchObject({ value: { valid: false, reason: 'chain-broken', brokenAt: 5 } });
  // what tells of it may stand in a newer archive: that is said, not believed
  expect(await wipedBy(99)).toMatchObject({ value: { valid: true, wiped: 1, unproven: 1 } });
});
