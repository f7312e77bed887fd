import type { ShareRule } from '../../../shared/domain/share-work.ts';
import { useKindName } from '../../app/use-kind-name.ts';
import { useTexts } from '../../i18n/use-texts.ts';

/** Says a rule of sharing as one sentence. */
export function useRuleWords(people: readonly { readonly id: string; readonly name: string }[]): (rule: ShareRule) => string {
  const { t } = useTexts();
  const kindName = useKindName();
  return (rule) => {
    const names = rule.people.map((id) => people.find((person) => person.id === id)?.name ?? '…').join(', ');
    const limit = rule.most === null ? '' : t('workload.ruleLimit', { most: rule.most });
    const kinds = rule.kinds.map((id) => kindName.short(id)).join(', ');
    const toAll = rule.people.length === 0;
    const gist =
      rule.kinds.length === 0
        ? toAll
          ? t('workload.ruleOfAllToAll')
          : t('workload.ruleOfAll', { people: names })
        : toAll
          ? t('workload.ruleOfKindsToAll', { kinds })
          : t('workload.ruleOfKinds', { kinds, people: names });
    return `${gist}${limit}.`;
  };
}
