import argon2 from 'argon2';

/** argon2id; OWASP's first recommendation for a server (19 MiB, 2 passes) with a margin. */
const OPTIONS = { type: argon2.argon2id, memoryCost: 32768, timeCost: 3, parallelism: 1 } as const;

/** The same password from every keyboard and input method (NIST SP 800-63B section 3.1.1.2; Unicode Annex 15). */
export function normalizePassword(typed: string): string {
  return typed.normalize('NFKC');
}

export function hashPassword(password: string): Promise<string> {
  return argon2.hash(normalizePassword(password), OPTIONS);
}

/** A hash that no password matches: checked where there is no account, so that the answer takes as long. */
const nobody = argon2.hash('no account has this name', OPTIONS);

/** @param passwordHash null or undefined: no password is right. */
export async function isPasswordRight(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  const isRight = await argon2.verify(passwordHash ?? (await nobody), normalizePassword(password));
  return passwordHash != null && isRight;
}
