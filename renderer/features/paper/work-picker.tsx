import { Button, NativeSelect } from '@mantine/core';
import type { PaperWorkView } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useKindName } from '../../app/use-kind-name.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import styles from './paper.module.css';

type Props = {
  readonly work: PaperWorkView;
  readonly screen: 'counter' | 'scan';
  /** Before the work is dropped. */
  readonly onDrop?: () => void;
};

/** Which unfinished filing is at hand, and others to begin or go on with. */
export function WorkPicker({ work, screen, onDrop }: Props) {
  const { t } = useTexts();
  const format = useFormat();
  const kindName = useKindName();
  const { go } = useNavigation();
  const list = useAnswer(`paper-list:${work.id}`, () => kense().paper.list({}));
  const changing = useAction();
  const others = (list.value ?? []).filter(({ annexTo }) => screen === 'scan' || annexTo === null);
  const names = others.map(({ id, claimant, kind, changedAt, pages, annexTo }) => ({
    value: id,
    label: [
      annexTo === null ? claimant || t('paper.unnamed') : t('annex.unfinished', { filing: annexTo }),
      kind && kindName.short(kind),
      pages > 0 && t('paper.pageCount', { pages: String(pages) }),
      format.dateTime(changedAt),
    ]
      .filter(Boolean)
      .join(' · '),
  }));
  return (
    <div className={styles.head}>
      <h1>{t(`nav.${screen}`)}</h1>
      {names.length > 1 && (
        <NativeSelect
          aria-label={t('paper.unfinished')}
          className={styles.works}
          value={work.id}
          data={names}
          onChange={(event) => go({ screen, id: event.currentTarget.value })}
        />
      )}
      <Button
        variant="default"
        loading={changing.busy}
        onClick={() =>
          void changing.run(
            () => kense().paper.begin({}),
            ({ id }) => go({ screen, id }),
          )
        }
      >
        {t('paper.new')}
      </Button>
      <Button
        variant="subtle"
        onClick={() =>
          void changing.run(
            () => {
              onDrop?.();
              return kense().paper.drop({ id: work.id });
            },
            () => go({ screen, id: others.find(({ id }) => id !== work.id)?.id ?? null }),
          )
        }
      >
        {t('paper.drop')}
      </Button>
      {changing.failure && <FailureCard failure={changing.failure} compact onClose={changing.clear} />}
    </div>
  );
}
