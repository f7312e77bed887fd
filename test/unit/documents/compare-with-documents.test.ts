import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { compareWithDocuments, createDocumentReader } from '../../../main/documents/index.ts';
import { openStore, type Reading } from '../../../main/store/index.ts';
import type { FilingMessage } from '../../../shared/registry/index.ts';
import { must } from '../../support/desk/training-office.ts';
import { tempDir } from '../../support/temp-dir.ts';

function office(pages: Readonly<Record<string, readonly string[]>>, states: Readonly<Record<string, string>> = {}) {
  const store = must(openStore(path.join(tempDir(), 'kense.db'), new Uint8Array(32).fill(5)));
  store.write((tx) => {
    tx.run(
      `INSERT INTO filing (id, cabinet_number, kind, language, message, state, claimant, search_text, sent_at, received_at)
       VALUES ('f', '1', 'claim', 'kk', '{}', 'received', '', '', '', '')`,
    );
    Object.entries({ ...pages, ...states }).forEach(([id], position) => {
      tx.run(
        `INSERT INTO document (id, filing_id, position, role, title, file_name, size, sha256, state) VALUES (?, 'f', ?, 'claim', '', '', 1, 'aa', 'stored')`,
        id,
        position,
      );
      const state = states[id] ?? 'done';
      tx.run(
        'UPDATE document_text_state SET state = ?, reason = ?, read_at = ? WHERE document_id = ?',
        state,
        state === 'failed' ? 'malformed' : null,
        state === 'due' ? null : '2026-11-23T04:00:00Z',
        id,
      );
      (pages[id] ?? []).forEach((text, at) => tx.run('INSERT INTO document_text VALUES (?, ?, ?)', id, at + 1, text));
    });
  });
  return store.read;
}
const reader = createDocumentReader(path.resolve('main/documents/worker/process.ts'));
afterAll(() => reader.close());
const compare = async (read: Reading, message: FilingMessage) => must(await compareWithDocuments(read, reader, 'f', message));
const says = (more: object) => ({ parties: [], representative: null, claimValue: null, ...more }) as unknown as FilingMessage;
const person = { side: 'claimant', type: 'individual', name: 'Ғалымжанов Әділет Қуанышұлы', iin: '870131400012' };

it('what the form says is found in the documents with its page and as it stands there', async () => {
  const read = office({
    claim: ['Талап қою', 'Галымжанов Адилет\nКуанышулы, ЖСН 870131 400012, сомасы 1 234 567,50 теңге'],
    other: ['сома 1234567.50'],
  });
  const { facts } = await compare(read, says({ parties: [person], claimValue: '1234567.50' }));
  expect(facts).toEqual([
    {
      ...{ field: 'name', who: person.name, value: person.name, found: 'whole' },
      places: [{ documentId: 'claim', page: 2, text: 'Галымжанов Адилет\nКуанышулы' }],
    },
    {
      field: 'iin',
      who: person.name,
      value: person.iin,
      found: 'whole',
      places: [{ documentId: 'claim', page: 2, text: '870131 400012' }],
    },
    {
      ...{ field: 'claim-value', who: null, value: '1234567.50', found: 'whole' },
      places: [
        { documentId: 'claim', page: 2, text: '1 234 567,50' },
        { documentId: 'other', page: 1, text: '1234567.50' },
      ],
    },
  ]);
});

it('another number, a longer number and another sum are not the same', async () => {
  const read = office({ claim: ['ЖСН 870131400013, 18701314000122, 1 234 567,05'] });
  const { facts } = await compare(read, says({ parties: [person], claimValue: '1234567.50' }));
  expect(facts.map(({ field, found }) => [field, found])).toEqual([
    ['name', 'none'],
    ['iin', 'none'],
    ['claim-value', 'none'],
  ]);
});

it('a surname alone is found in part, an organisation whatever its quotation marks', async () => {
  const firm = { side: 'respondent', type: 'organisation', name: '«Өркен» ЖШС', bin: '990140000011' };
  const read = office({ claim: ['Ғалымжанов Ә.Қ. "Өркен" ЖШС-не, БСН 990140000011'] });
  const { facts } = await compare(read, says({ parties: [person, firm] }));
  expect(facts.map(({ field, found }) => [field, found])).toEqual([
    ['name', 'part'],
    ['iin', 'none'],
    ['name', 'whole'],
    ['bin', 'whole'],
  ]);
});

it('says which documents have no text and how many are still being read', async () => {
  const read = office({ claim: ['x'] }, { scan: 'none', broken: 'failed', coming: 'due' });
  expect(await compare(read, says({}))).toEqual({ facts: [], reading: 1, unread: ['scan', 'broken'] });
});

it('a comparison that takes too long costs the thread and says so, and the next one is made', async () => {
  const read = office({ claim: Array.from({ length: 40 }, () => 'а '.repeat(60_000)) });
  const hurried = createDocumentReader(path.resolve('main/documents/worker/process.ts'), { timeoutMs: 1, heapMb: 256, growthMb: 768 });
  expect(await compareWithDocuments(read, hurried, 'f', says({ parties: [person] }))).toMatchObject({
    error: { code: 'document-unreadable', params: { reason: 'limit-time' } },
  });
  await hurried.close();
  expect((await compare(read, says({ parties: [person] }))).facts).toHaveLength(2);
});
