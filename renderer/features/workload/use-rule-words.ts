import type { Workload } from '../../../shared/contract/index.ts';
import type { ShareRule } from '../../../shared/domain/share-work.ts';
import { useKindName } from '../../app/use-kind-name.ts';
import { useTexts } from '../../i18n/use-texts.ts';

export type RulePeople = Pick<Workload, 'people' | 'former'>;

/** Says a rule of sharing as one sentence, with everybody whom it names. */
export function useRuleWords({ people, former }: RulePeople): {
  readonly say: (rule: ShareRule) => string;
  readonly nameOf: (id: string) => string;
  /** All whom it names are gone. */
  readonly findsNobody: (rule: ShareRule) => boolean;
} {
  const { t } = useTexts();
  const kindName = useKindName();
  const isHere = (id: string) => people.some((person) => person.id === id && person.gone === null);
  const nameOf = (id: string) => {
    const name = [...people, ...former].find((person) => person.id === id)?.name || '…';
    return isHere(id) ? name : t('workload.ruleGone', { name });
  };
  const say = (rule: ShareRule) => {
    const names = rule.people.map(nameOf).join(', ');
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
  return { say, nameOf, findsNobody: (rule) => rule.people.length > 0 && !rule.people.some(isHere) };
}
