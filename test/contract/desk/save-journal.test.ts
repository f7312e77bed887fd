import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it, vi } from 'vitest';
import { openCore, pull } from '../../../main/core/index.ts';
import { oversightChannels } from '../../../main/core/channels/oversight-channels.ts';
import type { CoreContext } from '../../../main/core/core-context.ts';
import { openDataKey } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import type { Session } from '../../../shared/contract/index.ts';
import { must, RESOURCES, signInAs, trainingOffice } from '../../support/desk/training-office.ts';
import { withoutPrinter } from '../../support/desk/without-printer.ts';

it('an exported journal lies in plain neither while somebody is asked where to save it nor after a program that died writing it', async () => {
  const office = await trainingOffice({ samples: 0 });
  const { desk, profileDir } = office;
  must(await pull(desk));
  const userId = await signInAs(office, 'office-head');
  const inPlain = () => fs.readdirSync(profileDir).filter((name) => name.startsWith('journal-'));
  const save = (parts: Partial<CoreContext['desk']>, shell: object) =>
    oversightChannels({ desk: { ...desk, ...parts }, shell, session: { whyLeft: () => null } } as unknown as CoreContext)['journal.save'](
      { from: null, until: null },
      {
        userId,
        activeRole: 'office-head',
      } as Session,
    );

  const asked: { of: string; sealed?: boolean; plain: string[] }[] = [];
  const asking = {
    choosePlace: (fileName: string) => {
      asked.push({ of: fileName, plain: inPlain() });
      return Promise.resolve({ ok: true, value: '/a/place' });
    },
    saveDocument: ({ sha256, place }: { sha256: string; place: string }) => {
      asked.push({ of: place, sealed: desk.blobs.has(sha256), plain: inPlain() });
      return Promise.resolve({ ok: true, value: null });
    },
  };
  expect(await save({}, asking)).toEqual({ ok: true, value: true });
  expect(asked).toEqual([
    { of: 'journal--.gz', plain: [] },
    { of: '/a/place', sealed: true, plain: [] },
  ]);

  // it dies before the archive is sealed: what it has written is there, whole
  let sealing = false;
  void save({ blobs: { ...desk.blobs, fetch: () => new Promise<never>(() => (sealing = true)) } }, asking);
  await vi.waitFor(() => expect(sealing).toBe(true));
  const [left] = inPlain();
  expect(gunzipSync(fs.readFileSync(path.join(profileDir, left!))).toString()).toContain('session.signed-in');
  fs.writeFileSync(path.join(profileDir, `journal-${desk.config.newId()}.gz.part`), 'half of one');
  // what a person has put here has another name
  fs.writeFileSync(path.join(profileDir, 'journal-2026-01-01-2026-12-31.gz'), 'his own');
  desk.close();

  const { clock, newId } = desk.config;
  const dataKey = must(openDataKey(profileDir, { kind: 'open' }));
  const core = must(
    await openCore(
      { profileDir, resourcesDir: RESOURCES, registryUrl: null, clock, newId, version: '0.0.0', dataKey },
      {
        tokenHost: createTokenHost(() => Promise.resolve({ pin: Buffer.from('123456') })),
        shell: {
          ...withoutPrinter,
          chooseDocuments: () => Promise.resolve({ ok: true as const, value: [] }),
          publishDocument: () => Promise.resolve(''),
          saveDocument: () => Promise.resolve({ ok: true as const, value: null }),
        },
      },
    ),
  );
  expect(inPlain()).toEqual(['journal-2026-01-01-2026-12-31.gz']);
  await core.close();
  await office.registry.close();
});
