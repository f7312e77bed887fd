export type StartFailure = 'profile-in-use' | 'registry-mode-mismatch' | 'database-newer' | 'registry-unreachable' | 'input-invalid';

/** Why a registry did not start; the message is one English sentence without secrets. */
export class RegistryStartError extends Error {
  readonly code: StartFailure;
  constructor(code: StartFailure, message: string) {
    super(message);
    this.name = 'RegistryStartError';
    this.code = code;
  }
}
