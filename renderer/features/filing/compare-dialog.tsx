import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { ComparedFiling, FilingDetail } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useKindName } from '../../app/use-kind-name.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Loading } from '../../ui/loading.tsx';
import styles from './compare-dialog.module.css';

type Props = {
  readonly filing: FilingDetail;
  readonly otherId: string;
  readonly onLinked: (filing: FilingDetail) => void;
  readonly onClose: () => void;
};

/** Two filings side by side, row by row; one press links them. */
export function CompareDialog({ filing, otherId, onLinked, onClose }: Props) {
  const { t, named } = useTexts();
  const format = useFormat();
  const kindName = useKindName();
  const linking = useAction();
  const answer = useAnswer(`pair:${filing.id}:${otherId}:${filing.revision}`, () => kense().filing.pair({ id: filing.id, otherId }));
  useCommands('dialog', { 'app.back': onClose }, { blocks: true });
  const pair = answer.value;
  const link = useRef<HTMLButtonElement>(null);
  // the dialog is open before what it compares is here
  const comes = pair !== null && !pair.linked;
  useEffect(() => {
    if (comes) link.current?.focus();
  }, [comes]);
  const rows: readonly (readonly [string, (side: ComparedFiling) => string])[] = [
    [t('pair.received'), (side) => format.dateTime(side.receivedAt)],
    [t('pair.kind'), (side) => kindName.full(side.kind)],
    [t('pair.state'), (side) => named('status', side.state)],
    [t('pair.category'), (side) => side.category ?? '—'],
    [t('pair.value'), (side) => (side.claimValue === null ? '—' : format.money(side.claimValue))],
    [t('pair.receipt'), (side) => side.receipt ?? '—'],
    [t('pair.parties'), (side) => side.parties.map(({ name, number }) => [name, number].filter(Boolean).join(', ')).join('; ') || '—'],
  ];
  return (
    <Dialog title={t('pair.title')} onClose={onClose}>
      {answer.failure && <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} compact />}
      {pair ? (
        <>
          <table className={styles.pair}>
            <thead>
              <tr>
                <td />
                {pair.sides.map((side) => (
                  <th key={side.id} scope="col">
                    {side.number}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([label, of]) => {
                const [a, b] = pair.sides.map(of);
                return (
                  <tr key={label} data-same={(a === b && a !== '—') || undefined}>
                    <th scope="row">{label}</th>
                    <td lang={pair.sides[0].language}>{a}</td>
                    <td lang={pair.sides[1].language}>{b}</td>
                  </tr>
                );
              })}
              <tr>
                <th scope="row">{t('pair.documents')}</th>
                {pair.sides.map((side) => (
                  <td key={side.id} lang={side.language}>
                    <ul>
                      {side.documents.map((document) => (
                        <li key={document.id}>
                          {document.title}
                          {document.same && ` · ${t('pair.sameBytes')}`}
                        </li>
                      ))}
                    </ul>
                  </td>
                ))}
              </tr>
            </tbody>
          </table>
          {pair.percent !== null && <p>{t('pair.likeness', { percent: pair.percent })}</p>}
          {linking.failure && <FailureCard failure={linking.failure} compact />}
          <div className={styles.actions}>
            {pair.linked ? (
              <p role="status">{t('pair.linked')}</p>
            ) : (
              <Button
                ref={link}
                loading={linking.busy}
                onClick={() => void linking.run(() => kense().filing.link({ id: filing.id, otherId }), onLinked)}
              >
                {t('pair.link')}
              </Button>
            )}
            <Button variant="default" onClick={onClose}>
              {t('action.close')}
            </Button>
          </div>
        </>
      ) : (
        !answer.failure && <Loading />
      )}
    </Dialog>
  );
}
