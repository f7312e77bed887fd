/** Roles of the court office. A person may hold several; the registry decides which. */
export const ROLES = ['secretary', 'judge', 'office-head', 'admin'] as const;
export type Role = (typeof ROLES)[number];
