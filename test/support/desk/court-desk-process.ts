/**
 * One desk of a shared court as a process of its own, to be killed. Its only argument says how to open it; then it does what its parent
 * asks, one after the other, and tells what came of it.
 */
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { openDesk, resume } from '../../../main/core/index.ts';
import { openDataKey } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import { doWork, type DeskHands } from './desk-steps.ts';

export type CourtDeskStart = {
  readonly profileDir: string;
  readonly registryUrl: string;
  readonly sharesQueue: boolean;
  /** How far its clock is from that of this machine. */
  readonly clockMs: number;
};
/** `clockMs` follows the time that has passed in the test. */
export type CourtDeskQuestion = { readonly name: keyof DeskHands; readonly args: readonly unknown[]; readonly clockMs: number };
export type CourtDeskAnswer = { readonly value: unknown } | { readonly error: string };

const start = JSON.parse(process.argv[2]!) as CourtDeskStart;
let { clockMs } = start;
const clock = () => new Date(Date.now() + clockMs).toISOString();
const { profileDir, registryUrl, sharesQueue } = start;
const key = openDataKey(profileDir, { kind: 'open' });
if (!key.ok) throw new Error(key.error.code);
const tokenHost = createTokenHost(() => Promise.resolve(null));
const config = { profileDir, dataKey: key.value, resourcesDir: path.resolve('resources'), registryUrl, clock, newId, sharesQueue };
const opened = await openDesk(config, { tokenHost });
if (!opened.ok) throw new Error(opened.error.code);
const desk = opened.value;
resume(desk);

process.on('message', (question: CourtDeskQuestion) => {
  clockMs = question.clockMs;
  const tell = (answer: CourtDeskAnswer) => process.send?.(answer);
  doWork(desk, question.name, question.args).then(
    (value) => tell({ value }),
    (error: unknown) => tell({ error: error instanceof Error ? (error.stack ?? error.message) : 'unknown' }),
  );
});
process.once('disconnect', () => process.exit(0));
process.send?.({ value: null } satisfies CourtDeskAnswer);
