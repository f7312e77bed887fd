import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { POLICY_LIMITS } from '../../../shared/domain/court-policy.ts';
import { kense } from '../../api/kense.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import type { ViewProps } from './administration-screen.tsx';
import { SavedForm } from './saved-form.tsx';

/** What holds for signing in at every desk of the court, from its next contact on. */
export function CourtRules({ now, onChanged }: ViewProps) {
  const { t } = useTexts();
  const [policy, setPolicy] = useState(now.policy);
  const fits = (key: keyof typeof POLICY_LIMITS) => policy[key] >= POLICY_LIMITS[key].least && policy[key] <= POLICY_LIMITS[key].most;
  const field = (key: keyof typeof POLICY_LIMITS) => (
    <TextInput
      label={t(`administration.rule.${key}`)}
      inputMode="numeric"
      maxLength={3}
      value={String(policy[key])}
      error={fits(key) ? null : t('administration.ruleLimits', POLICY_LIMITS[key])}
      onChange={(event) => setPolicy({ ...policy, [key]: Number(event.currentTarget.value.replace(/\D/g, '')) })}
    />
  );
  return (
    <SavedForm
      now={now}
      onChanged={onChanged}
      ready={fits('offlineSignInDays') && fits('idleLockMinutes')}
      save={() => kense().administration.configure(policy)}
    >
      {field('offlineSignInDays')}
      {field('idleLockMinutes')}
    </SavedForm>
  );
}
