import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { POLICY_LIMITS } from '../../../shared/domain/court-policy.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import type { ViewProps } from './administration-screen.tsx';
import styles from './administration-screen.module.css';

/** What holds for signing in at every desk of the court, from its next contact on. */
export function CourtRules({ now, onChanged }: ViewProps) {
  const { t } = useTexts();
  const [policy, setPolicy] = useState(now.policy);
  const [saved, setSaved] = useState(false);
  const saving = useAction();
  const fits = (key: keyof typeof POLICY_LIMITS) => policy[key] >= POLICY_LIMITS[key].least && policy[key] <= POLICY_LIMITS[key].most;
  const ready = fits('offlineSignInDays') && fits('idleLockMinutes');
  const field = (key: keyof typeof POLICY_LIMITS) => (
    <TextInput
      label={t(`administration.rule.${key}`)}
      inputMode="numeric"
      maxLength={3}
      value={String(policy[key])}
      error={fits(key) ? null : t('administration.ruleLimits', POLICY_LIMITS[key])}
      onChange={(event) => {
        setSaved(false);
        setPolicy({ ...policy, [key]: Number(event.currentTarget.value.replace(/\D/g, '')) });
      }}
    />
  );
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        void saving.run(
          () => kense().administration.configure(policy),
          (changed) => {
            setSaved(true);
            onChanged(changed);
          },
        );
      }}
    >
      {field('offlineSignInDays')}
      {field('idleLockMinutes')}
      {saving.failure && <FailureCard failure={saving.failure} compact />}
      <div className={styles.bar}>
        <Button type="submit" loading={saving.busy} disabled={now.offline !== null || !ready}>
          {t('administration.save')}
        </Button>
        <p role="status">{saved ? t('administration.rulesSaved') : ''}</p>
      </div>
    </form>
  );
}
