import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { readReturns } from '../../../main/fairness/index.ts';
import { readPatterns } from '../../../main/fairness/read-patterns.ts';
import { loadReference, type PatternRule } from '../../../main/reference/index.ts';
import { SOURCES, type Row } from '../../../main/reports/report-sources.ts';
import { openStore } from '../../../main/store/index.ts';
import type { CourtDay } from '../../../shared/domain/court-day.ts';
import { tempDir } from '../../support/temp-dir.ts';

const reference = loadReference(path.resolve('resources'));
const opened = openStore(path.join(tempDir(), 'kense.db'), new Uint8Array(32).fill(7));
if (!opened.ok) throw new Error(opened.error.code);
const store = opened.value;
afterAll(() => store.close());

const AT = '2026-11-10T05:00:00.000Z';
const NOW = '2026-11-20T05:00:00.000Z';
const span = { from: '2026-10-31T19:00:00.000Z', until: '2026-11-30T19:00:00.000Z' };

type Filed = { readonly id: string; readonly by: string; readonly claimant?: string; readonly bin?: string };
function fill(people: Readonly<Record<string, string>>, filings: readonly Filed[]): void {
  store.write((tx) => {
    for (const [id, name] of Object.entries(people))
      tx.run("INSERT INTO app_user (id, name, roles, certificates, active) VALUES (?, ?, '[]', '[]', 1)", id, name);
    for (const { id, by, claimant = 'Талапкер', bin } of filings)
      tx.run(
        `INSERT INTO filing (id, cabinet_number, kind, language, message, state, flagged, claimant, search_text, sent_at, received_at, incoming_number,
           registered_at, registered_by)
         VALUES (?, ?, 'claim', 'kk', ?, 'with-judge', 0, ?, '', ?, ?, ?, ?, ?)`,
        ...[id, `c-${id}`, JSON.stringify({ parties: [{ side: 'claimant', name: claimant, ...(bin && { bin }) }] }), claimant],
        ...[AT, AT, `i-${id}`, AT, by],
      );
  });
}
const override = (filingId: string, by: string, severity = 'error') =>
  store.write((tx) =>
    tx.run(
      "INSERT INTO finding_override (filing_id, finding, rule, severity, by_user, at, reason) VALUES (?, 'x', 'party-missing', ?, ?, ?, 'себебі')",
      ...[filingId, severity, by, AT],
    ),
  );
const patterns = async (rule: Pick<PatternRule, 'what' | 'per'>) => {
  const whole: PatternRule = { id: 'rule', of: 'registered', least: 1, sharePercent: 1, timesCourt: null, kk: '', ru: '', en: '', ...rule };
  const rules = { ...reference.fairnessOn('2026-11-01'), patterns: [whole] };
  const found = await store.snapshot((read) => readPatterns(read, { ...reference, fairnessOn: () => rules }, { span, now: NOW }), {
    rows: 1,
  });
  return found.map(({ group, n, m, filingIds }) => ({ ...group, n, m, filingIds }));
};

const returns = (of = span) => store.snapshot((read) => readReturns(read, of), { rows: 1 });

beforeEach(() =>
  store.write((tx) => {
    for (const table of ['proposal', 'proposal_recall', 'finding_override', 'filing_words', 'filing', 'app_user'])
      tx.run(`DELETE FROM ${table}`);
  }),
);

const period = { from: '2026-11-01' as CourtDay, until: '2026-11-30' as CourtDay };
const linesOf = (source: string, by?: string) =>
  store.snapshot(async (read) => {
    const lines: Row[] = [];
    for await (const piece of SOURCES[source]!.rows({ read, reference, period, now: NOW, by })) lines.push(...piece);
    return lines;
  });

