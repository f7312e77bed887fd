/** Common name of the key by which a court's workstation vouches for what it gives out; `code` has four digits. */
export const courtSystemName = (code: string): string => `Kense ${code}`;
