import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { listOverrides } from '../../../main/office/index.ts';
import { openStore } from '../../../main/store/index.ts';
import { tempDir } from '../../support/temp-dir.ts';

const opened = openStore(path.join(tempDir(), 'kense.db'), new Uint8Array(32).fill(7));
if (!opened.ok) throw new Error(opened.error.code);
const store = opened.value;
afterAll(() => store.close());

it('what people went on in spite of, and what waits for the head, say how many there are beyond what is shown', () => {
  expect(listOverrides(store.read)).toEqual({ waiting: [], overrides: [], total: { waiting: 0, overrides: 0 } });
  store.write((tx) => {
    for (let n = 0; n < 503; n++) {
      const at = new Date(Date.parse('2026-11-10T05:00:00.000Z') + n * 60_000).toISOString();
      tx.run(
        `INSERT INTO filing (id, cabinet_number, kind, language, message, state, flagged, claimant, search_text, sent_at, received_at)
         VALUES (?, ?, 'claim', 'kk', '{}', 'checking', 0, 'Талапкер', '', ?, ?)`,
        ...[`f${n}`, `c${n}`, at, at],
      );
      tx.run("INSERT INTO anomaly (filing_id, rule, severity, params) VALUES (?, 'document-program', 'fatal', '{}')", `f${n}`);
      tx.run(
        "INSERT INTO finding_override (filing_id, finding, rule, severity, by_user, at, reason) VALUES (?, 'x', 'duty-short', 'error', 'head', ?, 'себебі')",
        ...[`f${n}`, at],
      );
    }
  });
  const { waiting, overrides, total } = listOverrides(store.read);
  expect(total).toEqual({ waiting: 503, overrides: 503 });
  expect([waiting.length, waiting[0]!.filingId, waiting.at(-1)!.filingId]).toEqual([500, 'f0', 'f499']);
  expect([overrides.length, overrides[0]!.filingId, overrides.at(-1)!.filingId]).toEqual([500, 'f502', 'f3']);
});
