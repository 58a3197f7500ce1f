import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Failure } from '../../server/contract/failure.ts';
import { type ImportedPerson, type ImportKind, ImportView } from '../../server/contract/imports.ts';
import { toFailure } from '../api/failures.ts';
import { addressOf, call, failureOf, send } from '../api/http.ts';
import { useLanguage } from '../i18n/use-language.ts';

/** How far importing one file is. */
export type ImportPhase =
  | { at: 'choose' }
  | { at: 'checking' }
  | { at: 'checked'; view: ImportView }
  /** `failure`: it stands still. */
  | { at: 'importing'; view: ImportView; done: number; failure?: Failure }
  | { at: 'done'; view: ImportView; people: ImportedPerson[] };

export interface Importing {
  phase: ImportPhase;
  /** Why the file could not be checked. */
  failure: Failure | undefined;
  check(kind: ImportKind, file: File): Promise<void>;
  /** Imports what was shown, or goes on after a failure. */
  apply(skipFaulty: boolean): Promise<void>;
  reset(): void;
}

async function checkFile(kind: ImportKind, file: File, language: string): Promise<ImportView> {
  const address = addressOf('/api/imports', {}, { kind, name: file.name, language });
  const response = await send(address, { method: 'POST', body: file, credentials: 'same-origin' });
  if (!response.ok) throw await failureOf(response);
  return ImportView.parse(await response.json());
}

export function useImport(): Importing {
  const client = useQueryClient();
  const language = useLanguage();
  const [phase, setPhase] = useState<ImportPhase>({ at: 'choose' });
  const [failure, setFailure] = useState<Failure>();
  // By account: the links of those who were imported before the line was lost, and not the older ones of a step asked again.
  const [invited] = useState(() => new Map<string, ImportedPerson>());

  async function apply(skipFaulty: boolean): Promise<void> {
    if (phase.at !== 'checked' && phase.at !== 'importing') return;
    const { view } = phase;
    const params = { importId: view.importId };
    let done = phase.at === 'importing' ? phase.done : 0;
    try {
      do {
        setPhase({ at: 'importing', view, done });
        const answer = await call('import:apply', { params, body: { from: done, skipFaulty } });
        for (const one of answer.people) invited.set(one.person.login, one);
        done = answer.done;
      } while (done < view.steps);
      setPhase({ at: 'done', view, people: [...invited.values()] });
    } catch (thrown) {
      setPhase({ at: 'importing', view, done, failure: toFailure(thrown) });
    }
    for (const queryKey of [['people'], ['facilities'], ['facility']]) void client.invalidateQueries({ queryKey });
  }

  return {
    phase,
    failure,
    apply,
    async check(kind, file) {
      invited.clear();
      setFailure(undefined);
      setPhase({ at: 'checking' });
      try {
        setPhase({ at: 'checked', view: await checkFile(kind, file, language) });
      } catch (thrown) {
        setFailure(toFailure(thrown));
        setPhase({ at: 'choose' });
      }
    },
    reset() {
      setFailure(undefined);
      setPhase({ at: 'choose' });
    },
  };
}
