import { Button } from '@mantine/core';
import { useState } from 'react';
import type { CourtPerson } from '../../../shared/contract/index.ts';
import { maskIdentifier } from '../../../shared/domain/identifier.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import type { ViewProps } from './administration-screen.tsx';
import { PersonDialog } from './person-dialog.tsx';
import styles from './administration-screen.module.css';

/** The people of the court; the line of each opens him. */
export function PeopleTable({ now, onChanged }: ViewProps) {
  const { t } = useTexts();
  const { date, dateTime } = useFormat();
  const [open, setOpen] = useState<CourtPerson | 'new' | null>(null);
  return (
    <>
      <div className={styles.bar}>
        <Button disabled={now.offline !== null} onClick={() => setOpen('new')}>
          {t('administration.addPerson')}
        </Button>
      </div>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('administration.name')}</th>
            <th scope="col">{t('administration.iin')}</th>
            <th scope="col">{t('administration.roles')}</th>
            <th scope="col">{t('administration.certificateUntil')}</th>
            <th scope="col">{t('administration.lastSignIn')}</th>
            <th scope="col">{t('administration.state')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('administration.change')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {now.people.map((person) => (
            <tr key={person.id} className={person.active ? undefined : styles.out}>
              <th scope="row">
                {person.name} {person.isMe && `(${t('administration.me')})`}
              </th>
              <td className={styles.number}>{person.iin === null ? '—' : maskIdentifier(person.iin)}</td>
              <td>{person.roles.map((role) => t(`role.${role}`)).join(', ')}</td>
              <td className={styles.number}>{latest(person) === null ? '—' : date(latest(person)!)}</td>
              <td className={styles.number}>{person.lastSignInAt === null ? '—' : dateTime(person.lastSignInAt)}</td>
              <td>{t(person.active ? 'administration.active' : 'administration.revoked')}</td>
              <td>
                <div className={styles.actions}>
                  <Button
                    variant="default"
                    disabled={now.offline !== null}
                    aria-label={`${t('administration.change')}: ${person.name}`}
                    onClick={() => setOpen(person)}
                  >
                    {t('administration.change')}
                  </Button>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {open !== null && (
        <PersonDialog
          person={open === 'new' ? null : open}
          onClose={() => setOpen(null)}
          onChanged={(changed) => {
            onChanged(changed);
            setOpen(null);
          }}
        />
      )}
    </>
  );
}

const latest = ({ certificates }: CourtPerson): string | null =>
  certificates.map(({ validUntil }) => validUntil).reduce<string | null>((last, one) => (last === null || one > last ? one : last), null);
