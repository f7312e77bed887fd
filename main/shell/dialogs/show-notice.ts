import type { Failure } from '../../../shared/result.ts';
import type { NoticeQuestion } from './dialog-messages.ts';
import { appearanceOf, openDialog, type DialogLook } from './open-dialog.ts';

const NOTICE_SIZE = { width: 560, height: 330 };

/** A window of its own that says why nothing opens. Answers the chosen action, or null when it was closed. */
export async function showNotice<Id extends string>(
  look: DialogLook,
  notice: { heading: string; body: readonly string[]; actions: readonly { id: Id; label: string }[] },
  unwanted?: AbortSignal,
): Promise<Id | null> {
  const question: NoticeQuestion = { ...appearanceOf(look), windowTitle: look.texts.text('shell.title'), ...notice };
  const dialog = { page: 'notice.html', preload: 'notice-preload.cjs', size: NOTICE_SIZE, parent: null } as const;
  const answer = await openDialog(dialog, question, unwanted);
  return notice.actions.find(({ id }) => id === answer)?.id ?? null;
}

/** The texts of a failure code, as everywhere else in the program, and the only thing left to do. */
export async function showFailure(look: DialogLook, failure: Failure): Promise<void> {
  const { text } = look.texts;
  await showNotice(look, {
    heading: text(`error.${failure.code}.title`, failure.params),
    body: [text(`error.${failure.code}.body`, failure.params), `${text('shell.errorCode')} ${failure.code}`],
    actions: [{ id: 'quit', label: text('shell.quit') }],
  });
}
