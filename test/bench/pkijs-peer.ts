import { webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Certificate, ContentInfo, CryptoEngine, setEngine, SignedData } from 'pkijs';

/** Milliseconds per file of PKI.js: digest, signature and chain, no revocation. */
export async function verifyWithPkijs(
  files: readonly { readonly content: string; readonly signature: string }[],
  anchors: readonly Uint8Array[],
  chain: readonly Uint8Array[],
): Promise<number> {
  setEngine('node', new CryptoEngine({ name: 'node', crypto: webcrypto as never }));
  const certificate = (der: Uint8Array): Certificate => Certificate.fromBER(Uint8Array.from(der));
  const trustedCerts = anchors.map(certificate);
  const started = performance.now();
  for (const file of files) {
    const info = ContentInfo.fromBER(Uint8Array.from(readFileSync(file.signature)));
    const signed = new SignedData({ schema: info.content });
    signed.certificates = [...(signed.certificates ?? []), ...chain.map(certificate)];
    const result = await signed.verify({
      signer: 0,
      data: Uint8Array.from(readFileSync(file.content)).buffer,
      trustedCerts,
      checkChain: true,
    });
    if (!result) throw new Error('PKI.js does not verify');
  }
  return (performance.now() - started) / files.length;
}
