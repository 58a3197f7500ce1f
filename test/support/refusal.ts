import assert from 'node:assert/strict';
import type { FailureView, RouteName } from '../../server/contract/index.ts';
import { type Client, RefusedError } from './client.ts';

/** What the server refuses with; `short` is code/reason. Fails where it does not refuse. */
export async function refusal(
  client: Client,
  name: RouteName,
  params: Record<string, string>,
  body: object = {},
): Promise<FailureView & { status: number; short: string }> {
  const answer = await client.ask(name, { params, body });
  assert.ok(answer.status >= 400, `${name} was not refused`);
  const failure = answer.body as FailureView;
  return { ...failure, status: answer.status, short: [failure.code, failure.reason].filter(Boolean).join('/') };
}

/** Holds that a call is refused so: `short` is code/reason. */
export async function refusedAs(short: string, call: Promise<unknown>): Promise<void> {
  await assert.rejects(call, (thrown: unknown) => {
    assert.ok(thrown instanceof RefusedError, String(thrown));
    const { code, reason } = thrown.failure;
    assert.equal([code, reason].filter(Boolean).join('/'), short);
    return true;
  });
}
