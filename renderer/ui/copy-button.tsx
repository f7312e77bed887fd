import { useEffect, useState, type MouseEvent } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { Icon } from './icon.tsx';
import styles from './copy-button.module.css';

const SAID_MS = 4000;

/** By selecting and copying, as the keyboard does: the window may not use the clipboard otherwise. */
function copyText(value: string): boolean {
  const field = document.createElement('textarea');
  field.value = value;
  field.className = 'visually-hidden';
  document.body.append(field);
  field.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the shell refuses the permission that its successor asks for
  const done = document.execCommand('copy');
  field.remove();
  return done;
}

type Props = {
  readonly value: string;
  readonly withWord?: boolean;
  /** What is copied, where the value itself is too long to be read out. */
  readonly label?: string;
};

/** Copies one value and says so for four seconds. */
export function CopyButton({ value, withWord = false, label }: Props) {
  const { t } = useTexts();
  const [said, setSaid] = useState<'action.copied' | 'action.copyFailed' | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = (event: MouseEvent<HTMLButtonElement>) => {
    const button = event.currentTarget;
    setSaid(copyText(value) ? 'action.copied' : 'action.copyFailed');
    button.focus({ preventScroll: true });
  };
  return (
    <>
      <button
        type="button"
        className={styles.copy}
        aria-label={withWord ? undefined : (label ?? `${t('action.copy')}: ${value}`)}
        onClick={copy}
      >
        <Icon name="copy" size={16} />
        {withWord && <span>{t('action.copy')}</span>}
      </button>
      <span role="status" className={styles.said}>
        {said !== null && t(said)}
      </span>
    </>
  );
}
