import type { IdentifierKind, PatientsFound } from '../../../server/contract/index.ts';
import type { Client } from '../../support/client.ts';
import { countyIndex } from './facility-rows.ts';
import { NOBODY } from './names.ts';
import type { Measured } from './network.ts';
import { type Patient, patientAt } from './patient-rows.ts';
import { clinicianCount } from './people-rows.ts';
import { idOf } from './size.ts';
import { asked, clinicians, timed } from './timed.ts';

const SAMPLES = 40;
const KINDS: IdentifierKind[] = [
  ...(['id-card', 'phone', 'health-card', 'social-security-card', 'hospital-number', 'passport'] as const),
];
/** What is typed to find a patient by name. */
const TYPED: Record<string, (one: Patient) => string> = {
  surname: ({ name }) => [...name][0] ?? '',
  'part-of-name': ({ name }) => [...name].slice(0, 2).join(''),
  name: ({ name }) => name,
  pinyin: ({ pinyin }) => pinyin,
  'part-of-pinyin': ({ pinyin }) => pinyin.slice(0, 3),
  initials: ({ initials }) => initials,
  'one-letter': ({ initials }) => initials.slice(0, 1),
};
const FOUND_NOBODY = { 'unknown-name': NOBODY.name, 'unknown-pinyin': NOBODY.pinyin, 'unknown-number': '99999999999' };

/** Of all patients those of whom these people see a case: about 500, 10,000 and 300,000 of two million. */
export async function measurePatients(measured: Measured): Promise<void> {
  const { size, staff } = measured;
  const county = countyIndex(size, 0);
  const asking = Math.min(20, clinicianCount(staff, county));
  const isOfCounty = ({ county: of }: Patient) => of === 0;
  const isOfPhysician = (one: Patient) => one.county === 0 && Math.floor(one.index / size.counties) % asking === 0;
  const isOfHub = ({ hub }: Patient) => hub === 0;
  const { physician, coordinator, hub } = await clinicians(measured);
  await searchAll(measured, 'physician', physician, isOfPhysician);
  await searchAll(measured, 'county', coordinator, isOfCounty);
  await searchAll(measured, 'hub', hub, isOfHub);
  await measureEntries(measured, coordinator);
}

function samplesOf({ size }: Measured, isSeen: (one: Patient) => boolean): Patient[] {
  const found: Patient[] = [];
  for (let index = 0; index < size.patients && found.length < SAMPLES; index += 1) {
    const one = patientAt(size, index);
    if (isSeen(one)) found.push(one);
  }
  return found;
}

async function searchAll(
  measured: Measured,
  who: string,
  client: Client,
  isSeen: (one: Patient) => boolean,
): Promise<void> {
  const search = async (text: string, isThere: boolean) => {
    const { lines } = (await asked(client, 'patients:search', { body: { search: text } })) as PatientsFound;
    if (lines.length > 0 !== isThere) throw new Error(`${who} searched: ${lines.length} found`);
  };
  const samples = samplesOf(measured, isSeen);
  for (const [key, typed] of Object.entries(TYPED))
    await timed(measured, `search-${who}-${key}`, (index) => search(typed(pick(samples, index)), true));
  for (const kind of KINDS) {
    const numbers = samplesOf(measured, (one) => isSeen(one) && one.numbers.some((own) => own.kind === kind)).flatMap(
      (one) => one.numbers.find((own) => own.kind === kind)?.number ?? [],
    );
    // In a small network nobody of a physician's has a passport.
    if (numbers.length > 0)
      await timed(measured, `search-${who}-${kind}`, (index) => search(pick(numbers, index), true));
  }
  for (const [key, typed] of Object.entries(FOUND_NOBODY))
    await timed(measured, `search-${who}-${key}`, () => search(typed, false));
}

function pick<T>(from: readonly T[], index: number): T {
  const one = from[index % from.length];
  if (one === undefined) throw new Error('too few patients to search for');
  return one;
}

/** A patient's page, who may be the same person, joining and parting them. */
async function measureEntries(measured: Measured, client: Client): Promise<void> {
  const { size } = measured;
  // Those that stand twice, and their first entries.
  const twice = samplesOf(measured, ({ county, numbers }) => county === 0 && numbers.length === 0);
  const idAt = (index: number, offset = 0) => idOf('patient', pick(twice, index).index + offset);
  await timed(measured, 'patient-page', (index) =>
    asked(client, 'patient:read', { params: { patientId: idAt(index) } }),
  );
  await timed(measured, 'patient-duplicates', async (index) => {
    const found = await asked(client, 'patient:duplicates', { params: { patientId: idAt(index) } });
    if ((found as unknown[]).length === 0) throw new Error('no duplicate is offered');
  });
  const joined: { patientId: string; mergeId: string }[] = [];
  const [first, ...others] = twice.map((_, index) => index);
  if (first === undefined) throw new Error('nobody stands twice');
  let next = 0;
  await timed(
    measured,
    'patient-merge',
    async () => {
      const index = [first, ...others][next] ?? first;
      next += 1;
      const [keptId, mergedId] = [idAt(index, -size.counties), idAt(index)];
      const body = { mergedId, reason: '同一人', confirmed: true };
      const page = (await asked(client, 'patient:merge', { params: { patientId: keptId }, body })) as {
        merges: { mergeId: string }[];
      };
      joined.push({ patientId: keptId, mergeId: page.merges[0]?.mergeId ?? '' });
    },
    twice.length - 1,
  );
  let undone = 0;
  await timed(
    measured,
    'patient-undo-merge',
    async () => {
      const one = joined[undone];
      undone += 1;
      await asked(client, 'patient:undo-merge', { params: { ...one } });
    },
    joined.length - 1,
  );
}
