import fs from 'node:fs';
import path from 'node:path';
import type { Session } from '../../shared/contract/index.ts';
import { ok, type Result } from '../../shared/result.ts';
import { exportJournal } from '../journal/index.ts';
import type { CoreContext } from './core-context.ts';
import { handOutMade } from './hand-out.ts';
import { journalExportParts } from './journal-exports.ts';

/** By the id of its making, so that no file that somebody has put here is taken for one. */
const LEFT_OVER = /^journal-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.gz(?:\.part)?$/;

/** The archive tells of itself, so it is made for a chosen place: written beside the database, sealed into the documents, and taken away again before it is saved. */
export async function saveJournal(
  context: Pick<CoreContext, 'desk' | 'shell' | 'session'>,
  by: Session,
  { fileName, period }: Pick<Parameters<typeof exportJournal>[1], 'period'> & { readonly fileName: string },
): Promise<Result<boolean>> {
  const { desk } = context;
  const file = path.join(desk.config.profileDir, `journal-${desk.config.newId()}.gz`);
  try {
    return await handOutMade(context, by, fileName, async () => {
      const made = await exportJournal(journalExportParts(desk), { file, period, actor: by.userId });
      if (!made.ok) return made;
      const { sha256 } = made.value;
      const put = async () => {
        const sealed = await desk.blobs.fetch(sha256, fs.statSync(file).size, (start) => fs.createReadStream(file, { start }));
        fs.rmSync(file, { force: true });
        return sealed;
      };
      return ok({ sha256, put });
    });
  } finally {
    fs.rmSync(file, { force: true });
  }
}

/** Takes away what a program that died while it wrote an archive has left in plain. */
export function sweepJournalArchives(profileDir: string): void {
  for (const name of fs.readdirSync(profileDir)) if (LEFT_OVER.test(name)) fs.rmSync(path.join(profileDir, name), { force: true });
}
