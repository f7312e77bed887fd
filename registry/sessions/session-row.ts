/** A row of `user_session` as the desk is told of it. */
export const SESSION_COLUMNS = `id, court_user AS "userId", not_before AS "notBefore", not_after AS "notAfter", online,
  handed_in_at AS "handedInAt", ended_at AS "endedAt", revoked_at AS "revokedAt"`;
