import type { MessagePort } from 'node:worker_threads';
import { contentFromFile, contentFromStream, type ContentSource } from '../content-source.ts';
import type { Policy } from '../policy/policy.ts';
import type { TrustMaterial } from '../trust/trust-material.ts';
import { verifyFile, type Verification } from '../verify-file.ts';
import { createMaterialReceiver } from './shared-material.ts';
import type { FromWorker, ToWorker, UsedPiece, WorkerAnswer, WorkerRequest } from './messages.ts';

/** Verifies what comes in over the port, one file after another. */
export function serveWorker(port: MessagePort): void {
  const receive = createMaterialReceiver();
  let policy: Policy | null = null;
  const waiting = new Map<number, (piece: Uint8Array | null | 'failed') => void>();
  let streams = 0;
  const send = (message: FromWorker): void => port.postMessage(message);

  port.on('message', (message: ToWorker) => {
    if (message.type === 'piece') {
      const settle = waiting.get(message.stream);
      waiting.delete(message.stream);
      settle?.(message.piece);
      return;
    }
    void answer(message.request).then(send, (error: unknown) => {
      throw error;
    });
  });

  async function answer(request: WorkerRequest): Promise<FromWorker> {
    const trust = receive(request.trust);
    policy = request.policy ?? policy;
    if (policy === null) throw new Error('never handed over');
    const { file, bytes, at, receivedAt } = request;
    const content =
      request.content === null ? null : request.content === 'pulled' ? pulledContent() : contentFromFile(request.content.file);
    const result = await verifyFile({ file, bytes, content, trust, policy, at, ...(receivedAt === null ? {} : { receivedAt }) });
    return { type: 'answer', answer: result.ok ? { ok: true, value: packed(result.value, trust) } : result };
  }

  function pulledContent(): ContentSource {
    return contentFromStream(async function* () {
      const stream = ++streams;
      for (;;) {
        const piece = await new Promise<Uint8Array | null | 'failed'>((settle) => {
          waiting.set(stream, settle);
          send({ type: 'pull', stream });
        });
        if (piece === 'failed') throw new Error('content failed');
        if (piece === null) return;
        yield piece;
      }
    });
  }
}

const isSameMemory = (a: Uint8Array, b: Uint8Array): boolean =>
  a.buffer === b.buffer && a.byteOffset === b.byteOffset && a.length === b.length;

function packed({ report, used, wanted }: Verification, trust: TrustMaterial): WorkerAnswer {
  const places = (kind: keyof TrustMaterial): UsedPiece[] =>
    used[kind].map((piece) => {
      const place = trust[kind].findIndex((item) => isSameMemory(item, piece));
      return place >= 0 ? place : Uint8Array.from(piece);
    });
  return {
    report,
    used: { anchors: places('anchors'), certs: places('certs'), crls: places('crls'), ocsp: places('ocsp') },
    wanted: wanted.map(({ kind, certificate, issuer }) => ({
      kind,
      certificate: Uint8Array.from(certificate.der),
      issuer: issuer && Uint8Array.from(issuer.der),
    })),
  };
}
