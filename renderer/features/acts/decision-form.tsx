import { Button } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import type { FilingDecision } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { chosenOf, DecisionFields, isDecisionDraft, newDecision, type DecisionDraft } from './decision-fields.tsx';
import { useDraft } from '../proceedings/use-draft.ts';
import { PanelForm } from '../proceedings/panel-form.tsx';
import styles from '../proceedings/proceedings.module.css';

/** Null stands for a form that is not open. */
type Open = { readonly form: DecisionDraft | null };
const closed = (): Open => ({ form: null });
const isOpen = (kept: unknown): kept is Open =>
  typeof kept === 'object' && kept !== null && 'form' in kept && (kept.form === null || isDecisionDraft(kept.form));

type Props = {
  readonly filing: FilingDecision;
  readonly onDone: (after: FilingDecision) => void;
  /** Whether the form is open; it takes Ctrl+Enter then. */
  readonly onForm?: ((open: boolean) => void) | undefined;
};

/** The judge's own decision: a button, and the form that it opens. What was typed is kept until it is sent or put away. */
export function JudgeDecides({ filing, onDone, onForm }: Props) {
  const { t } = useTexts();
  const draft = useDraft(filing.filingId, 'decision', closed, isOpen);
  if (draft.value === null) return null;
  const { form } = draft.value;
  const close = () => {
    draft.drop();
    draft.reset();
  };
  if (form === null)
    return (
      <Button variant="default" onClick={() => draft.change({ form: newDecision(filing) })}>
        {t(filing.current === null ? 'decision.make' : 'decision.otherwise')}
      </Button>
    );
  return (
    <DecisionForm
      filing={filing}
      onForm={onForm}
      draft={form}
      onDraft={(next) => draft.change({ form: next })}
      onDone={(after) => {
        close();
        onDone(after);
      }}
      onCancel={close}
    />
  );
}

type FormProps = Props & {
  readonly draft: DecisionDraft;
  readonly onDraft: (draft: DecisionDraft) => void;
  readonly onCancel: () => void;
};

/** It draws the ruling anew, and signs nothing. */
function DecisionForm({ filing, draft, onDraft, onDone, onForm, onCancel }: FormProps) {
  const { t } = useTexts();
  const titleId = useId();
  const form = useRef<HTMLFormElement>(null);
  const [tried, setTried] = useState(false);
  const saving = useAction();
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input[type="radio"]:checked')?.focus();
    form.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  useEffect(() => {
    onForm?.(true);
    return () => onForm?.(false);
  }, [onForm]);

  const submit = () => {
    setTried(true);
    const chosen = chosenOf(filing, draft);
    if (chosen === null) return;
    const { act, filingId } = filing;
    const seen = act?.state === 'draft' ? { actId: act.id, revision: act.revision } : null;
    void saving.run(() => kense().decision.make({ filingId, seen, ...chosen }), onDone);
  };

  return (
    <PanelForm
      ref={form}
      title={t('decision.choose')}
      titleId={titleId}
      action={t('decision.redraw')}
      busy={saving.busy}
      failure={saving.failure}
      onSubmit={submit}
      onCancel={onCancel}
    >
      <DecisionFields filing={filing} draft={draft} onDraft={onDraft} tried={tried} labelledBy={titleId} />
      <p className={styles.small}>{t('decision.hint')}</p>
    </PanelForm>
  );
}
