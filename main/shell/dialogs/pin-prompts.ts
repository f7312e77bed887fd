import type { BrowserWindow } from 'electron';
import type { Session } from '../../../shared/contract/index.ts';
import type { PinAnswer, PinPrompt, PinState, PinWay, SigningDisplay } from '../../token/index.ts';
import type { ShellTexts } from '../shell-texts.ts';
import type { PinQuestion } from './dialog-messages.ts';
import { appearanceOf, openDialog, type DialogLook } from './open-dialog.ts';

const PIN_SIZE = { width: 520, height: 440 };
const MOST_BYTES = 256;

const PURPOSE_KEYS = { 'sign-in': 'shell.pin.signIn', act: 'shell.pin.signAct', paper: 'shell.pin.signPaper' } as const;
const OK_KEYS = { 'sign-in': 'shell.pin.okSignIn', act: 'shell.pin.okSign', paper: 'shell.pin.okSign' } as const;

function warningOf(state: PinState, { text }: ShellTexts): string | null {
  if (state === 'first') return null;
  return text(`shell.pin.${state}`);
}

function questionOf(display: SigningDisplay, state: PinState, way: PinWay, look: DialogLook): PinQuestion {
  const { text } = look.texts;
  return {
    ...appearanceOf(look),
    windowTitle: text(PURPOSE_KEYS[display.purpose]),
    purpose: text(PURPOSE_KEYS[display.purpose]),
    heading: display.title,
    lines: display.lines,
    hashLabel: text('shell.pin.hash'),
    hash: display.sha256,
    fieldLabel: text('shell.pin.field'),
    show: text('shell.pin.show'),
    ok: text(OK_KEYS[display.purpose]),
    cancel: text('shell.pin.cancel'),
    hint: text(way === 'on-reader' ? 'shell.pin.onReader' : 'shell.pin.hint'),
    warning: warningOf(state, look.texts),
    capsLock: text('shell.pin.capsLock'),
    confirmFinal: state === 'final' ? text('shell.pin.confirmFinal') : null,
    onReader: way === 'on-reader',
  };
}

/**
 * Takes the bytes over into memory of ours that the receiver zeroes, and empties what came over the wire. The page answers a
 * question about the last try only after its second press.
 */
function pinOf(answer: unknown, question: PinQuestion): PinAnswer {
  if (!(answer instanceof Uint8Array) || answer.length > MOST_BYTES) return null;
  if ((answer.length === 0) !== question.onReader) return null;
  const pin = Buffer.alloc(answer.length);
  pin.set(answer);
  answer.fill(0);
  return { pin, lastTryConfirmed: question.confirmFinal !== null };
}

/** The prompt of the token host. One person sits at the desk, so prompts come one after the other. */
export class PinPrompts {
  private last: Promise<unknown> = Promise.resolve();
  private unwanted = new AbortController();
  private readonly parent: () => BrowserWindow | null;
  private readonly look: () => DialogLook;

  constructor(parent: () => BrowserWindow | null, look: () => DialogLook) {
    this.parent = parent;
    this.look = look;
  }

  readonly ask: PinPrompt = (display, state, way) => {
    const { signal } = this.unwanted;
    const show = async (): Promise<PinAnswer> => {
      if (signal.aborted) return null;
      const dialog = { page: 'pin.html', preload: 'pin-preload.cjs', size: PIN_SIZE, parent: this.parent() } as const;
      const question = questionOf(display, state, way, this.look());
      return pinOf(await openDialog(dialog, question, signal), question);
    };
    const answer = this.last.then(show, show);
    this.last = answer;
    return answer;
  };

  /** Whoever asked is gone: what is shown or waits counts as cancelled. */
  dismiss(): void {
    this.unwanted.abort();
    this.unwanted = new AbortController();
  }

  /** A PIN is asked for a session that is open: one that is locked or left takes its questions with it. */
  sessionChanged(session: Session | null): void {
    if (session === null || session.locked) this.dismiss();
  }
}

/** Asks for the passphrase that a profile without an operating system's key store is wrapped with. */
export async function askPassphrase(look: DialogLook, wrongBefore: boolean): Promise<string | null> {
  const { text } = look.texts;
  const question: PinQuestion = {
    ...questionOf({ purpose: 'sign-in', title: text('shell.passphrase.title'), lines: [], sha256: null }, 'first', 'typed', look),
    windowTitle: text('shell.passphrase.title'),
    purpose: text('shell.passphrase.purpose'),
    fieldLabel: text('shell.passphrase.field'),
    hint: text('shell.passphrase.hint'),
    ok: text('shell.passphrase.ok'),
    warning: wrongBefore ? text('shell.passphrase.wrong') : null,
  };
  const dialog = { page: 'pin.html', preload: 'pin-preload.cjs', size: PIN_SIZE, parent: null } as const;
  const answer = pinOf(await openDialog(dialog, question), question);
  const passphrase = answer?.pin.toString('utf8') ?? null;
  answer?.pin.fill(0);
  return passphrase;
}
