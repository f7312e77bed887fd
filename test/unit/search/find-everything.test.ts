import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callCards, findEverything } from '../../../main/search/index.ts';
import { openStore, type Store } from '../../../main/store/index.ts';
import { fold } from '../../../shared/domain/kk-format.ts';
import { tempDir } from '../../support/temp-dir.ts';

let store: Store;
let file: string;
beforeEach(() => {
  file = path.join(tempDir(), 'kense.db');
  const opened = openStore(file, new Uint8Array(32).fill(7));
  if (!opened.ok) throw new Error(opened.error.code);
  store = opened.value;
});
afterEach(() => store.close());

type Given = {
  readonly names?: readonly string[];
  readonly state?: string;
  readonly incoming?: string;
  readonly caseNumber?: string;
  readonly judge?: string;
  readonly due?: string;
};
function given(
  id: string,
  cabinetNumber: string,
  { names = ['Иванова Мария'], state = 'received', incoming, caseNumber, judge, due }: Given = {},
) {
  store.write((tx) =>
    tx.run(
      `INSERT INTO filing (id, cabinet_number, kind, language, message, state, claimant, respondent, search_text, sent_at, received_at, incoming_number,
         case_number, registered_at, judge_id, due_at)
       VALUES (?, ?, 'claim', 'kk', '{}', ?, ?, ?, ?, '2026-11-20T05:00:00Z', '2026-11-20T05:00:00Z', ?, ?, ?, ?, ?)`,
      ...[
        id,
        cabinetNumber,
        state,
        names[0],
        names[1] ?? null,
        fold(`${cabinetNumber} ${names.join(' ')}`),
        incoming ?? null,
        caseNumber ?? null,
      ],
      ...[incoming === undefined ? null : '2026-11-21T06:00:00Z', judge ?? null, due ?? null],
    ),
  );
}
const idsFor = (typed: string, judge: string | null = null) => findEverything(store.read, typed, judge).filings.map(({ id }) => id);

describe('a search of this desk', () => {
  it('finds a number however it is written, and by its end', () => {
    given('a', '261100004218', { state: 'registered', incoming: '9900-26-000017', caseNumber: '9900-26-00-2/1454' });
    given('b', '261100004219');
    for (const typed of [
      '261100004218',
      '4218',
      '9900-26-000017',
      '9900 26 000017',
      '990026000017',
      '000017',
      '9900-26-00-2/1454',
      '2/1454',
      '1454',
    ])
      expect([typed, idsFor(typed)]).toEqual([typed, ['a']]);
    expect(idsFor('26110000421')).toEqual(['b', 'a']);
    expect(findEverything(store.read, '9900-26-00-2/1454', null).cases).toEqual([{ number: '9900-26-00-2/1454', filingId: 'a' }]);
    expect(idsFor('4217')).toEqual([]);
  });

  it('puts a whole number before one that only ends so', () => {
    given('long', '990000004218');
    given('whole', '261100000001', { state: 'registered', incoming: '9900-26-004218' });
    expect(idsFor('990026004218')).toEqual(['whole']);
    expect(idsFor('4218').sort()).toEqual(['long', 'whole']);
  });

  it('finds Kazakh names by Russian letters, and names with Latin look-alikes', () => {
    given('a', '261100000001', { names: ['Қасымова Әсел Ұлықпанқызы', 'Өтегенов Іңкәр'] });
    given('b', '261100000002', { names: ['Cepiков Бауыржан'] });
    for (const typed of ['касымова', 'Қасымова', 'КАСЫМОВА АСЕЛ', 'отегенов', 'инкар', 'улыкпан'])
      expect([typed, idsFor(typed)]).toEqual([typed, ['a']]);
    for (const typed of ['сериков', 'Серіков']) expect([typed, idsFor(typed)]).toEqual([typed, ['b']]);
  });

  it('offers the other keyboard layout when only that finds something', () => {
    given('a', '261100000001', { names: ['Алиева Карлыгаш'] });
    expect(findEverything(store.read, 'fkbtdf', null)).toMatchObject({ filings: [], suggestion: 'алиева' });
    expect(findEverything(store.read, 'zzzz', null).suggestion).toBeNull();
    expect(findEverything(store.read, 'алиева', null).suggestion).toBeNull();
  });

  it('takes any text for what it is: names of 400 letters, emoji, marks of direction, signs of the query language', () => {
    const long = 'Ұ'.repeat(400);
    given('a', '261100000001', { names: [`${long} 😀`, 'Иванова'] });
    expect(idsFor(long)).toEqual(['a']);
    expect(idsFor('Ива\u200fнова')).toEqual(['a']);
    for (const typed of ['', '   ', '😀', '"', '*', 'NEAR(', "' OR 1=1 --", 'words:иванова*', 'AND', '(((', '\u202e'])
      expect([typed, Array.isArray(idsFor(typed))]).toEqual([typed, true]);
    expect(idsFor('😀')).toEqual([]);
  });

  it('shows a judge what lies before him alone', () => {
    given('a', '261100004218', { judge: 'judge-1' });
    given('b', '261100014218', { judge: 'judge-2' });
    expect(idsFor('4218', 'judge-1')).toEqual(['a']);
    expect(idsFor('иванова', 'judge-1')).toEqual(['a']);
    expect(idsFor('иванова').sort()).toEqual(['a', 'b']);
  });

  it('finds words in documents, and forgets them with the text', () => {
    given('a', '261100000001');
    store.write((tx) => {
      tx.run(
        "INSERT INTO document (id, filing_id, position, role, title, file_name, size, sha256) VALUES ('d', 'a', 0, 'claim', 'Арыз', 'a.pdf', 1, 'x')",
      );
      tx.run("INSERT INTO document_text (document_id, page, text) VALUES ('d', 3, 'Жауапкер қарыз шартын бұзып, төлемді кешіктірді')");
    });
    for (const typed of ['карыз', 'ҚАРЫЗ', 'толемди', 'шарт'])
      expect([typed, findEverything(store.read, typed, null).documents]).toEqual([
        typed,
        [expect.objectContaining({ filingId: 'a', documentId: 'd', page: 3, excerpt: expect.stringContaining('қарыз шартын') as string })],
      ]);
    store.write((tx) => tx.run("DELETE FROM document_text WHERE document_id = 'd'"));
    expect(findEverything(store.read, 'карыз', null).documents).toEqual([]);
  });

  it('has its indexes in the encrypted database', async () => {
    given('a', '261100004218', { names: ['Ерекшеатау Тегі'] });
    store.close();
    const { readFileSync, existsSync } = await import('node:fs');
    for (const at of [file, `${file}-wal`].filter((name) => existsSync(name))) {
      const bytes = readFileSync(at);
      for (const word of ['ерекшеатау', '261100004218', 'filing_fts']) expect([at, bytes.includes(Buffer.from(word))]).toEqual([at, false]);
    }
    const again = openStore(file, new Uint8Array(32).fill(7));
    if (!again.ok) throw new Error(again.error.code);
    store = again.value;
    expect(idsFor('ерекшеатау')).toEqual(['a']);
  });
});

