import type { AdministrationChange } from '../../../shared/contract/index.ts';
import type { useFormat } from '../../i18n/use-format.ts';
import type { Texts } from '../../i18n/use-texts.ts';
import type { TextKey } from '../../i18n/text-key.ts';

type Field = AdministrationChange['changes'][number]['field'];
type Value = AdministrationChange['changes'][number]['after'];
export type SaidChange = { readonly name: string; readonly value: string };

const NAMES: Readonly<Record<Field, TextKey>> = {
  name: 'administration.name',
  iin: 'administration.iin',
  roles: 'administration.roles',
  certificates: 'administration.certificates',
  active: 'administration.state',
  nameKk: 'administration.court.nameKk',
  nameRu: 'administration.court.nameRu',
  offlineSignInDays: 'administration.rule.offlineSignInDays',
  idleLockMinutes: 'administration.rule.idleLockMinutes',
};
const NONE = '—';

/** What was done, in the words of the journal of the desk where that has it too; a person who is kept for the first time was added. */
export function sayAction({ action, added }: Pick<AdministrationChange, 'action' | 'added'>, { t, named }: Texts): string {
  if (action === 'court.added') return t('administration.changes.court-added');
  if (action !== 'user.kept') return named('journal', action);
  return added ? t('administration.changes.user-added') : named('journal', 'user.changed');
}

/** What is another than it was, in words: as it was and as it is, of something new as it is alone. */
export function sayChange(
  { action, added, changes }: Pick<AdministrationChange, 'action' | 'added' | 'changes'>,
  { t, has, named }: Texts,
  { date }: Pick<ReturnType<typeof useFormat>, 'date'>,
): SaidChange[] {
  const say = (value: Value): string => {
    if (value === null || value === '') return NONE;
    if (typeof value === 'boolean') return t(value ? 'administration.active' : 'administration.revoked');
    if (!Array.isArray(value)) return String(value);
    return value.map(sayOne).join(', ') || NONE;
  };
  const sayOne = (one: Extract<Value, readonly unknown[]>[number]): string => {
    if (typeof one === 'string') return has(`role.${one}`) ? named('role', one) : one;
    return one.validUntil === null ? one.name : t('administration.certificateOf', { name: one.name, until: date(one.validUntil) });
  };
  const nameOf = (field: Field) => t(field === 'name' && action.startsWith('workstation.') ? 'administration.workstation' : NAMES[field]);
  return changes.map(({ field, before, after }) => ({
    name: nameOf(field),
    value: added ? say(after) : `${t('journalDetail.before')}: ${say(before)}; ${t('journalDetail.after')}: ${say(after)}`,
  }));
}
