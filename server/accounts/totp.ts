import { Secret, TOTP } from 'otpauth';

/** What every authenticator app takes for granted: SHA-1, six digits, 30 seconds (RFC 6238 section 1.2, Key URI format). */
const FORM = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** 160 bits, as RFC 4226 section 4 (R6) recommends. */
const SECRET_BYTES = 20;
/** One step of delay, as RFC 6238 section 5.2 recommends, and one ahead: telephones are set by hand. */
const WINDOW_STEPS = 1;
const ISSUER = 'Huizhen';

/** Base 32. */
export function makeTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** What an app scans. */
export function totpAddress(secret: string, login: string): string {
  return new TOTP({ ...FORM, issuer: ISSUER, label: login, secret }).toString();
}

/** Of which step, counted from 1970, this is the code; undefined: of none that is near enough. The same code may be of use once only. */
export function findTotpStep(secret: string, code: string, at: Date): number | undefined {
  const timestamp = at.getTime();
  const token = { ...FORM, token: code, secret: Secret.fromBase32(secret), timestamp, window: WINDOW_STEPS };
  const delta = TOTP.validate(token);
  return delta === null ? undefined : Math.floor(timestamp / (FORM.period * 1000)) + delta;
}
