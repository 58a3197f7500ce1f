import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Failure } from '../../server/contract/failure.ts';
import type { OpinionDraft, ReportView } from '../../server/contract/report.ts';
import type { FactorProof } from '../../server/contract/second-factor.ts';
import { consultationQuery } from '../api/consultations.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { reportQuery } from '../api/report.ts';
import { sessionQuery } from '../api/session.tsx';
import type { Autosave } from '../drafts/autosave.ts';
import { opinionQuery, savedOpinion } from './opinion-draft.ts';
import { withoutBlanks } from './opinion-problems.ts';

export type SignState =
  | { kind: 'idle' }
  | { kind: 'password-missing' }
  /** The platform asks for the second factor, and none was given. */
  | { kind: 'proof-missing' }
  | { kind: 'signing' }
  /** The server does not have what was written last. */
  | { kind: 'not-saved' }
  /** Another window changed it; what is shown now is the newest. */
  | { kind: 'outdated' }
  | { kind: 'failed'; failure: Failure };

/** @returns undefined where the person has given none. @throws Failure */
type TakeProof = () => Promise<FactorProof | undefined>;

/** Signs the version of the opinion that is on the screen and no other. */
export function useSign(
  consultationId: string,
  autosave: Autosave<OpinionDraft>,
  onSigned: (report: ReportView) => void,
) {
  const client = useQueryClient();
  const [state, setState] = useState<SignState>({ kind: 'idle' });

  async function send(password: string): Promise<SignState> {
    autosave.change(withoutBlanks(autosave.snapshot.value));
    if (!(await autosave.flush())) return { kind: 'not-saved' };
    const { version } = autosave.snapshot;
    const report = await call('report:sign', { params: { consultationId }, body: { version, password } });
    client.setQueryData(reportQuery(consultationId).queryKey, report);
    await client.invalidateQueries({ queryKey: consultationQuery(consultationId).queryKey });
    onSigned(report);
    return { kind: 'idle' };
  }

  async function attempt(password: string, takeProof: TakeProof | undefined): Promise<SignState> {
    try {
      if (takeProof) {
        const proof = await takeProof();
        if (!proof) return { kind: 'proof-missing' };
        await call('second-factor:prove', { body: { proof } });
      }
      return await send(password);
    } catch (thrown) {
      const failure = toFailure(thrown);
      // The case is with the colleagues then, whether or not the notice of it arrives.
      if (failure.reason === 'licence-expired' || failure.reason === 'licence-upcoming')
        for (const { queryKey } of [consultationQuery(consultationId), sessionQuery])
          void client.invalidateQueries({ queryKey });
      if (failure.reason !== 'version-outdated') return { kind: 'failed', failure };
      const newest = await client.fetchQuery(opinionQuery(consultationId)).catch(() => undefined);
      if (newest) autosave.meet(savedOpinion(newest));
      return { kind: 'outdated' };
    }
  }

  /** @param takeProof where the platform asks for the second factor before signing. @returns what became of it */
  async function sign(password: string, takeProof?: TakeProof): Promise<SignState> {
    setState({ kind: 'signing' });
    const next: SignState = password === '' ? { kind: 'password-missing' } : await attempt(password, takeProof);
    setState(next);
    return next;
  }

  /** Another try begins. */
  const forget = () => setState({ kind: 'idle' });
  return { state, sign, forget };
}
