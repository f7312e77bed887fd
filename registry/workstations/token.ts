import { errors, importJWK, decodeJwt, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Registry } from '../http/context.ts';
import { done, refuse, type Outcome } from '../http/problem.ts';
import { OUT_SINCE } from './workstation.ts';

const ASSERTION_AUDIENCE = 'kense-registry';
const ACCESS_AUDIENCE = 'kense-registry-access';
const ASSERTION_LIFETIME_SECONDS = 5 * 60;
/** How far the clocks of desk and registry may differ. */
const CLOCK_TOLERANCE_SECONDS = 5 * 60;
const ACCESS_LIFETIME_SECONDS = 10 * 60;

/** Gives an access token for a workstation's assertion: signed by its key, fresh, never seen before. */
export async function giveToken(
  registry: Registry,
  assertion: string,
): Promise<Outcome<{ accessToken: string; expiresInSeconds: number }>> {
  const id = claimedIssuer(assertion);
  if (id === null) return refuse('assertion-invalid');
  const [workstation] = await registry.db.query<{ public_key: string; out_since: string | null }>(
    `SELECT public_key, ${OUT_SINCE} AS out_since FROM workstation WHERE id = $1`,
    [id],
  );
  if (!workstation) return refuse('assertion-invalid');

  const claims = await verifyAssertion(registry, assertion, id, workstation.public_key);
  if (!claims.ok) return claims;
  if (workstation.out_since !== null) return refuse('workstation-revoked');
  if (!(await useOnce(registry, id, claims.value))) return refuse('assertion-invalid');

  const now = seconds(registry);
  const accessToken = await new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(id)
    .setAudience(ACCESS_AUDIENCE)
    .setIssuedAt(now)
    .setExpirationTime(now + ACCESS_LIFETIME_SECONDS)
    .sign(registry.secrets.accessTokenKey);
  return done({ accessToken, expiresInSeconds: ACCESS_LIFETIME_SECONDS });
}

/** The workstation id in a valid access token, or null. Whether it has been revoked since is not asked here. */
export async function readAccessToken(registry: Registry, token: string): Promise<string | null> {
  try {
    const { payload } = await jwtVerify(token, registry.secrets.accessTokenKey, {
      algorithms: ['HS256'],
      audience: ACCESS_AUDIENCE,
      requiredClaims: ['exp', 'sub'],
      currentDate: new Date(registry.clock()),
    });
    return payload.sub ?? null;
  } catch {
    return null;
  }
}

const seconds = (registry: Registry) => Math.floor(Date.parse(registry.clock()) / 1000);

function claimedIssuer(assertion: string): string | null {
  try {
    return z.uuid().parse(decodeJwt(assertion).iss);
  } catch {
    return null;
  }
}

type AssertionClaims = { readonly jti: string; readonly expires: number };

async function verifyAssertion(registry: Registry, assertion: string, id: string, publicKey: string): Promise<Outcome<AssertionClaims>> {
  try {
    const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: publicKey }, 'EdDSA');
    const { payload } = await jwtVerify(assertion, key, {
      algorithms: ['EdDSA', 'Ed25519'],
      audience: ASSERTION_AUDIENCE,
      issuer: id,
      subject: id,
      requiredClaims: ['exp', 'jti'],
      // a training desk may work at any pretended time, so its times say nothing; an assertion still counts once
      currentDate: new Date(registry.mode === 'training' ? 0 : registry.clock()),
      clockTolerance: registry.mode === 'training' ? Number.MAX_SAFE_INTEGER : CLOCK_TOLERANCE_SECONDS,
    });
    const { exp, jti } = payload;
    if (exp === undefined || typeof jti !== 'string' || jti.length === 0 || jti.length > 100) return refuse('assertion-invalid');
    const latest = seconds(registry) + ASSERTION_LIFETIME_SECONDS + CLOCK_TOLERANCE_SECONDS;
    if (registry.mode === 'real' && exp > latest) return refuse('clock-skew');
    return done({ jti, expires: Math.min(Math.ceil(exp), Number.MAX_SAFE_INTEGER) });
  } catch (error) {
    return refuse(error instanceof errors.JWTExpired ? 'clock-skew' : 'assertion-invalid');
  }
}

/** False when this assertion was used before. Old ones are forgotten when they could not pass any more. */
async function useOnce(registry: Registry, workstation: string, { jti, expires }: AssertionClaims): Promise<boolean> {
  if (registry.mode === 'real')
    await registry.db.query('DELETE FROM used_assertion WHERE workstation = $1 AND expires < $2', [
      workstation,
      seconds(registry) - CLOCK_TOLERANCE_SECONDS,
    ]);
  const first = await registry.db.query(
    'INSERT INTO used_assertion (workstation, jti, expires) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING jti',
    [workstation, jti, expires],
  );
  return first.length === 1;
}
