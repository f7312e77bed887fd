import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CourtWorkstationRow } from '../../../shared/contract/index.ts';
import { ENROLMENT_CODE_HOURS } from '../../../shared/domain/court-policy.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import type { ViewProps } from './administration-screen.tsx';
import styles from './administration-screen.module.css';

type Props = {
  readonly one: CourtWorkstationRow | null;
  readonly onClose: () => void;
  readonly onChanged: ViewProps['onChanged'];
};

/** A new workstation gets a code that is shown once; one that is there gets another name or is put out. */
export function WorkstationDialog({ one, onClose, onChanged }: Props) {
  const { t } = useTexts();
  const [name, setName] = useState(one?.name ?? '');
  const [code, setCode] = useState<string | null>(null);
  const [sure, setSure] = useState(false);
  const acting = useAction();
  useCommands('dialog', { 'app.back': onClose });
  const save = () => {
    if (name.trim() === '') return;
    if (one === null)
      void acting.run(
        () => kense().administration.invite({ name }),
        (made) => {
          setCode(made.code);
          onChanged(made.now);
        },
      );
    else
      void acting.run(
        () => kense().administration.rename({ id: one.id, name }),
        (changed) => {
          onChanged(changed);
          onClose();
        },
      );
  };
  const revoke = () => {
    if (one === null) return;
    if (!sure) {
      setSure(true);
      return;
    }
    void acting.run(
      () => kense().administration.revoke({ id: one.id }),
      (changed) => {
        onChanged(changed);
        onClose();
      },
    );
  };
  return (
    <Dialog title={one?.name ?? t('administration.addWorkstation')} onClose={onClose} busy={acting.busy}>
      {code !== null ? (
        <div className={styles.form} role="status">
          <p>{t('administration.codeOnce', { name, hours: ENROLMENT_CODE_HOURS })}</p>
          <p className={styles.code}>{code}</p>
          <Button onClick={onClose}>{t('action.close')}</Button>
        </div>
      ) : (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <TextInput
            data-autofocus
            label={t('administration.workstation')}
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {acting.failure && <FailureCard failure={acting.failure} compact />}
          {sure && <p role="status">{t('administration.revokeSure')}</p>}
          <div className={styles.bar}>
            <Button type="submit" loading={acting.busy} disabled={name.trim() === ''}>
              {t(one === null ? 'administration.makeCode' : 'administration.save')}
            </Button>
            {one && !one.isHere && (
              <Button variant="default" loading={acting.busy} onClick={revoke}>
                {t(sure ? 'administration.revokeForGood' : 'administration.revokeWorkstation')}
              </Button>
            )}
          </div>
          {one?.isHere && <p className={styles.note}>{t('administration.notHere')}</p>}
        </form>
      )}
    </Dialog>
  );
}
