import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { answerOcsp } from '../support/openssl-ocsp.ts';
import { daysFromNow, issue, issueCrl, keyOf, signCms, standardHierarchy } from '../support/openssl-pki.ts';
import { sourceFor, signerNaming, verifyAsking } from '../support/asking.ts';
import {
  deadPort,
  opensslResponder,
  respondWith,
  startEvidenceServer,
  startRawServer,
  type EvidenceServer,
} from '../support/evidence-server.ts';
import { conclusionOf, reasonOf } from '../support/verify-signature.ts';

const { authority, person } = standardHierarchy();
const server = await startEvidenceServer();
const SHORT_MS = 400;
const outcomeOf = ({ signature }: Awaited<ReturnType<typeof verifyAsking>>) => [
  conclusionOf(signature),
  reasonOf(signature, 'revocation.known'),
];
const open = (reason: string) => ['INDETERMINATE/TRY_LATER', reason];

describe('a responder that fails leaves the verdict open, with the reason', () => {
  const signer = signerNaming({ ocsp: server.url('/ocsp') });
  const responder = opensslResponder({ issuer: authority, known: [signer] });
  const judge = () => verifyAsking(sourceFor([server.port], { timeoutMs: SHORT_MS * 10 }), signer);

  it('answers good when nothing fails', async () => {
    server.answer('/ocsp', respondWith(responder));
    const verified = await judge();
    expect([outcomeOf(verified), verified.attempts.map(({ outcome }) => outcome)]).toEqual([['TOTAL-PASSED', 'ok'], ['fetched']]);
  });

  it.each<[string, string, Parameters<EvidenceServer['answer']>[1]]>([
    ['HTTP 500', 'ocsp-http-status', (_, response) => response.writeHead(500).end('oops')],
    ['HTTP 404 with a page', 'ocsp-http-status', (_, response) => response.writeHead(404).end('<html>')],
    ['a redirect', 'ocsp-redirect-refused', (_, response) => response.writeHead(302, { location: server.url('/elsewhere') }).end()],
    ['a page that says it is fine', 'ocsp-malformed', Buffer.from('<html>OK</html>')],
    ['nothing', 'ocsp-malformed', Buffer.alloc(0)],
    ['garbage', 'ocsp-malformed', Buffer.alloc(3000, 0x5a)],
    ['“try later”', 'ocsp-responder-error', Buffer.from('30030a0103', 'hex')],
    ['“unauthorized”', 'ocsp-responder-error', Buffer.from('30030a0106', 'hex')],
    ['more than an answer can be', 'ocsp-too-large', Buffer.alloc(65 * 1024)],
    [
      'more than an answer can be, without saying how much',
      'ocsp-too-large',
      (_, response) => {
        response.writeHead(200);
        for (let i = 0; i < 65; i++) response.write(Buffer.alloc(1024, i));
        response.end();
      },
    ],
    [
      'half of what it announces',
      'ocsp-truncated',
      async (asked, response) => {
        const answer = await responder(asked.body);
        response.writeHead(200, { 'content-length': answer.length });
        response.write(answer.subarray(0, answer.length / 2), () => response.socket?.destroy());
      },
    ],
    [
      'half of an answer as if it were whole',
      'ocsp-malformed',
      async (asked, response) => response.end((await responder(asked.body)).subarray(0, 900)),
    ],
    ['a compressed answer', 'ocsp-malformed', async (asked, response) => response.end(gzipSync(await responder(asked.body)))],
    ['an answer about another certificate', 'ocsp-other-subject', answerOcsp({ issuer: authority, certificate: person })],
  ])('%s', async (_, reason, handler) => {
    server.answer('/ocsp', handler);
    expect(outcomeOf(await judge())).toEqual(open(reason));
  });

  it('an answer with the nonce of another request', async () => {
    let first: Uint8Array | null = null;
    server.answer('/ocsp', async (asked, response) => response.end((first ??= await responder(asked.body))));
    expect(outcomeOf(await judge())).toEqual(['TOTAL-PASSED', 'ok']);
    expect(outcomeOf(await judge())).toEqual(open('ocsp-nonce-differs'));
  });

  it('an answer without a nonce counts as long as it is fresh', async () => {
    server.answer('/ocsp', answerOcsp({ issuer: authority, certificate: signer }));
    expect(outcomeOf(await judge())).toEqual(['TOTAL-PASSED', 'ok']);
    expect(outcomeOf(await verifyAsking(sourceFor([server.port]), signer, { at: daysFromNow(2) }))).toEqual(open('ocsp-stale'));
  });

  it('an answer that somebody else signed', async () => {
    const stranger = issue({ subject: '/CN=STRANGER/C=KZ', key: keyOf('stranger'), extensions: ['extendedKeyUsage=OCSPSigning'] });
    server.answer('/ocsp', respondWith(opensslResponder({ issuer: authority, known: [signer], responder: stranger })));
    expect(outcomeOf(await judge())).toEqual(open('ocsp-responder-not-authorised'));
  });

  it('a revoked certificate is never good again because the next asking fails', async () => {
    server.answer('/ocsp', respondWith(opensslResponder({ issuer: authority, known: [signer], revoked: [{ certificate: signer }] })));
    expect(outcomeOf(await judge())[0]).toBe('INDETERMINATE/REVOKED_NO_POE');
  });

  it('nobody is asked on behalf of a forgery', async () => {
    server.answer('/ocsp', respondWith(responder));
    const before = server.asked.length;
    const other = signerNaming({ ocsp: server.url('/ocsp') });
    const cms = signCms({ content: Buffer.from('other content'), signers: [other] });
    const { report, attempts } = await verifyAsking(sourceFor([server.port]), other, { cms });
    expect([report.overall, attempts, server.asked.length]).toEqual(['invalid', [], before]);
  });
});

