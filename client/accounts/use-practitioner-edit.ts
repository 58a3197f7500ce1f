import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { LicenceCategory, LicenceGrade, PractitionerView } from '../../server/contract/practitioner.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { failureText } from '../i18n/failure-text.ts';
import { practitionerQuery } from './people-data.ts';

const FIELDS = [
  'licenceNumber',
  'category',
  'grade',
  'validFrom',
  'validTo',
  'independentSince',
  'specialties',
] as const;
export type LicenceField = (typeof FIELDS)[number];

/** As it is typed: nothing is an empty text. */
export interface LicenceEntry {
  licenceNumber: string;
  category: LicenceCategory | '';
  grade: LicenceGrade | '';
  validFrom: string;
  validTo: string;
  independentSince: string;
  specialties: string[];
}

export function licenceEntryOf(practitioner: PractitionerView): LicenceEntry {
  const { licenceNumber, category, grade, validFrom, validTo, independentSince, specialties } = practitioner;
  return {
    licenceNumber: licenceNumber ?? '',
    category: category ?? '',
    grade: grade ?? '',
    validFrom: validFrom ?? '',
    validTo: validTo ?? '',
    independentSince: independentSince ?? '',
    specialties,
  };
}

const isSame = (one: LicenceEntry, other: LicenceEntry, field: LicenceField): boolean =>
  String(one[field]) === String(other[field]);

const take = (into: LicenceEntry, from: LicenceEntry, field: LicenceField) =>
  Object.assign(into, { [field]: from[field] });

export interface LicenceConflict {
  mine: LicenceEntry;
  /** As it is saved now. */
  theirs: LicenceEntry;
  fields: LicenceField[];
}

/** Saves what was edited of a licence; where somebody else was quicker, says what differs and leaves the choice. */
export function usePractitionerEdit(
  practitioner: PractitionerView,
  {
    onSaved,
    onFault,
  }: { onSaved: (saved: PractitionerView) => void; onFault: (field: LicenceField, text: string) => void },
) {
  const { accountId } = practitioner;
  const client = useQueryClient();
  const [conflict, setConflict] = useState<LicenceConflict>();
  const [base, setBase] = useState(practitioner);
  const edit = useMutation({
    mutationFn: ({ entry, revision }: { entry: LicenceEntry; revision: number }) =>
      call('practitioner:save', {
        params: { accountId },
        body: {
          licenceNumber: entry.licenceNumber || null,
          category: entry.category || null,
          grade: entry.grade || null,
          validFrom: entry.validFrom || null,
          validTo: entry.validTo || null,
          independentSince: entry.independentSince || null,
          specialties: entry.specialties,
          revision,
        },
      }),
    onSuccess(saved) {
      setBase(saved);
      setConflict(undefined);
      client.setQueryData(practitionerQuery(accountId).queryKey, saved);
      void client.invalidateQueries({ queryKey: ['people', 'page'] });
      onSaved(saved);
    },
  });

  async function save(entry: LicenceEntry, revision = base.revision): Promise<void> {
    try {
      await edit.mutateAsync({ entry, revision });
    } catch (thrown) {
      const failure = toFailure(thrown);
      const field = FIELDS.find((one) => failure.fields?.includes(one));
      if (field) onFault(field, failureText(failure));
      if (failure.reason === 'version-outdated') await compare(entry);
    }
  }

  /** What only one of the two has changed is no question. */
  async function compare(entry: LicenceEntry): Promise<void> {
    const now = await client.fetchQuery(practitionerQuery(accountId));
    const [before, theirs, mine] = [licenceEntryOf(base), licenceEntryOf(now), { ...entry }];
    setBase(now);
    const fields = FIELDS.filter((one) => !isSame(entry, theirs, one) && !isSame(theirs, before, one));
    const open = fields.filter((one) => !isSame(entry, before, one));
    for (const one of FIELDS) if (isSame(entry, before, one)) take(mine, theirs, one);
    if (open.length === 0) await save(mine, now.revision);
    else setConflict({ mine, theirs, fields: open });
  }

  const failure = edit.error ? toFailure(edit.error) : undefined;
  const isShownElsewhere =
    failure?.reason === 'version-outdated' || FIELDS.some((one) => failure?.fields?.includes(one));
  return {
    conflict,
    busy: edit.isPending,
    failure: isShownElsewhere ? undefined : failure,
    save: (entry: LicenceEntry) => void save(entry),
    /** @param kept the fields in which what is saved now stays. */
    async settle(kept: readonly string[]): Promise<void> {
      if (!conflict) return;
      const chosen = { ...conflict.mine };
      for (const one of FIELDS) if (kept.includes(one)) take(chosen, conflict.theirs, one);
      setConflict(undefined);
      await save(chosen);
    },
  };
}
