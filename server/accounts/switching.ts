import { randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import { Failure } from '../contract/index.ts';
import type { Work } from '../store/stores.ts';
import { isInForce } from './appointment.ts';
import { hashSecret, makeSecret } from './session-secret.ts';

/**
 * The person acts in another of their appointments from now on: a session of its own takes the place of the caller's, with whatever was
 * proven in that, so that nothing that was opened before goes on in the old place. Their other sessions stay where they are.
 * @returns the new session's secret.
 * @throws Failure not-found: none of theirs in force; forbidden for a token
 */
export async function switchSession(
  work: Work<'accounts' | 'audit'>,
  asked: Asked,
  appointmentId: string,
): Promise<string> {
  const { caller, at } = asked;
  const [secret, sessionId] = [makeSecret(), randomUUID()];
  await work.write(async ({ accounts, audit }) => {
    // First: of two windows that switch at once the second waits here, and finds the session gone.
    await recordAct(audit, asked, {
      action: 'session:switch',
      subjectKind: 'session',
      subjectId: sessionId,
      detail: { from: caller.appointmentId, to: appointmentId, replaced: caller.sessionId },
    });
    const former = await accounts.findSession({ sessionId: caller.sessionId });
    if (!former) throw new Failure('unauthenticated', 'the session has ended', { reason: 'session-expired' });
    if (former.kind !== 'browser') throw new Failure('forbidden', 'a token acts where it was made');
    const appointment = await accounts.findAppointment(appointmentId);
    if (appointment?.accountId !== caller.accountId || !isInForce(appointment, at))
      throw new Failure('not-found', 'no such appointment');
    await accounts.deleteSession(former.sessionId);
    await accounts.insertSession({
      ...former,
      sessionId,
      appointmentId,
      callId: null,
      secretHash: hashSecret(secret),
      usedAt: at.toISOString(),
    });
    await accounts.noteAppointment(caller.accountId, appointmentId);
  });
  return secret;
}
