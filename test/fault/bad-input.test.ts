import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pull, viewFiling } from '../../main/core/index.ts';
import { readFiling } from '../../main/intake/index.ts';
import type { FilingFolder } from '../../shared/registry/index.ts';
import { arrive, must, register, sampleOf, signInAs, trainingOffice, type TrainingOffice } from '../support/desk/training-office.ts';

let office: TrainingOffice;
let secretary: string;
beforeAll(async () => {
  office = await trainingOffice();
  must(await pull(office.desk));
  secretary = await signInAs(office, 'secretary');
});
afterAll(() => office.close());
beforeEach(() => {
  office.fault = null;
});

const good = () => sampleOf(office, 'good', 'claim');
let receipts = 70_000_000;
/** The good claim with its folder and files changed by a test. */
function changed(change: (folder: FilingFolder, files: Map<string, Uint8Array>) => void) {
  const { folder, files } = good();
  const copy = { folder: structuredClone(folder), files: new Map(files) };
  // each has a receipt of its own: one that serves twice is a fault that is not meant here
  copy.folder.payment!.number = `${++receipts}`;
  change(copy.folder, copy.files);
  return copy;
}
const rulesOf = (id: string) => viewFiling(office.desk, id, 'secretary')!.anomalies.map((a) => a.rule);
const documentPath = '/v1/documents/{sha256}';

describe('a filing with a fault', () => {
  it('of which a document cannot be had is damaged, says which, and is whole once the document is there', async () => {
    office.fault = ({ method, route, n }) => (method === 'GET' && route === documentPath && n === 1 ? { kind: 'not-found' } : null);
    const id = await arrive(office, good());
    const filing = viewFiling(office.desk, id, 'secretary')!;
    expect(filing.intake).toBe('damaged');
    expect(filing.documents.map((d) => d.state)).toContain('missing');
    expect(rulesOf(id)).toContain('document-missing');
    expect(register(office, id, secretary)).toMatchObject({ ok: false, error: { code: 'findings-open' } });
    office.fault = null;
    must(await pull(office.desk));
    expect(readFiling(office.desk.store.read, id)).toMatchObject({ intake: 'ready', verdict: 'valid' });
    expect(rulesOf(id).filter((rule) => rule.startsWith('document-'))).toEqual([]);
  });

  it('of which a document comes with other bytes is damaged and never shown as received', async () => {
    let first = true;
    office.fault = ({ method, route }) =>
      method === 'GET' && route === documentPath && first ? ((first = false), { kind: 'other-bytes' }) : null;
    const fresh = changed((folder, files) =>
      files.set(folder.documents[0]!.file, new Uint8Array(Buffer.from('%PDF-1.7 never seen before'))),
    );
    const id = await arrive(office, fresh);
    const filing = viewFiling(office.desk, id, 'secretary')!;
    expect(filing.intake).toBe('damaged');
    const wrong = filing.documents.find((d) => d.state === 'hash-mismatch')!;
    expect(office.desk.blobs.has(wrong.sha256)).toBe(false);
    expect(rulesOf(id)).toContain('document-hash-mismatch');
    must(await pull(office.desk));
    expect(readFiling(office.desk.store.read, id)?.intake).toBe('ready');
  });

  it('whose last document came just before the program ended is verified with it at the next start', async () => {
    const name = 'last.pdf';
    const { id } = await office.submit(
      changed((folder, files) => {
        folder.documents.push({ ...folder.documents[0]!, role: 'other', title: name, file: name, signatures: [] });
        files.set(name, new Uint8Array([...files.get(folder.documents[1]!.file)!, 10]));
      }),
    );
    const isHere = (bytes: Uint8Array) => office.desk.blobs.has(createHash('sha256').update(bytes).digest('hex'));
    let documents = [...good().files.values()].filter((bytes) => !isHere(bytes)).length;
    office.fault = ({ method, route }) => (method === 'GET' && route === documentPath && documents-- <= 0 ? { kind: 'drop' } : null);
    expect(await pull(office.desk)).toMatchObject({ ok: false });
    office.fault = null;
    const ended = new Error('the program ended');
    await expect(pull({ ...office.desk, verify: () => Promise.reject(ended) })).rejects.toBe(ended);
    expect(readFiling(office.desk.store.read, id)).toMatchObject({ intake: 'ready', signature: 'not-checked' });
    must(await pull(await office.reopen()));
    expect(readFiling(office.desk.store.read, id)?.signature).not.toBe('not-checked');
    secretary = await signInAs(office, 'secretary');
  });

  it('of an unknown kind is in the queue and can be registered with a marked defect', async () => {
    const id = await arrive(
      office,
      changed((folder) => (folder.kind = 'petition_of_2031')),
    );
    expect(rulesOf(id)).toContain('kind-unknown');
    expect(register(office, id, secretary)).toMatchObject({ ok: false, error: { code: 'kind-unknown' } });
    expect(must(register(office, id, secretary, 'form'))).toMatchObject({ caseNumber: null, joinsCase: null });
    expect(readFiling(office.desk.store.read, id)).toMatchObject({ state: 'registered', flagged: true });
  });

  it('with a document of 0 bytes says so', async () => {
    const id = await arrive(
      office,
      changed((folder, files) => files.set(folder.documents[1]!.file, new Uint8Array())),
    );
    expect(rulesOf(id)).toContain('document-empty');
    expect(readFiling(office.desk.store.read, id)).toMatchObject({ intake: 'ready', verdict: 'invalid' });
  });

  it('with a document of 25 MB keeps it and says that it is over the limit', async () => {
    const large = new Uint8Array(25 * 1024 * 1024);
    large.set(Buffer.from('%PDF-1.7\n'));
    const id = await arrive(
      office,
      changed((folder, files) => files.set(folder.documents[1]!.file, large)),
    );
    expect(rulesOf(id)).toContain('document-too-large');
    const document = viewFiling(office.desk, id, 'secretary')!.documents[1]!;
    expect(document).toMatchObject({ state: 'stored', size: large.length });
    expect(office.desk.blobs.size(document.sha256)).toBe(large.length);
  });

  it('whose file is not what its name says is marked', async () => {
    const id = await arrive(
      office,
      changed((folder, files) => files.set(folder.documents[1]!.file, new Uint8Array(Buffer.from('MZ\x90\0 a program')))),
    );
    expect(rulesOf(id)).toContain('document-type-mismatch');
  });

  it('whose signature file is no signature is invalid, not a crash', async () => {
    const id = await arrive(
      office,
      changed((folder, files) => files.set(folder.documents[0]!.signatures[0]!, new Uint8Array(Buffer.from('hello')))),
    );
    expect(readFiling(office.desk.store.read, id)).toMatchObject({ signature: 'invalid', verdict: 'invalid' });
    expect(rulesOf(id)).toContain('signature-unreadable');
  });

  it('with an annex that can carry no signature inside and has none beside it is judged by the others', async () => {
    const id = await arrive(
      office,
      changed((folder, files) => {
        folder.documents.push({ ...folder.documents[0]!, role: 'other', title: 'a', file: 'annex.txt', signatures: [] });
        files.set('annex.txt', new Uint8Array(Buffer.from('an annex')));
      }),
    );
    expect(readFiling(office.desk.store.read, id)).toMatchObject({ signature: 'valid', verdict: 'valid' });
  });

  it('without any signature on its main document is unsigned', async () => {
    const id = await arrive(
      office,
      changed((folder) => (folder.documents[0]!.signatures = [])),
    );
    expect(readFiling(office.desk.store.read, id)).toMatchObject({ signature: 'absent', verdict: 'unsigned' });
    expect(rulesOf(id)).toContain('signature-missing');
  });

  it('without documents or parties is still in the queue with what is wrong', async () => {
    const id = await arrive(
      office,
      changed((folder) => {
        folder.documents = [];
        folder.parties = [];
      }),
    );
    expect(rulesOf(id)).toEqual(expect.arrayContaining(['no-documents', 'party-missing']));
  });

  it('with hostile names keeps them as they are and harms nothing', async () => {
    // markup, SQL, a mark that turns the direction, an emoji of several characters, a Latin letter among Kazakh ones, and length
    const name = `"><script>alert(1)</script> ' OR 1=1 -- \u202e 👩‍⚖️ Әcел ${'Ә'.repeat(400)}`;
    const id = await arrive(
      office,
      changed((folder) => {
        folder.parties[0]!.name = name;
        folder.documents[0]!.title = '../../etc/passwd';
      }),
    );
    expect(viewFiling(office.desk, id, 'secretary')!.parties[0]!.name).toBe(name);
    expect(viewFiling(office.desk, id, 'secretary')!.anomalies.map(({ rule }) => rule)).toContain('name-odd');
    expect(must(register(office, id, secretary))).toMatchObject({ caseNumber: expect.stringMatching(/^9900-/) });
  });
});

