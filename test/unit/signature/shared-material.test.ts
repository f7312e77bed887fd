import { describe, expect, it } from 'vitest';
import { createMaterialReceiver, createMaterialSender } from '../../../main/signature/worker/shared-material.ts';

const piece = (octets: number): Uint8Array => new Uint8Array(octets);
const material = (crls: readonly Uint8Array[]) => ({ anchors: [], certs: [], crls, ocsp: [] });
const MB = 1024 * 1024;

describe('trust material on its way to the thread', () => {
  it('travels piece by piece, each once, and arrives whole', () => {
    const [send, receive] = [createMaterialSender(Uint8Array.from.bind(Uint8Array)), createMaterialReceiver()];
    const [list, answer] = [Uint8Array.of(1, 2), Uint8Array.of(3)];
    const first = send(material([list]));
    expect(first.fresh).toHaveLength(1);
    expect(receive(first)).toEqual(material([list]));
    const second = send(material([list, answer]));
    expect(second.fresh.map(([, fresh]) => fresh)).toEqual([answer]);
    expect(receive(second)).toEqual(material([list, answer]));
  });

  it('is the same object when it is the same again, with what was computed over it', () => {
    const [send, receive] = [createMaterialSender((bytes) => bytes), createMaterialReceiver()];
    const trust = material([piece(3)]);
    expect(receive(send(trust))).toBe(receive(send({ ...trust })));
  });

  it('is forgotten beyond a size, but never what is in use', () => {
    const [send, receive] = [createMaterialSender((bytes) => bytes), createMaterialReceiver()];
    const [old, large, huge] = [piece(10 * MB), piece(80 * MB), piece(100 * MB)];
    receive(send(material([old])));
    const next = send(material([large, huge]));
    expect([next.fresh.length, next.dropped.length]).toEqual([2, 1]);
    expect(receive(next).crls.map(({ length }) => length)).toEqual([80 * MB, 100 * MB]);
    const again = send(material([old]));
    expect(again.fresh).toHaveLength(1);
    expect(receive(again).crls[0]).toHaveLength(10 * MB);
  });
});
