import { takeText } from '../checking/index.ts';
import { extractTexts, type TextHook } from '../documents/index.ts';
import { isDiskFull } from '../store/index.ts';
import type { CoreContext } from './core-context.ts';
import type { Desk } from './desk.ts';

/** What else is made of the text of a document, in the transaction that keeps it. */
const textHooks = ({ reference, profile }: Desk): readonly TextHook[] => [
  (tx, text) => takeText(tx, { reference, court: profile.court.code }, text),
];

/** Reads the text of what has arrived, beside the rounds and never in their way. Returns the filings that are read whole now. */
export const readTexts = (desk: Desk, goesOn?: () => boolean, onText?: TextHook): Promise<Set<string>> => {
  const { store, blobs, documentReaders, config } = desk;
  const hooks = [...textHooks(desk), ...(onText ? [onText] : [])];
  return extractTexts({ store, blobs, reader: documentReaders.background, clock: config.clock, hooks }, goesOn);
};

/** `wake` goes on with what is due; `stop` ends it and waits for what is under way. */
export function createTextReading(desk: Desk, emit: CoreContext['emit']): { wake(): void; stop(): Promise<void> } {
  let running: Promise<void> | null = null;
  let stopped = false;

  const tell = (filingIds: Iterable<string>) => {
    if (!stopped) emit('work.changed', { filingIds: [...filingIds], arrived: 0 });
  };
  async function run(): Promise<void> {
    try {
      // whoever has a filing open sees at once what its text gave; the others can wait for the last of them
      const onText: TextHook = (_tx, { filingId }) => desk.leases.current() === filingId && tell([filingId]);
      const filingIds = await readTexts(desk, () => !stopped, onText);
      if (filingIds.size > 0) tell(filingIds);
    } catch (error) {
      // a full disk is told by the round; what is due stays due
      if (!isDiskFull(error))
        process.stderr.write(`bug in reading texts: ${error instanceof Error ? (error.stack ?? error.name) : typeof error}\n`);
    }
  }

  return {
    wake() {
      if (!stopped) running ??= run().finally(() => (running = null));
    },
    async stop() {
      stopped = true;
      await desk.documentReaders.background.close();
      await running;
    },
  };
}