describe('a feed that misbehaves', () => {
  const feed = '/v1/feed';

  it('and repeats an item brings the filing once', async () => {
    office.fault = ({ route }) => (route === feed ? { kind: 'repeat-item' } : null);
    const id = await arrive(office, good());
    must(await pull(office.desk));
    const n = office.desk.store.read.get<{ n: number }>('SELECT count(*) AS n FROM filing WHERE id = ?', id)!.n;
    expect(n).toBe(1);
  });

  it('and skips an item is not followed past the gap; nothing is lost once it is whole', async () => {
    const [a, b] = [await office.submit(good()), await office.submit(good())];
    office.fault = ({ route }) => (route === feed ? { kind: 'skip-item' } : null);
    expect(await pull(office.desk)).toMatchObject({ ok: false, error: { code: 'feed-gap' } });
    expect(readFiling(office.desk.store.read, b.id)).toBeNull();
    office.fault = null;
    must(await pull(office.desk));
    expect(readFiling(office.desk.store.read, a.id)).not.toBeNull();
    expect(readFiling(office.desk.store.read, b.id)).not.toBeNull();
  });

  it.each(['garbage', 'truncate', 'error', 'drop', 'drop-answer'] as const)('with %s is tried again and loses nothing', async (kind) => {
    const { id } = await office.submit(good());
    office.fault = ({ route, n }) => (route === feed && n > 0 ? (kind === 'error' ? { kind, handled: true } : { kind }) : null);
    const failed = await pull(office.desk);
    expect(failed).toMatchObject({ ok: false, error: { next: 'retry-later' } });
    office.fault = null;
    must(await pull(office.desk));
    expect(readFiling(office.desk.store.read, id)?.intake).toBe('ready');
  });
});
