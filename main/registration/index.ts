export { lookBeforeRegistering } from './before-registering.ts';
export { checkTalon, talonKeyId, type TalonCheck } from './check-talon.ts';
export { finishTalons, readTalon } from './finish-talon.ts';
export { flagFiling, markCheck, readDefects, type Seen } from './mark-filing.ts';
export { prepareTalonPrint, printsOf, recordTalonPrint, type TalonPrint } from './print-talon.ts';
export { readEarlier } from './read-earlier.ts';
export { registerFiling, sendToJudge } from './register-filing.ts';
export type { CourtSystemKey, RegistrationParts } from './registration-parts.ts';
export { numberYear } from './take-number.ts';
