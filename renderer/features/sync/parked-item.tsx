import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { ParkedItem } from '../../../shared/contract/index.ts';
import { kense, settle } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useSession } from '../../app/session-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import { StatusIcon } from '../../ui/status-icon.tsx';
import { actionsOf, textCodeOf } from './parked-actions.ts';
import { useSync } from './sync-context.tsx';
import styles from './sync-screen.module.css';

type Props = { readonly item: ParkedItem; readonly gone: boolean; readonly onCompare: (item: ParkedItem) => void };

/** What the centre did not accept: what it is, why, what helps, and the means to do it. */
export function ParkedEntry({ item, gone, onCompare }: Props) {
  const { t, named } = useTexts();
  const format = useFormat();
  const place = useRef<HTMLLIElement>(null);
  /* The button that was pressed goes with the item; whoever stood on it stays where he was. */
  useEffect(() => {
    if (gone && document.activeElement === document.body) place.current?.focus();
  }, [gone]);
  const textCode = textCodeOf(item.code);
  const about = [named('outbox', item.kind), item.cabinetNumber].filter((part) => part !== null).join(' · ');
  return (
    <li ref={place} className={styles.item} data-gone={gone || undefined} data-code={item.code} tabIndex={gone ? -1 : undefined}>
      <h3 className={styles.itemTitle}>
        <StatusIcon shape={gone ? 'ok' : 'warn'} size={18} />
        {about}
      </h3>
      {gone ? (
        <p className={styles.small}>{t('sync.itemGone')}</p>
      ) : (
        <>
          <p>{named('parked', `${textCode}.why`)}</p>
          <p>{named('parked', `${textCode}.do`)}</p>
          {item.heldBy !== null && <p>{t('sync.heldBy', { name: item.heldBy })}</p>}
          <p className={styles.small}>
            {format.dateTime(item.at)} · {t('error.code', { code: item.code })}
          </p>
          <Actions item={item} about={about} onCompare={() => onCompare(item)} />
        </>
      )}
    </li>
  );
}

function Actions({ item, about, onCompare }: { readonly item: ParkedItem; readonly about: string; readonly onCompare: () => void }) {
  const { t } = useTexts();
  const { activeRole } = useSession();
  const { put } = useSync();
  const retrying = useAction();
  const actions = actionsOf(item);
  const decides = activeRole === 'secretary' || activeRole === 'office-head';
  const mayCompare = decides || (activeRole === 'judge' && item.cabinetNumber !== null);
  return (
    <>
      <div className={styles.actions}>
        {actions.includes('sign-in') && (
          <Button variant="default" size="compact-md" onClick={() => void settle(kense().session.signOut({}))}>
            {t('sync.signInAgain')}
          </Button>
        )}
        {actions.includes('retry') && decides && (
          <Button
            variant="default"
            size="compact-md"
            loading={retrying.busy}
            onClick={() => void retrying.run(() => kense().sync.retry({ outboxId: item.id }), put)}
          >
            {t('sync.retry')}
          </Button>
        )}
        {actions.includes('compare') && mayCompare && (
          <Button variant="default" size="compact-md" onClick={onCompare}>
            {item.cabinetNumber === null ? t('sync.withdraw') : t('sync.compare')}
          </Button>
        )}
        {actions.includes('ask-admin') && <CopyButton value={`${about}\n${item.code}\n${item.id}\n${item.at}`} withWord />}
      </div>
      {!decides && <p className={styles.small}>{t('sync.retryBySecretary')}</p>}
      {retrying.failure && <FailureCard failure={retrying.failure} compact />}
    </>
  );
}
