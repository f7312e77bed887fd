import { Button } from '@mantine/core';
import { useState } from 'react';
import type { CourtWorkstationRow } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import type { ViewProps } from './administration-screen.tsx';
import { WorkstationDialog } from './workstation-dialog.tsx';
import styles from './administration-screen.module.css';

/** The computers of the court that the registry lets in, and the codes that wait for one. */
export function WorkstationTable({ now, onChanged }: ViewProps) {
  const { t } = useTexts();
  const { dateTime } = useFormat();
  const [open, setOpen] = useState<CourtWorkstationRow | 'new' | null>(null);
  const withdrawing = useAction();
  const list = now.workstations;
  return (
    <>
      <div className={styles.bar}>
        <Button disabled={now.offline !== null} onClick={() => setOpen('new')}>
          {t('administration.addWorkstation')}
        </Button>
      </div>
      {withdrawing.failure && <FailureCard failure={withdrawing.failure} compact />}
      {list === null ? (
        <p className={styles.note}>{t('administration.neverTold')}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('administration.workstation')}</th>
              <th scope="col">{t('administration.enrolled')}</th>
              <th scope="col">{t('administration.version')}</th>
              <th scope="col">{t('administration.state')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('administration.change')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {list.invitations.map(({ id, name, until }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td>—</td>
                <td>—</td>
                <td>{t('administration.codeWaits', { until: dateTime(until) })}</td>
                <td>
                  <div className={styles.actions}>
                    <Button
                      variant="default"
                      disabled={now.offline !== null}
                      loading={withdrawing.busy}
                      aria-label={`${t('administration.withdrawCode')}: ${name}`}
                      onClick={() => void withdrawing.run(() => kense().administration.withdraw({ id }), onChanged)}
                    >
                      {t('administration.withdrawCode')}
                    </Button>
                  </div>
                </td>
              </tr>
            ))}
            {list.workstations.map((one) => (
              <tr key={one.id} className={one.revokedAt === null ? undefined : styles.out}>
                <th scope="row">
                  {one.name} {one.isHere && `(${t('administration.here')})`}
                </th>
                <td className={styles.number}>{dateTime(one.enrolledAt)}</td>
                <td>{one.version ?? '—'}</td>
                <td>
                  {one.revokedAt === null ? t('administration.active') : t('administration.revokedAt', { when: dateTime(one.revokedAt) })}
                </td>
                <td>
                  {one.revokedAt === null && (
                    <div className={styles.actions}>
                      <Button
                        variant="default"
                        disabled={now.offline !== null}
                        aria-label={`${t('administration.change')}: ${one.name}`}
                        onClick={() => setOpen(one)}
                      >
                        {t('administration.change')}
                      </Button>
                    </div>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {open !== null && <WorkstationDialog one={open === 'new' ? null : open} onClose={() => setOpen(null)} onChanged={onChanged} />}
    </>
  );
}
