import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ManagedPersonView } from '../../server/contract/people.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { keepPerson, personQuery } from './people-data.ts';
import { entryOf, type PersonEntry } from './person-fields.tsx';

const FIELDS = ['name', 'title', 'role', 'specialty', 'facilityId'] as const;
export type EditedField = (typeof FIELDS)[number];

export interface EditConflict {
  mine: PersonEntry;
  /** As it is saved now. */
  theirs: PersonEntry;
  fields: EditedField[];
}

/** Saves what was edited in a person; where somebody else was quicker, says what differs and leaves the choice. */
export function usePersonEdit(person: ManagedPersonView, onSaved: (person: ManagedPersonView) => void) {
  const client = useQueryClient();
  const [conflict, setConflict] = useState<EditConflict>();
  /** What the edit was made on: it stays so, whatever is read meanwhile, until the person has seen the difference. */
  const [base, setBase] = useState(person);
  const edit = useMutation({
    mutationFn: ({ entry, revision }: { entry: PersonEntry; revision: number }) => {
      const { login: _, specialty, ...data } = entry;
      return call('person:edit', {
        params: { accountId: person.accountId },
        body: { ...data, specialty: specialty || null, revision },
      });
    },
    onSuccess(saved) {
      setBase(saved);
      setConflict(undefined);
      keepPerson(client, saved);
      onSaved(saved);
    },
  });

  async function save(entry: PersonEntry, revision = base.revision): Promise<void> {
    try {
      await edit.mutateAsync({ entry, revision });
    } catch (thrown) {
      if (toFailure(thrown).reason !== 'version-outdated') return;
      const now = await client.fetchQuery(personQuery(person.accountId));
      const [before, theirs] = [entryOf(base), entryOf(now)];
      setBase(now);
      // What only one of the two has changed is no question.
      const isMine = (field: EditedField) => entry[field] !== before[field];
      const fields = FIELDS.filter(
        (field) => isMine(field) && theirs[field] !== before[field] && entry[field] !== theirs[field],
      );
      const mine = { ...entry };
      for (const field of FIELDS) if (!isMine(field)) Object.assign(mine, { [field]: theirs[field] });
      if (fields.length === 0) await save(mine, now.revision);
      else setConflict({ mine, theirs, fields });
    }
  }

  const failure = edit.error ? toFailure(edit.error) : undefined;
  return {
    conflict,
    busy: edit.isPending,
    failure: failure?.reason === 'version-outdated' ? undefined : failure,
    save: (entry: PersonEntry) => void save(entry),
    /** @param kept the fields in which what is saved now stays. */
    async settle(kept: readonly string[]): Promise<void> {
      if (!conflict) return;
      const chosen = { ...conflict.mine };
      for (const field of FIELDS) if (kept.includes(field)) Object.assign(chosen, { [field]: conflict.theirs[field] });
      setConflict(undefined);
      await save(chosen);
    },
  };
}
