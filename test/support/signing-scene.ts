import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { readPdf } from '../../main/pdf/read-pdf.ts';
import { listSignatures } from '../../main/pdf/pdf-signatures.ts';
import { opensslResponder, respondWith, type EvidenceServer } from './evidence-server.ts';
import { daysFromNow, issue, keyOf, openssl, PERSON, SIGNING_EXTENSIONS, standardHierarchy, type Certificate } from './openssl-pki.ts';
import { answerTimestampRequest, TSA_EXTENSIONS } from './openssl-tsa.ts';
import { tempDir } from './temp-dir.ts';

export const PIN = '123456';

/** A judge's key file, a timestamp authority and a responder behind a server, all under the standard hierarchy. */
export type SigningScene = {
  readonly dir: string;
  readonly judge: Certificate;
  readonly tsa: Certificate;
  readonly p12: string;
  /** The authority’s address; it answers until a test says otherwise. */
  readonly tsaUrl: string;
  readonly tsaAnswers: () => void;
  /** Options of the command line that name the trust of the scene; revocation of the judge and the authority is asked of the server. */
  readonly trust: readonly string[];
  save(name: string, bytes: Uint8Array): string;
};

export function signingScene(server: EvidenceServer): SigningScene {
  const { root, authority, crls } = standardHierarchy();
  const dir = tempDir();
  const save = (name: string, bytes: Uint8Array): string => {
    writeFileSync(join(dir, name), bytes);
    return join(dir, name);
  };
  const access = [`authorityInfoAccess=OCSP;URI:${server.url('/ocsp')}`, `crlDistributionPoints=URI:${server.url('/absent.crl')}`];
  const judge = issue({ subject: PERSON, key: keyOf('judge'), issuer: authority, extensions: [...SIGNING_EXTENSIONS, ...access] });
  const tsa = issue({
    subject: '/CN=TSA SERVICE/C=KZ',
    key: keyOf('scene-tsa'),
    issuer: authority,
    extensions: [...TSA_EXTENSIONS, 'authorityKeyIdentifier=keyid', ...access],
    to: daysFromNow(1500),
  });
  const p12 = join(dir, 'judge.p12');
  openssl('pkcs12', '-export', '-inkey', judge.key, '-in', judge.pem, '-certfile', authority.pem, '-passout', `pass:${PIN}`, '-out', p12);
  const tsaAnswers = () =>
    server.answer('/tsa', (asked, response) => {
      response
        .writeHead(200, { 'content-type': 'application/timestamp-reply' })
        .end(answerTimestampRequest(asked.body, { authority: tsa }));
    });
  tsaAnswers();
  server.answer('/ocsp', respondWith(opensslResponder({ issuer: authority, known: [judge, tsa], minutes: 60 })));
  return {
    dir,
    judge,
    tsa,
    p12,
    tsaUrl: server.url('/tsa'),
    tsaAnswers,
    trust: ['--anchor', root.pem, '--cert', authority.pem, '--crl', save('root.crl', crls[0]!)],
    save,
  };
}

export async function paper(text = 'Act'): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage([595, 842]).drawText(text);
  return document.save({ useObjectStreams: false });
}

/** The message in a signature of a PDF and the bytes it is over, as files for OpenSSL. */
export function extractSignature(pdf: Uint8Array, dir: string, index = 0): { cms: string; content: string } {
  const { byteRange, contents } = listSignatures(readPdf(pdf))[index]!;
  const [, holeStart, holeEnd, rest] = byteRange as [number, number, number, number];
  const [cms, content] = [join(dir, `extracted-${index}.der`), join(dir, `extracted-${index}.bin`)];
  writeFileSync(cms, contents);
  writeFileSync(content, Buffer.concat([pdf.subarray(0, holeStart), pdf.subarray(holeEnd, holeEnd + rest)]));
  return { cms, content };
}

/**
 * What OpenSSL says of the message over its bytes; throws when it does not verify.
 * @param trusted false: by the certificate that it carries, whoever issued it.
 */
export function opensslVerifies(pdf: Uint8Array, dir: string, index = 0, trusted = true): string {
  const { root } = standardHierarchy();
  const { cms, content } = extractSignature(pdf, dir, index);
  execFileSync(
    'openssl',
    [
      ...['cms', '-verify', '-binary', '-inform', 'DER', '-in', cms, '-content', content, '-CAfile', root.pem],
      ...['-purpose', 'any', '-out', '/dev/null', ...(trusted ? ['-cades'] : ['-noverify'])],
    ],
    { stdio: 'pipe' },
  );
  return execFileSync('openssl', ['cms', '-cmsout', '-print', '-inform', 'DER', '-in', cms], { encoding: 'utf8' });
}
