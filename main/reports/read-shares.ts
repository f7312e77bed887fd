import type { listSigned } from '../dispatch/index.ts';
import { aboutFilings, actsOf } from './acts-of-period.ts';
import { instantsOf, LATE } from './report-period.ts';
import type { Reads, Row } from './report-sources.ts';

type Share = { readonly registered: number; readonly withDefects: number; readonly late: number; readonly acts: number };
const NOTHING_DONE: Share = { registered: 0, withDefects: 0, late: 0, acts: 0 };
const SHARE_OF = { person: 'u.id', kind: 'f.kind', category: 'f.category' } as const;

/** What was done in the period, by what a column says of the filing and `ofAct` of the act. */
async function sharesBy(
  { read, period }: Reads,
  of: keyof typeof SHARE_OF,
  ofAct: (act: ReturnType<typeof listSigned>[number]) => string | null,
): Promise<Map<string | null, Share>> {
  const shares = new Map<string | null, Share>();
  const add = (part: string | null, more: Share) => {
    const { registered, withDefects, late, acts } = shares.get(part) ?? NOTHING_DONE;
    shares.set(part, {
      registered: registered + more.registered,
      withDefects: withDefects + more.withDefects,
      late: late + more.late,
      acts: acts + more.acts,
    });
  };
  const registered = read.pieces<{ part: string | null; flagged: number; late: number }>(
    `SELECT ${SHARE_OF[of]} AS part, f.flagged, coalesce(${LATE}, 0) AS late
     FROM filing f LEFT JOIN app_user u ON u.id = f.registered_by WHERE f.registered_at >= @from AND f.registered_at < @until`,
    instantsOf(period),
  );
  for await (const piece of registered)
    for (const { part, flagged, late } of piece) add(part, { registered: 1, withDefects: flagged, late, acts: 0 });
  for await (const day of actsOf(read, period)) for (const act of day) add(ofAct(act), { ...NOTHING_DONE, acts: 1 });
  return shares;
}

/** Everybody who works here or has done something; last what nobody has told by whom it was done. */
export async function* readPeople(reads: Reads): AsyncGenerator<readonly Row[], void> {
  const people = reads.read.all<{ id: string; name: string; active: number }>('SELECT id, name, active FROM app_user ORDER BY name, id');
  const known = new Set(people.map(({ id }) => id));
  const done = await sharesBy(reads, 'person', ({ signedById }) => (signedById !== null && known.has(signedById) ? signedById : null));
  const row = (id: string | null, person: string | null): Row => ({ person, ...(done.get(id) ?? NOTHING_DONE) });
  yield [
    ...people.filter(({ id, active }) => active === 1 || done.has(id)).map(({ id, name }) => row(id, name)),
    ...(done.has(null) ? [row(null, null)] : []),
  ];
}

/** The same work by the filings it was done on, the most first. */
export async function* readWork(reads: Reads, by: 'kind' | 'category'): AsyncGenerator<readonly Row[], void> {
  const about = aboutFilings(reads.read);
  const done = await sharesBy(reads, by, ({ filingId }) => about(filingId)[by === 'kind' ? 'filingKind' : 'category'] ?? null);
  const text = (part: string | null) => part ?? '';
  yield [...done]
    .sort(([a, first], [b, second]) => second.registered - first.registered || (text(a) < text(b) ? -1 : 1))
    .map(([part, share]) => ({ [by]: part, ...share }));
}
