/** Reports of acts are read day by day. */
export const actsBySigning = {
  version: 400,
  sql: `CREATE INDEX act_by_signing ON act (signed_at) WHERE state = 'signed';
    CREATE INDEX issued_act_by_signing ON issued_act (signed_at);`,
} as const;