describe('what the rules point at', () => {
  it('is a person, and not everybody of that name', async () => {
    fill({ first: 'Әлиева Қ.', second: 'Әлиева Қ.' }, [
      { id: 'a', by: 'first' },
      { id: 'b', by: 'first' },
      { id: 'c', by: 'second' },
    ]);
    override('a', 'first');
    override('c', 'second');
    expect(await patterns({ what: 'overridden', per: ['person'] })).toEqual([
      { person: 'Әлиева Қ.', n: 1, m: 2, filingIds: ['a'] },
      { person: 'Әлиева Қ.', n: 1, m: 1, filingIds: ['c'] },
    ]);
    const lines = await linesOf('kinds', 'registeredBy');
    expect(lines.map(({ registeredBy, registered }) => [registeredBy, registered])).toEqual([
      ['Әлиева Қ.', 2],
      ['Әлиева Қ.', 1],
    ]);
  });

  it('counts for whoever went on in spite of a finding, not for who registered what another let through', async () => {
    fill({ secretary: 'Хатшы', head: 'Басшы' }, [
      { id: 'a', by: 'secretary' },
      { id: 'b', by: 'secretary' },
      { id: 'c', by: 'head' },
    ]);
    override('a', 'head', 'fatal');
    expect(await patterns({ what: 'overridden', per: ['person'] })).toEqual([]);
    expect(await patterns({ what: 'overridden', per: ['kind'] })).toEqual([{ kind: 'claim', n: 1, m: 3, filingIds: ['a'] }]);
    override('b', 'secretary');
    expect(await patterns({ what: 'overridden', per: ['person'] })).toEqual([{ person: 'Хатшы', n: 1, m: 2, filingIds: ['b'] }]);
  });

  it('is a claimant by BIN or IIN, however the name is written', async () => {
    fill({ head: 'Басшы' }, [
      { id: 'a', by: 'head', claimant: 'ЖШС «Дала»', bin: '010140000001' },
      { id: 'b', by: 'head', claimant: 'ТОО «Дала»', bin: '010140000001' },
      { id: 'c', by: 'head', claimant: 'ЖШС «Дала»', bin: '010140000002' },
    ]);
    for (const id of ['a', 'b', 'c']) override(id, 'head');
    expect((await patterns({ what: 'overridden', per: ['claimant'] })).map(({ filingIds }) => filingIds)).toEqual([['a', 'b'], ['c']]);
  });
});

describe('a proposal that was taken back', () => {
  const recall = (id: string, command: string | null) =>
    store.write((tx) => {
      const proposal = { decision: 'return', grounds: [], transferTo: null, notice: { kk: '', ru: '' }, at: AT, byUser: 'head' };
      tx.run(
        "INSERT INTO proposal_recall (id, filing_id, proposed, reason, by_user, recalled_at, command) VALUES (?, ?, ?, 'себебі', 'secretary', ?, ?)",
        ...[`r-${id}`, id, JSON.stringify({ decision: 'return', proposal, defects: [] }), '2026-12-02T05:00:00.000Z', command],
      );
    });

  it('stays in the report of its month, as taken back, and counts for who proposed it', async () => {
    fill({ secretary: 'Хатшы', head: 'Басшы' }, [
      { id: 'a', by: 'secretary' },
      { id: 'b', by: 'head' },
    ]);
    recall('a', null);
    recall('b', null);
    const line = {
      proposed: 'return',
      proposedBy: 'Басшы',
      proposedAt: AT,
      ruled: 'recalled',
      judge: null,
      ruledAt: '2026-12-02T05:00:00.000Z',
    };
    expect(await returns()).toMatchObject([
      { filingId: 'a', number: 'i-a', ...line },
      { filingId: 'b', number: 'i-b', ...line },
    ]);
    const rows = await linesOf('returns');
    expect(rows.map(({ ruled, agrees }) => [ruled, agrees])).toEqual([
      ['recalled', null],
      ['recalled', null],
    ]);
    expect(await patterns({ what: 'return-proposed', per: ['person'] })).toEqual([{ person: 'Басшы', n: 1, m: 1, filingIds: ['b'] }]);
    expect(await returns({ from: span.until, until: '2026-12-31T19:00:00.000Z' })).toEqual([]);
  });

  it('is no line where the recall itself was withdrawn, and one beside what was proposed again', async () => {
    fill({ secretary: 'Хатшы', head: 'Басшы' }, [
      { id: 'a', by: 'secretary' },
      { id: 'b', by: 'secretary' },
    ]);
    store.write((tx) => {
      const entry = { id: 'gone', subject: 'a', kind: 'proposal.recall' as const, actor: 'secretary', at: AT, uploads: [] };
      tx.outbox({ ...entry, payload: { recallId: 'r-a', filingId: 'a', reason: 'себебі' } as never });
      tx.run("UPDATE outbox SET state = 'done', last_code = 'withdrawn' WHERE id = 'gone'");
      for (const [id, decision] of [
        ['a', 'return'],
        ['b', 'refuse'],
      ])
        tx.run(
          "INSERT INTO proposal (filing_id, decision, grounds, notice_kk, notice_ru, by_user, at) VALUES (?, ?, '[]', '', '', 'head', ?)",
          ...[id, decision, '2026-11-11T05:00:00.000Z'],
        );
    });
    recall('a', 'gone');
    recall('b', null);
    expect((await returns()).map(({ filingId, proposed, ruled }) => [filingId, proposed, ruled])).toEqual([
      ['b', 'return', 'recalled'],
      ['a', 'return', null],
      ['b', 'refuse', null],
    ]);
  });
});
