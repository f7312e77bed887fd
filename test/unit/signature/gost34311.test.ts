import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createHasher, digestOf } from '../../../main/signature/algorithms/hash.ts';
import { writeTemporary } from '../../support/openssl-pki.ts';

const hash = (message: Uint8Array) => Buffer.from(digestOf('GOST34311', message)!).toString('hex');

/** gostsum writes the highest octet first, the hash is its lowest first. */
function gostsum(messages: readonly Uint8Array[]): string[] {
  const lines = execFileSync('gostsum', ['-t', ...messages.map((message) => writeTemporary('message', message))], { encoding: 'utf8' });
  return lines
    .trim()
    .split('\n')
    .map((line) => Buffer.from(line.slice(0, 64), 'hex').reverse().toString('hex'));
}

describe('ГОСТ 34.311-95', () => {
  it('gives what RFC 5831 §7.3 gives', () => {
    expect(hash(Buffer.from('This is message, length=32 bytes'))).toBe('b1c466d37519b82e8319819ff32595e047a28cb6f83eff1c6916a815a637fffa');
    expect(hash(Buffer.from('Suppose the original message has length = 50 bytes'))).toBe(
      '471aba57a60a770d3a76130635c1fbea4ef14de51f78b4ae57dd893b62f55208',
    );
  });

  it('of nothing is that of no block at all, as in the published table of values', () => {
    expect(hash(new Uint8Array())).toBe('ce85b99cc46752fffee35cab9a7b0278abb4c2d2055cff685af4912c49490f8d');
  });

  it('agrees with gostsum at every length around its blocks', () => {
    const messages = [...Array.from({ length: 100 }, (_, length) => randomBytes(length + 1)), randomBytes(10_007), Buffer.alloc(320, 0xff)];
    expect(messages.map(hash)).toEqual(gostsum(messages));
  });

  it('does not depend on how the message is cut', () => {
    const message = randomBytes(500);
    for (const cut of [1, 7, 31, 32, 33, 64, 499]) {
      const hasher = createHasher('GOST34311');
      for (let at = 0; at < message.length; at += cut) hasher.update(message.subarray(at, at + cut));
      expect(Buffer.from(hasher.digest()).toString('hex'), `${cut}`).toBe(hash(message));
    }
  });
});
