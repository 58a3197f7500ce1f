import { Failure } from '../contract/failure.ts';

interface Schema<T> {
  safeParse(
    value: unknown,
  ):
    | { success: true; data: T }
    | { success: false; error: { issues: readonly { path: PropertyKey[]; message: string }[] } };
}

/** Parses what came over the network. @throws Failure invalid-message that names the fields at fault, never their values. */
export function parseInput<T>(schema: Schema<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.slice(0, 20);
  throw new Failure(
    'invalid-message',
    issues
      .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
      .join('; ')
      .slice(0, 500),
    {
      fields: issues.map((issue) => issue.path.join('.')),
    },
  );
}
