import type { TrustMaterial } from '../trust/trust-material.ts';

/**
 * Trust material on its way to the thread: each certificate, list and answer travels once, however many materials hold it, so that a
 * national list is neither copied nor read again because an answer was added to it.
 */
export type SharedMaterial = {
  readonly lists: Readonly<Record<keyof TrustMaterial, readonly number[]>>;
  readonly fresh: readonly (readonly [id: number, piece: Uint8Array])[];
  /** What is to be forgotten. */
  readonly dropped: readonly number[];
};

/** The thread keeps pieces up to this size in all, and those in use. */
const KEPT_OCTETS = 96 * 1024 * 1024;
/** A desk has one material, a batch may alternate between a few. */
const KEPT_MATERIALS = 4;

/** The side that hands over; knows what the other still has. */
export function createMaterialSender(copy: (piece: Uint8Array) => Uint8Array): (trust: TrustMaterial) => SharedMaterial {
  const kept = new Map<Uint8Array, number>();
  let octets = 0;
  let last = 0;
  return (trust) => {
    const fresh: [number, Uint8Array][] = [];
    const idOf = (piece: Uint8Array): number => {
      let id = kept.get(piece);
      if (id === undefined) {
        id = ++last;
        octets += piece.length;
        fresh.push([id, copy(piece)]);
      }
      kept.delete(piece);
      kept.set(piece, id);
      return id;
    };
    const lists = eachList(trust, (pieces) => pieces.map(idOf));
    const used = new Set(Object.values(lists).flat());
    const dropped: number[] = [];
    for (const [piece, id] of kept) {
      if (octets <= KEPT_OCTETS || used.has(id)) break;
      kept.delete(piece);
      octets -= piece.length;
      dropped.push(id);
    }
    return { lists, fresh, dropped };
  };
}

/** The side that takes: the same pieces in the same order are the same material, with what was computed over it. */
export function createMaterialReceiver(): (material: SharedMaterial) => TrustMaterial {
  const pieces = new Map<number, Uint8Array>();
  const materials = new Map<string, TrustMaterial>();
  return ({ lists, fresh, dropped }) => {
    for (const id of dropped) pieces.delete(id);
    for (const [id, piece] of fresh) pieces.set(id, piece);
    const key = JSON.stringify(lists);
    const trust = materials.get(key) ?? eachList(lists, (ids) => ids.map((id) => pieceOf(pieces, id)));
    materials.delete(key);
    materials.set(key, trust);
    for (const old of [...materials.keys()].slice(0, -KEPT_MATERIALS)) materials.delete(old);
    return trust;
  };
}

function pieceOf(pieces: ReadonlyMap<number, Uint8Array>, id: number): Uint8Array {
  const piece = pieces.get(id);
  if (piece === undefined) throw new Error('never handed over');
  return piece;
}

function eachList<A, B>(material: Readonly<Record<keyof TrustMaterial, A>>, change: (list: A) => B): Record<keyof TrustMaterial, B> {
  const { anchors, certs, crls, ocsp } = material;
  return { anchors: change(anchors), certs: change(certs), crls: change(crls), ocsp: change(ocsp) };
}
