import type { Failure } from '../../../shared/result.ts';
import type { ShellTexts } from '../shell-texts.ts';
import type { NoticeQuestion } from './dialog-messages.ts';
import { darkNow, openDialog } from './open-dialog.ts';

const NOTICE_SIZE = { width: 560, height: 300 };

/** A window of its own that says why nothing opens. Answers the chosen action, or null when it was closed. */
export async function showNotice<Id extends string>(
  texts: ShellTexts,
  notice: { heading: string; body: readonly string[]; actions: readonly { id: Id; label: string }[] },
  unwanted?: AbortSignal,
): Promise<Id | null> {
  const { language, text } = texts;
  const question: NoticeQuestion = { language, dark: darkNow(), windowTitle: text('shell.title'), ...notice };
  const dialog = { page: 'notice.html', preload: 'notice-preload.cjs', size: NOTICE_SIZE, parent: null } as const;
  const answer = await openDialog(dialog, question, unwanted);
  return notice.actions.find(({ id }) => id === answer)?.id ?? null;
}

/** The texts of a failure code, as everywhere else in the program, and the only thing left to do. */
export async function showFailure(texts: ShellTexts, failure: Failure): Promise<void> {
  const { text } = texts;
  await showNotice(texts, {
    heading: text(`error.${failure.code}.title`, failure.params),
    body: [text(`error.${failure.code}.body`, failure.params), `${text('shell.errorCode')} ${failure.code}`],
    actions: [{ id: 'quit', label: text('shell.quit') }],
  });
}
