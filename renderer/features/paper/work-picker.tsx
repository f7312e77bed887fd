import { Button, NativeSelect } from '@mantine/core';
import type { PaperWorkView } from '../../../shared/contract/index.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { emptyPaperForm, type PaperForm } from '../../../shared/domain/paper-form.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useKindName } from '../../app/use-kind-name.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { SureButton } from '../../ui/sure-button.tsx';
import styles from './paper.module.css';

type Props = {
  readonly work: PaperWorkView;
  readonly screen: 'counter' | 'scan';
  /** As it is typed, where that is newer than the work. */
  readonly form?: PaperForm;
  /** After the work was dropped. */
  readonly onDrop?: () => void;
};

const EMPTY = JSON.stringify(emptyPaperForm());
const holdsAnything = ({ pages, annexTo }: PaperWorkView, form: PaperForm): boolean =>
  pages.length > 0 || (annexTo?.handedInBy ?? '') !== '' || JSON.stringify(form) !== EMPTY;

/** Which unfinished filing is at hand, and others to begin or go on with. */
export function WorkPicker({ work, screen, form = work.form, onDrop }: Props) {
  const { t } = useTexts();
  const format = useFormat();
  const kindName = useKindName();
  const { go } = useNavigation();
  const list = useAnswer(`paper-list:${work.id}`, () => kense().paper.list({}));
  const changing = useAction();
  const dropping = useAction();
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
      <SureButton
        key={work.id}
        variant="subtle"
        label={t('paper.drop')}
        question={holdsAnything(work, form) ? t('paper.dropSure') : null}
        yes={t('paper.dropYes')}
        busy={dropping.busy}
        onYes={() =>
          void dropping.run(
            async (): Promise<Result<{ readonly id: string }>> => {
              const dropped = await kense().paper.drop({ id: work.id });
              if (!dropped.ok) return dropped;
              const next = others.find(({ id }) => id !== work.id);
              return next ? ok(next) : kense().paper.begin({});
            },
            ({ id }) => {
              onDrop?.();
              go({ screen, id });
            },
          )
        }
      />
      {changing.failure && <FailureCard failure={changing.failure} compact onClose={changing.clear} />}
      {dropping.failure && <FailureCard failure={dropping.failure} compact onClose={dropping.clear} />}
    </div>
  );
}
