import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';

type Props = {
  readonly label: string;
  /** Null where nothing is lost: it is done at once. */
  readonly question: string | null;
  readonly yes: string;
  readonly busy: boolean;
  readonly onYes: () => void;
  readonly variant?: 'default' | 'subtle';
};

/** A button that asks once more. The focus goes to the answer and back. */
export function SureButton({ label, question, yes, busy, onYes, variant = 'default' }: Props) {
  const { t } = useTexts();
  const [asking, setAsking] = useState<boolean | null>(null);
  const next = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking !== null) next.current?.focus();
  }, [asking]);
  if (!asking || question === null)
    return (
      <Button ref={next} variant={variant} loading={busy} onClick={question === null ? onYes : () => setAsking(true)}>
        {label}
      </Button>
    );
  return (
    <>
      <p role="alert">{question}</p>
      <Button ref={next} variant="default" loading={busy} onClick={onYes}>
        {yes}
      </Button>
      <Button variant="default" onClick={() => setAsking(false)}>
        {t('action.cancel')}
      </Button>
    </>
  );
}
