/** What the shell sends to its small dialogs, all texts in the person's language, and what they answer. */
export const QUESTION_MESSAGE = 'question';
export const ANSWER_MESSAGE = 'answer';
export const READY_MESSAGE = 'dialog-ready';

/** As the person has it in the window. */
export type Appearance = {
  readonly language: 'kk' | 'ru' | 'en';
  readonly dark: boolean;
  readonly contrast: boolean;
  readonly textSizePercent: number;
  /** In words; null where the court is real. */
  readonly trainingMark: string | null;
};

export type PinQuestion = Appearance & {
  readonly windowTitle: string;
  readonly purpose: string;
  readonly heading: string;
  readonly lines: readonly string[];
  readonly hashLabel: string;
  /** Hex; null when nothing is signed. */
  readonly hash: string | null;
  readonly fieldLabel: string;
  readonly show: string;
  readonly ok: string;
  readonly cancel: string;
  readonly hint: string;
  readonly warning: string | null;
  readonly capsLock: string;
  /** Set when the last try is left: shown after the first press of OK, which then needs a second. */
  readonly confirmFinal: string | null;
  /** The PIN is typed on the keys of the reader: there is no field, and OK answers no bytes. */
  readonly onReader: boolean;
};

export type NoticeQuestion = Appearance & {
  readonly windowTitle: string;
  readonly heading: string;
  readonly body: readonly string[];
  /** The first is the one that Enter presses. */
  readonly actions: readonly { readonly id: string; readonly label: string }[];
};
