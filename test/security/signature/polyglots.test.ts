import { describe, expect, it } from 'vitest';
import { forgeEnveloped } from '../../support/forge-xml.ts';
import { signCms, standardHierarchy } from '../../support/openssl-pki.ts';
import { appendRevision, PAGE, signPdfByOpenssl, stream, writePdf } from '../../support/raw-pdf.ts';
import { conclusionOf, verify } from '../../support/verify-signature.ts';

const { person } = standardHierarchy();
const plain = writePdf(PAGE);

describe('a message that carries a PDF', () => {
  const message = signCms({ content: plain, signers: [person], attached: true });

  it('is the message, not the PDF within', async () => {
    expect(await verify(message, { file: 'claim.p7s' })).toMatchObject({ format: 'cms', overall: 'valid', flags: [] });
    expect((await verify(message, { content: plain })).overall).toBe('valid');
    expect((await verify(message, { content: Buffer.from('басқа') })).overall).toBe('invalid');
  });

  it('says so where its name lets it pass for a PDF', async () => {
    expect((await verify(message, { file: 'claim.pdf' })).flags).toEqual(['NOT_PDF']);
    const other = Buffer.concat([message, writePdf({ ...PAGE, 4: stream('BT (9 999 999) Tj ET') })]);
    expect((await verify(other, { file: 'claim.PDF' })).flags).toEqual(['NOT_PDF', 'TRAILING_DATA']);
  });

  it('that is damaged is a damaged message, not an unsigned PDF', async () => {
    expect(await verify(message.subarray(0, message.length - 9))).toMatchObject({
      format: 'cms',
      overall: 'invalid',
      flags: ['MALFORMED'],
    });
  });
});

describe('signed XML that holds a PDF in a comment', () => {
  const signed = Buffer.from(forgeEnveloped(person, '<sum>1 000 000</sum>'));
  const polyglot = Buffer.concat([Buffer.from('<!--'), plain, Buffer.from('-->'), signed]);

  it('is signed XML, and no PDF whatever it is called', async () => {
    expect(await verify(signed, { file: 'claim.xml' })).toMatchObject({ format: 'xmldsig', overall: 'valid', flags: [] });
    expect((await verify(polyglot, { file: 'claim.xml' })).format).toBe('xmldsig');
    expect((await verify(polyglot, { file: 'claim.pdf' })).flags).toContain('NOT_PDF');
  });
});

it('headers of a PEM block are passed over, and are no part of the message', async () => {
  const lines = Buffer.from(signCms({ content: plain, signers: [person], attached: true })).toString('base64');
  const block = (headers: string) => Buffer.from(`-----BEGIN CMS-----\r\n${headers}${lines}\r\n-----END CMS-----\r\n`);
  expect((await verify(block('Comment: талап\r\nX: y\r\n\r\n'))).overall).toBe('valid');
  expect((await verify(block(''))).overall).toBe('valid');
  expect((await verify(block('Comment: no empty line\r\n'))).overall).not.toBe('valid');
});

it('a signature cannot hide behind thousands of words that look like one', async () => {
  const words = (count: number) => stream('/ByteRange '.repeat(count));
  const signed = (count: number) => signPdfByOpenssl(writePdf({ ...PAGE, 9: words(count) }), { signer: person, field: 17 });
  expect((await verify(signed(4_000), { file: 'claim.pdf' })).overall).toBe('valid');
  const { overall, signatures } = await verify(signed(5_000), { file: 'claim.pdf' });
  expect([overall, signatures.map(conclusionOf)]).toEqual(['invalid', ['TOTAL-FAILED/FORMAT_FAILURE']]);
  const hidden = appendRevision(signPdfByOpenssl(plain, { signer: person, field: 7 }), { 50: words(5_000) });
  expect((await verify(hidden, { file: 'claim.pdf' })).overall).not.toBe('valid');
});
