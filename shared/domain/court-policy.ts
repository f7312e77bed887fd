/** What the administrator of a court sets for all of its desks; a court that has set nothing has these. */
export const COURT_POLICY = { offlineSignInDays: 14, idleLockMinutes: 10 } as const;
export type CourtPolicy = { readonly offlineSignInDays: number; readonly idleLockMinutes: number };

/** A mandate signed without a line is taken by the registry for 31 days, so a longer window would lose work. */
export const POLICY_LIMITS = { offlineSignInDays: { least: 0, most: 31 }, idleLockMinutes: { least: 1, most: 120 } } as const;

/** How long a code made by an administrator takes a workstation in. */
export const ENROLMENT_CODE_HOURS = 24;
