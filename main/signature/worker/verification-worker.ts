import { Worker } from 'node:worker_threads';
import { ok, type Result } from '../../../shared/result.ts';
import { readCertificate } from '../certificates/read-certificate.ts';
import type { ContentSource } from '../content-source.ts';
import type { WantedEvidence } from '../evidence/ledger.ts';
import type { TrustMaterial } from '../trust/trust-material.ts';
import type { Policy } from '../policy/policy.ts';
import { reportLimit, type Verification, type VerifyInput } from '../verify-file.ts';
import { createMaterialSender } from './shared-material.ts';
import type { FromWorker, ToWorker, UsedPiece, WorkerAnswer } from './messages.ts';

/** Verifies files as verifyFile does. */
export type Verifier = {
  readonly verify: (input: VerifyInput) => Promise<Result<Verification>>;
  /** Ends the thread; a file under way gets the report of one that broke the limits. */
  close(): Promise<void>;
};

export type WorkerLimits = { /** For one file, its content included. */ readonly timeoutMs: number; readonly heapMb: number };

export const WORKER_LIMITS: WorkerLimits = { timeoutMs: 15_000, heapMb: 320 };

/**
 * Verifies in a thread of its own, one file after another: a file that takes too long or too much memory costs the thread, not the
 * program, and is undecided. The thread is started when it is first needed.
 * @param entry file of the thread, process.ts beside this one or what was built from it.
 */
export function createVerificationWorker(entry: string, limits: WorkerLimits = WORKER_LIMITS): Verifier {
  let worker: Worker | null = null;
  let share = createMaterialSender(alone);
  let policyThere: Policy | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const stop = async (): Promise<void> => {
    const ending = worker;
    worker = null;
    share = createMaterialSender(alone);
    policyThere = null;
    await ending?.terminate();
  };

  async function run(input: VerifyInput): Promise<Result<Verification>> {
    const thread = (worker ??= startThread(entry, limits.heapMb));
    const answer = await new Promise<Result<WorkerAnswer> | null>((settle) => {
      const pieces = createPieces(input.content);
      const finish = (result: Result<WorkerAnswer> | null): void => {
        clearTimeout(timer);
        thread.off('message', hear).off('error', fall).off('exit', fall);
        settle(result);
      };
      const fall = (): void => finish(null);
      const hear = (message: FromWorker): void => {
        if (message.type === 'answer') finish(message.answer);
        else
          void pieces(message.stream).then((piece) =>
            thread.postMessage({ type: 'piece', stream: message.stream, piece } satisfies ToWorker),
          );
      };
      const timer = setTimeout(fall, limits.timeoutMs);
      thread.on('message', hear).on('error', fall).on('exit', fall);
      const { file, bytes, content, trust, policy, at, receivedAt = null } = input;
      thread.postMessage({
        type: 'verify',
        request: {
          file,
          bytes: alone(bytes),
          content: content?.file === undefined ? content && 'pulled' : { file: content.file },
          trust: share(trust),
          policy: policy === policyThere ? null : policy,
          at,
          receivedAt,
        },
      } satisfies ToWorker);
      policyThere = policy;
    });
    if (answer === null) {
      await stop();
      return ok(reportLimit(input));
    }
    return answer.ok ? ok(unpacked(answer.value, input.trust)) : answer;
  }

  return {
    verify: (input) => {
      const turn = last.then(() => run(input));
      last = turn.catch(() => undefined);
      return turn;
    },
    close: stop,
  };
}

function startThread(entry: string, heapMb: number): Worker {
  const thread = new Worker(entry, { resourceLimits: { maxOldGenerationSizeMb: heapMb }, execArgv: process.execArgv.filter(isForThreads) });
  // What goes wrong in it is answered for the file under way; a thread that waits keeps no program alive.
  thread.on('error', () => undefined);
  thread.unref();
  return thread;
}

/** Flags of the main thread that a thread of its own understands and needs. */
const isForThreads = (flag: string): boolean => flag.startsWith('--disable-warning') || flag.startsWith('--experimental-strip-types');

/** A message copies the whole memory behind a view, so a part of a larger one is cut out first. */
const alone = (bytes: Uint8Array): Uint8Array => (bytes.length === bytes.buffer.byteLength ? bytes : Uint8Array.from(bytes));

/** Hands out the content piece by piece, anew for each stream that is opened. */
function createPieces(content: ContentSource | null): (stream: number) => Promise<Uint8Array | null | 'failed'> {
  const open = new Map<number, AsyncIterator<Uint8Array>>();
  return async (stream) => {
    try {
      let pieces = open.get(stream);
      if (pieces === undefined) {
        if (content === null) return 'failed';
        pieces = content.open()[Symbol.asyncIterator]();
        open.set(stream, pieces);
      }
      const next = await pieces.next();
      return next.done ? null : alone(next.value);
    } catch {
      return 'failed';
    }
  };
}

function unpacked({ report, used, wanted }: WorkerAnswer, trust: TrustMaterial): Verification {
  const pieces = (kind: keyof TrustMaterial): Uint8Array[] =>
    used[kind].flatMap((piece: UsedPiece) => (typeof piece === 'number' ? (trust[kind][piece] ?? []) : piece));
  return {
    report,
    used: { anchors: pieces('anchors'), certs: pieces('certs'), crls: pieces('crls'), ocsp: pieces('ocsp') },
    wanted: wanted.flatMap(({ kind, certificate, issuer }): WantedEvidence | [] => {
      const [subject, from] = [readCertificate(certificate), issuer && readCertificate(issuer)];
      return subject ? { kind, certificate: subject, issuer: from } : [];
    }),
  };
}
