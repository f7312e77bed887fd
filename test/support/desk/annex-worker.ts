/**
 * A counter as a process of its own, to be killed: adds each sheet of a folder, `<number>.jpg`, to one of the given filings, takes those of them on paper
 * that are not here, sends, hears of it; ends when the registry has told of every sheet. Arguments: profile folder, folder of the sheets, their number,
 * ids with commas between. Says where it is with each sheet.
 */
import fs from 'node:fs';
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { openDesk, outboxOf, pull, push, resume } from '../../../main/core/index.ts';
import {
  addWork,
  beginPaperWork,
  directPaperWork,
  importFile,
  openPaperWorks,
  readPaperPages,
  takeFolder,
} from '../../../main/paper/index.ts';
import { openDataKey } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import type { Result } from '../../../shared/result.ts';
import { userOf } from './office-work.ts';

/** `bring`: its pages are read; `add`: they become documents of the filing; `send`: the registry is told; `hear`: it tells the desks. */
export const ANNEX_STAGES = ['bring', 'add', 'send', 'hear'] as const;
export type AnnexStage = (typeof ANNEX_STAGES)[number];
export const bringerOf = (sheet: number): string => `Қағаз әкелген ${sheet}`;

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

async function run([profileDir, sheets, count, filings]: readonly string[]): Promise<void> {
  const ids = filings!.split(',');
  const say = (stage: AnnexStage | 'ready') => process.send?.(stage);
  const config = { resourcesDir: path.resolve('resources'), registryUrl: null, clock: () => new Date().toISOString(), newId };
  const dataKey = must(openDataKey(profileDir!, { kind: 'open' }));
  const tokenHost = createTokenHost(() => Promise.resolve(null));
  const desk = must(await openDesk({ ...config, profileDir: profileDir!, dataKey }, { tokenHost }));
  process.once('disconnect', () => process.exit(1)); // nobody watches any more
  resume(desk);
  const owner = userOf(desk, 'secretary')!;
  const { read } = desk.store;
  say('ready');

  /** What a person at the counter would find unfinished and go on with. */
  const workFor = (filingId: string, handedInBy: string): string => {
    const open = openPaperWorks(read, owner);
    const known = open.find(({ annexTo }) => annexTo?.handedInBy === handedInBy);
    if (known) return known.id;
    const { id } = open.find(({ annexTo }) => annexTo === null) ?? beginPaperWork(desk.paper, owner);
    must(directPaperWork(desk.paper, { id, owner, annexTo: { filingId, handedInBy } }));
    return id;
  };
  for (let sheet = 0; sheet < Number(count); sheet++) {
    const handedInBy = bringerOf(sheet);
    if (read.get('SELECT 1 FROM filing_annex WHERE handed_in_by = ?', handedInBy)) continue;
    const filingId = ids[sheet % ids.length]!;
    if (!read.get('SELECT 1 FROM filing WHERE id = ?', filingId)) {
      const folder = { court: '9900', kind: 'claim', language: 'kk' as const, parties: [], documents: [] };
      must(await takeFolder(desk.paper, { id: filingId, actor: owner }, { folder, read: () => Promise.resolve(null) }));
    }
    say('bring');
    const id = workFor(filingId, handedInBy);
    if (readPaperPages(read, id).pages.length === 0) {
      const kept = must(await desk.blobs.putBytes(fs.readFileSync(path.join(sheets!, `${sheet}.jpg`))));
      must(await importFile(desk.paper, id, { ...kept, title: '' }));
    }
    say('add');
    must(await addWork(desk.paper, { id, filingId, handedInBy, actor: owner }, 'kk'));
    say('send');
    await push(desk);
    say('hear');
    await pull(desk);
  }
  while (outboxOf(desk).waiting > 0 || read.get('SELECT 1 FROM filing_annex WHERE command IS NOT NULL')) {
    await push(desk);
    await pull(desk);
    const [refused] = outboxOf(desk).parked;
    if (refused) throw new Error(`${refused.kind} was refused: ${refused.code}`);
  }
  desk.close();
  process.exit(0);
}

if (process.argv[1] === import.meta.filename) await run(process.argv.slice(2));
