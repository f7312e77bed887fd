/** What may change of a person, a workstation or a court, in the order in which it is told. */
export const CHANGED_FIELDS = [
  'name',
  'iin',
  'roles',
  'certificates',
  'active',
  'nameKk',
  'nameRu',
  'offlineSignInDays',
  'idleLockMinutes',
] as const;
/** What a change can be about: the first part of its action. */
export const CHANGED_THINGS = ['user', 'workstation', 'court'] as const;
/** Entries that the window asks for at a time. */
export const CHANGES_PAGE = 50;
