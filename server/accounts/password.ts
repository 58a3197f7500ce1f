import argon2 from 'argon2';

/** argon2id; OWASP's first recommendation for a server (19 MiB, 2 passes) with a margin. */
const OPTIONS = { type: argon2.argon2id, memoryCost: 32768, timeCost: 3, parallelism: 1 } as const;

export function hashPassword(password: string): Promise<string> {
  return argon2.hash(password, OPTIONS);
}

/** A hash that no password matches: checked where there is no account, so that the answer takes as long. */
const nobody = argon2.hash('no account has this name', OPTIONS);

export async function isPasswordRight(passwordHash: string | undefined, password: string): Promise<boolean> {
  const isRight = await argon2.verify(passwordHash ?? (await nobody), password);
  return passwordHash !== undefined && isRight;
}
