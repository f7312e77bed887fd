import { Button } from '@mantine/core';
import type { ShareRule } from '../../../shared/domain/share-work.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FindsNobody } from './finds-nobody.tsx';
import { useRuleWords, type RulePeople } from './use-rule-words.ts';
import styles from './workload-screen.module.css';

type Props = {
  readonly rules: readonly ShareRule[];
  readonly people: RulePeople;
  /** What the rules would give out now. */
  readonly shareable: number;
  readonly onRules: (rules: readonly ShareRule[]) => void;
  /** Null: a new one. */
  readonly onEdit: (rule: ShareRule | null) => void;
  readonly onShare: () => void;
};

/** The rules of sharing as sentences, in the order in which they are asked. */
export function RuleList({ rules, people, shareable, onRules, onEdit, onShare }: Props) {
  const { t } = useTexts();
  const { say, findsNobody } = useRuleWords(people);
  const swap = (at: number) => {
    const [one, other] = [rules[at]!, rules[at + 1]!];
    onRules([...rules.slice(0, at), other, one, ...rules.slice(at + 2)]);
  };
  return (
    <section aria-labelledby="share-rules" className={styles.section} data-pane>
      <h2 id="share-rules">{t('workload.rules')}</h2>
      <p className={styles.asOf}>{t('workload.rulesHint')}</p>
      {rules.length === 0 ? (
        <p>{t('workload.noRules')}</p>
      ) : (
        <ol className={styles.rules}>
          {rules.map((rule, at) => (
            <li key={rule.id} data-off={!rule.on || undefined}>
              <span className={styles.sentence}>
                {say(rule)} {!rule.on && <b>({t('workload.ruleOff')})</b>}
                {findsNobody(rule) && <FindsNobody />}
              </span>
              <span className={styles.tools}>
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => onRules(rules.map((each) => (each.id === rule.id ? { ...each, on: !each.on } : each)))}
                >
                  {t(rule.on ? 'workload.turnOff' : 'workload.turnOn')}
                </Button>
                <Button size="compact-sm" variant="default" disabled={at === 0} onClick={() => swap(at - 1)}>
                  {t('workload.earlier')}
                </Button>
                <Button size="compact-sm" variant="default" onClick={() => onEdit(rule)}>
                  {t('workload.change')}
                </Button>
                <Button size="compact-sm" variant="default" onClick={() => onRules(rules.filter(({ id }) => id !== rule.id))}>
                  {t('workload.remove')}
                </Button>
              </span>
            </li>
          ))}
        </ol>
      )}
      <div className={styles.actions}>
        <Button variant="default" onClick={() => onEdit(null)}>
          {t('workload.ruleNew')}
        </Button>
        {shareable > 0 && <Button onClick={onShare}>{t('workload.shareNow', { count: shareable })}</Button>}
      </div>
    </section>
  );
}
