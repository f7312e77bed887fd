import { reviewAct } from '../../../main/acts/index.ts';
import { finishWork, syncOnce, type Desk } from '../../../main/core/index.ts';
import { registerOpen, toSign, userOf, type ActToRead } from './office-work.ts';
import type { Writing } from '../../../main/store/index.ts';
import { must, sampleOf, signInAs, type TrainingOffice } from './training-office.ts';

/**
 * Drafts of so many rulings before the training judge, in the order of the judge's list. The first filing came from the registry and its
 * ruling was drawn; the others are its likes on this desk alone, each with bytes of its own, because making them would take minutes.
 */
export async function actsToSign(office: TrainingOffice, count: number): Promise<ActToRead[]> {
  await office.submit(sampleOf(office, 'good', 'claim'));
  must(await syncOnce(office.desk));
  const secretary = await signInAs(office, 'secretary');
  must(await finishWork(office.desk));
  await registerOpen(office.desk, secretary);
  must(await finishWork(office.desk));
  const { store, blobs, config } = office.desk;
  const [filing] = store.read.all<Record<string, unknown>>("SELECT * FROM filing WHERE state = 'with-judge'");
  const [act] = store.read.all<Record<string, unknown>>('SELECT * FROM act');
  const drawn = act && (await blobs.readAll(act['draft_sha256'] as string, 1 << 24));
  if (!filing || !drawn) throw new Error('no ruling was drawn');
  for (let n = 1; n < count; n++) {
    const id = config.newId();
    const draft = must(await blobs.putBytes(new Uint8Array(Buffer.concat([drawn, Buffer.from(`%${n}\n`)]))));
    const numbers = {
      cabinet_number: String(900_000_000_000 + n),
      incoming_number: `9900-26-9${String(n).padStart(5, '0')}`,
      case_number: `9900-26-00-2/9${String(n).padStart(4, '0')}`,
    };
    store.write((tx) => {
      insert(tx, 'filing', { ...filing, ...numbers, id });
      insert(tx, 'act', { ...act, id: config.newId(), filing_id: id, draft_sha256: draft.sha256 });
    });
  }
  const acts = toSign(office.desk);
  if (acts.length !== count) throw new Error(`${acts.length} drafts instead of ${count}`);
  return acts;
}

function insert(tx: Writing, table: string, row: Readonly<Record<string, unknown>>): void {
  const columns = Object.keys(row);
  const values = columns.map(() => '?').join(', ');
  tx.run(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values})`, ...Object.values(row));
}

/** The judge has read every draft. */
export function readAll(desk: Desk, acts: readonly ActToRead[]): void {
  const { store, config } = desk;
  const actor = userOf(desk, 'judge')!;
  for (const { id, sha256 } of acts) {
    const { revision } = store.read.get<{ revision: number }>('SELECT revision FROM act WHERE id = ?', id)!;
    must(reviewAct({ store, clock: config.clock }, { id, revision, sha256, actor }));
  }
}
