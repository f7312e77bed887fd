import { useState } from 'react';
import type { FilingDetail } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';

const statesOf = ({ signature, documents }: FilingDetail) => [
  signature,
  ...documents.flatMap((d) => [d.signature, ...d.signatures.map((card) => `${card.state} ${card.reason ?? ''}`)]),
];

/** Checks the signatures of a filing again and says what came of it. */
export function useRecheck(filing: FilingDetail, replaceFiling: (filing: FilingDetail) => void) {
  const { t } = useTexts();
  const format = useFormat();
  const { busy, failure, clear, run } = useAction();
  const [rechecked, setRechecked] = useState('');
  const say = (now: FilingDetail): string =>
    String(statesOf(filing)) === String(statesOf(now))
      ? t('sig.rechecked', { time: format.timeToday(new Date().toISOString()) })
      : t('sig.changed', { state: t(`sig.${now.signature}`) });
  return {
    ...{ busy, failure, clear },
    said: busy ? t('sig.rechecking') : rechecked,
    run: () =>
      void run(
        () => kense().filing.recheck({ id: filing.id }),
        (now) => {
          setRechecked(say(now));
          replaceFiling(now);
        },
      ),
  };
}