describe('the card for a call to 1401', () => {
  it('is found by a whole number or a person alone', () => {
    given('a', '261100004218', { state: 'registered', incoming: '9900-26-000017', names: ['Иванова 870131400012'] });
    for (const typed of ['261100004218', '9900-26-000017', '990026000017', '870131400012'])
      expect([typed, callCards(store.read, typed).map(({ filingId }) => filingId)]).toEqual([typed, ['a']]);
    for (const typed of ['4218', 'иванова', '', '00017']) expect([typed, callCards(store.read, typed)]).toEqual([typed, []]);
  });

  it('says where the filing is and by when, in both languages, and names nobody', () => {
    given('a', '261100004218', { names: ['Иванова Мария', '«Өркен» ЖШС'], due: '2026-11-27T19:00:00Z' });
    const [card] = callCards(store.read, '261100004218');
    expect(card).toMatchObject({ numbers: ['261100004218'], by: '2026-11-27' });
    expect(card!.status.kk).toContain('20.11.2026');
    expect(card!.status.ru).toContain('ожидает регистрации');
    expect(card!.next.ru).toContain('27.11.2026');
    expect(JSON.stringify(card)).not.toMatch(/Иванова|Мария|Өркен/);
  });

  it('says nothing of a decision before its ruling was sent', () => {
    given('a', '261100004218', { state: 'returned', incoming: '9900-26-000017', due: '2026-11-27T19:00:00Z' });
    const before = callCards(store.read, '261100004218')[0]!;
    expect(before.status.ru).toContain('на рассмотрении судьи');
    expect(JSON.stringify(before)).not.toMatch(/возвращ|қайтар/);
    const issue = (id: string, kind: string, dispatched: 0 | 1) =>
      store.write((tx) =>
        tx.run(
          "INSERT INTO issued_act (id, filing_id, kind, sha256, signed_at, dispatched) VALUES (?, 'a', ?, 'x', '2026-11-22T05:00:00Z', ?)",
          ...[id, kind, dispatched],
        ),
      );
    issue('other', 'ruling-without-motion', 1);
    issue('earlier', 'ruling-accept', 1);
    issue('r', 'ruling-return', 0);
    expect(callCards(store.read, '261100004218')[0], 'another act that was sent says nothing of it').toEqual(before);
    store.write((tx) => tx.run("UPDATE issued_act SET dispatched = 1 WHERE id = 'r'"));
    expect(callCards(store.read, '261100004218')[0]).toMatchObject({
      status: { ru: expect.stringContaining('возвращён') as string },
      by: null,
    });
  });
});