describe('a server below HTTP', () => {
  const judgeAt = async (port: number, timeoutMs = SHORT_MS) =>
    outcomeOf(await verifyAsking(sourceFor([port], { timeoutMs }), signerNaming({ ocsp: `http://127.0.0.1:${port}/` })));

  it('nobody listens', async () => expect(await judgeAt(await deadPort())).toEqual(open('ocsp-unreachable')));

  it('takes the connection and says nothing', async () => {
    expect(await judgeAt(await startRawServer(() => undefined))).toEqual(open('ocsp-timeout'));
  });

  it('says one octet at a time for ever', async () => {
    const port = await startRawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n');
      const drip = setInterval(() => socket.write('x'), 20);
      socket.on('close', () => clearInterval(drip));
    });
    expect(await judgeAt(port)).toEqual(open('ocsp-timeout'));
  });

  it('hangs up at once', async () => {
    expect(await judgeAt(await startRawServer((socket) => socket.destroy()))).toEqual(open('ocsp-unreachable'));
  });

  it('speaks something else', async () => {
    expect(await judgeAt(await startRawServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')), 5_000)).toEqual(open('ocsp-not-http'));
  });
});

describe('a list that does not come right leaves the verdict open', () => {
  const signer = signerNaming({ crl: server.url('/list.crl') });
  const judge = (dir: string | null = null) => verifyAsking(sourceFor([server.port], { dir }), signer);
  const list = issueCrl(authority);

  it('a good one decides', async () => {
    server.answer('/list.crl', list);
    expect(outcomeOf(await judge())).toEqual(['TOTAL-PASSED', 'ok']);
  });

  it.each<[string, string, Uint8Array]>([
    ['cut off', 'crl-malformed', list.subarray(0, list.length - 20)],
    ['of another authority', 'crl-other-subject', issueCrl(standardHierarchy().root)],
    ['a certificate', 'crl-malformed', authority.der],
    ['out of date', 'crl-stale', issueCrl(authority, { from: daysFromNow(-3), to: daysFromNow(-2) })],
    [
      'forged',
      'crl-signature-invalid',
      issueCrl(issue({ subject: authority.subject, key: keyOf('stranger'), extensions: ['basicConstraints=critical,CA:TRUE'] })),
    ],
  ])('%s', async (_, reason, bytes) => {
    server.answer('/list.crl', bytes);
    expect(outcomeOf(await judge())).toEqual(open(reason));
  });

  it('beyond the size of any list', async () => {
    server.answer('/list.crl', (_, response) => response.writeHead(200, { 'content-length': 65 * 1024 * 1024 }).write('x'));
    expect(outcomeOf(await judge())).toEqual(open('crl-too-large'));
  });
});

it('all the asking for one verification ends within its budget, whatever the servers do', async () => {
  const silent = await Promise.all([1, 2, 3].map(() => startRawServer(() => undefined)));
  const signer = signerNaming({
    ocsp: `http://127.0.0.1:${silent[0]}/`,
    crl: `http://127.0.0.1:${silent[1]}/`,
    issuer: `http://127.0.0.1:${silent[2]}/`,
  });
  const { attempts, signature } = await verifyAsking(sourceFor(silent, { timeoutMs: 60_000 }), signer, { budgetMs: SHORT_MS });
  // A timer may go off within the millisecond before the budget is over: then the list is still asked, for no time at all.
  expect(attempts.map(({ kind, outcome }) => [kind, outcome])).toEqual([
    ['ocsp', 'timeout'],
    ['crl', expect.stringMatching(/^(no-time-left|timeout)$/)],
  ]);
  expect(conclusionOf(signature)).toBe('INDETERMINATE/TRY_LATER');
});

it('a host that did not answer is left alone for a while, and asked again when the line is back', async () => {
  let accepted = 0;
  const port = await startRawServer(() => {
    accepted++;
  });
  const signer = signerNaming({ ocsp: `http://127.0.0.1:${port}/` });
  const source = sourceFor([port], { timeoutMs: SHORT_MS });
  for (let i = 0; i < 3; i++) expect(outcomeOf(await verifyAsking(source, signer))).toEqual(open('ocsp-timeout'));
  expect(accepted).toBe(1);
  source.lineReturned();
  await verifyAsking(source, signer);
  expect(accepted).toBe(2);
});

it('a source that is stopped lets go of what is under way', async () => {
  const port = await startRawServer(() => source.stop());
  const source = sourceFor([port], { timeoutMs: 60_000 });
  expect(outcomeOf(await verifyAsking(source, signerNaming({ ocsp: `http://127.0.0.1:${port}/` })))).toEqual(open('ocsp-unreachable'));
});
