import { TOTP } from 'otpauth';
import { type Client, createClient, RefusedError } from './client.ts';

/** An authenticator app: six digits that change each 30 seconds. */
export interface Authenticator {
  secret: string;
  /** @param steps ahead of, or behind, the time. */
  codeAt(at: Date, steps?: number): string;
}

export function authenticator(secret: string): Authenticator {
  const totp = new TOTP({ secret, algorithm: 'SHA1', digits: 6, period: 30 });
  return { secret, codeAt: (at, steps = 0) => totp.generate({ timestamp: at.getTime() + steps * 30_000 }) };
}

/** Sets an app up for a signed-in person, as their page does. */
export async function setUpTotp(
  client: Client,
  password: string,
  at: Date,
): Promise<{ app: Authenticator; recoveryCodes: string[] }> {
  const { secret } = await client.call('totp:begin', { body: { password } });
  const app = authenticator(secret);
  const { recoveryCodes } = await client.call('totp:confirm', { body: { code: app.codeAt(at) } });
  return { app, recoveryCodes: recoveryCodes ?? [] };
}

/** What a browser sends back after an answer. */
export const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .filter((pair) => !pair.endsWith('='))
    .join('; ');

/** The first step: the password is right. What it gives opens nothing but the second. */
export async function beginSignIn(url: string, account: string, password: string): Promise<Client> {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, password }),
  });
  const failure = (await response.json()) as { reason?: string };
  if (response.status !== 401 || failure.reason !== 'second-factor-needed')
    throw new RefusedError('session:open', response.status, failure);
  return createClient(url, cookieOf(response));
}

/** The second step. @throws RefusedError */
export async function confirmSignIn(
  pending: Client,
  proof: object,
): Promise<{ client: Client; recoveryCodesLeft: number | null }> {
  const response = await pending.fetch('/api/session/second-factor', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ proof }),
  });
  const answer = (await response.json()) as { recoveryCodesLeft: number | null };
  if (response.status !== 201) throw new RefusedError('session:confirm', response.status, answer);
  return { client: createClient(pending.url, cookieOf(response)), recoveryCodesLeft: answer.recoveryCodesLeft };
}
