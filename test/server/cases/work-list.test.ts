import assert from 'node:assert/strict';
import { stateRulesOf } from '../../../server/cases/kinds/case-kinds.ts';
import { readWorkList, readWorkListCounts } from '../../../server/cases/work-list.ts';
import { ConsultationState, Failure, type WorkListQuery } from '../../../server/contract/index.ts';
import type { Database } from '../../../server/database/database.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { COUNTY, makeCaller, makeConsultation, makeGrant, PROVINCE } from '../../support/make-case.ts';
import { createRandom } from '../../support/random.ts';
import { addGrants, seedWorkList } from '../../support/work-list-cases.ts';

const at = new Date('2026-03-01T00:00:00.000Z');
const COUNT = 200;
const query = (more: Partial<WorkListQuery> = {}): WorkListQuery => ({ sort: 'newest', limit: 25, ...more });

eachDatabase('the work list', (open) => {
  const doctor = makeCaller('physician', COUNTY);
  const specialist = makeCaller('specialist', PROVINCE);
  const coordinator = makeCaller('coordinator', PROVINCE);

  async function seeded(random: () => number, count?: number) {
    const database = await open();
    return { database, cases: await seedWorkList(database, { doctor, specialist, coordinator }, random, count) };
  }
  const asked = (caller: typeof doctor) => ({ caller, at, requestId: 'test' });
  const partsOf = (database: Database) => ({ work: database });

  it('[WL1] is paged through once, without a gap or a double, while cases change and come', async function () {
    this.timeout(180_000);
    const { next: random } = createRandom(7);
    const { database, cases } = await seeded(random);
    const parts = partsOf(database);
    const met: string[] = [];
    let after: string | undefined;
    let pages = 0;
    do {
      const page = await readWorkList(parts, asked(doctor), query({ ...(after && { after }) }));
      met.push(...page.lines.map(({ consultationId }) => consultationId));
      after = page.next ?? undefined;
      pages += 1;
      // Meanwhile some change, and a new one comes.
      await database.write(async (stores) => {
        for (let changes = 0; changes < 5; changes += 1) {
          const one = cases[Math.floor(random() * cases.length)];
          const now = one && (await stores.consultations.find(one.consultationId));
          if (now)
            await stores.consultations.replace(
              { ...now, changedAt: at.toISOString(), version: now.version + 1 },
              now.version,
            );
        }
        const fresh = makeConsultation({
          createdAt: at.toISOString(),
          requesterId: doctor.accountId,
          caseNumber: `HZ-N-${pages}`,
        });
        await stores.consultations.insert(fresh);
        await stores.consultations.insertGrants([makeGrant(fresh, doctor, 'requester')]);
      });
    } while (after);
    assert.equal(pages, COUNT / 25);
    assert.deepEqual(met.toSorted(), cases.map(({ consultationId }) => consultationId).toSorted());
  });

  it('[WL2] counts on the server what the pages hold, and agrees with what each line says it waits for', async function () {
    this.timeout(180_000);
    const { database } = await seeded(createRandom(3).next);
    const parts = partsOf(database);
    for (const caller of [doctor, specialist, coordinator]) {
      const counts = await readWorkListCounts(parts, asked(caller), {});
      const all = await readWorkList(parts, asked(caller), query({ limit: 1000 }));
      assert.equal(counts.running + (counts.finished ?? 0) + counts.drafts, all.lines.length, caller.role);
      assert.equal(counts.mine, all.lines.filter(({ needsMe }) => needsMe).length, caller.role);
      for (const list of ['mine', 'running', 'finished', 'drafts'] as const)
        for (const sort of ['newest', 'changed', 'waiting'] as const) {
          const met = new Set<string>();
          let after: string | undefined;
          do {
            const page = await readWorkList(
              parts,
              asked(caller),
              query({ list, sort, limit: 17, ...(after && { after }) }),
            );
            for (const { consultationId } of page.lines) met.add(consultationId);
            after = page.next ?? undefined;
          } while (after);
          assert.equal(met.size, counts[list], `${caller.role} ${list} ${sort}`);
        }
    }
  });

  it('[WL2] is narrowed to one state by the database: its pages hold every such case once, and the counts are theirs', async function () {
    this.timeout(180_000);
    const { database } = await seeded(createRandom(11).next, 63);
    const parts = partsOf(database);
    for (const caller of [doctor, specialist, coordinator]) {
      const all = await readWorkList(parts, asked(caller), query({ limit: 1000 }));
      for (const state of ConsultationState.options) {
        const inState = all.lines.filter((line) => line.state === state);
        const counts = await readWorkListCounts(parts, asked(caller), { state });
        const { list } = stateRulesOf({ kind: 'video', state });
        assert.deepEqual(
          counts,
          {
            running: 0,
            finished: 0,
            drafts: 0,
            [list]: inState.length,
            mine: inState.filter(({ needsMe }) => needsMe).length,
          },
          `${caller.role} ${state}`,
        );
        const met: string[] = [];
        let after: string | undefined;
        do {
          const page = await readWorkList(
            parts,
            asked(caller),
            query({ list, state, limit: 7, ...(after && { after }) }),
          );
          met.push(...page.lines.map(({ consultationId }) => consultationId));
          after = page.next ?? undefined;
        } while (after);
        assert.deepEqual(
          met,
          inState.map(({ consultationId }) => consultationId),
          `${caller.role} ${state}`,
        );
      }
    }
  });

  it('[WL2] is the same for whoever sees so many cases that it is read from all there are', async function () {
    this.timeout(180_000);
    const { database, cases } = await seeded(createRandom(17).next, 63);
    const parts = partsOf(database);
    const read = async (caller: typeof doctor) => {
      const found: string[] = [];
      for (const list of [undefined, 'mine', 'running', 'finished', 'drafts'] as const)
        for (const sort of ['newest', 'changed', 'waiting'] as const)
          for (const state of [undefined, 'accepted', 'acknowledged'] as const) {
            let after: string | undefined;
            do {
              const page = await readWorkList(
                parts,
                asked(caller),
                query({ sort, limit: 10, ...(list && { list }), ...(state && { state }), ...(after && { after }) }),
              );
              found.push([list, sort, state, ...page.lines.map(({ caseNumber }) => caseNumber)].join(' '));
              after = page.next ?? undefined;
            } while (after);
          }
      for (const filter of [{}, { urgency: 'urgent' }] as const)
        found.push(JSON.stringify(await readWorkListCounts(parts, asked(caller), filter)));
      return found;
    };
    for (const caller of [doctor, coordinator]) {
      const before = await read(caller);
      await addGrants(database, caller, cases.find(({ state }) => state === 'issued')?.consultationId);
      assert.deepEqual(await read(caller), before, caller.role);
    }
  });

  it('[WL3] is searched part by part for whoever sees very many, and finds each case once in the same order', async function () {
    this.timeout(180_000);
    const { database } = await seeded(createRandom(23).next);
    const parts = partsOf(database);
    const search = async (text: string, sort: 'newest' | 'changed', limit: number) => {
      const [met, lengths]: [string[], number[]] = [[], []];
      let after: string | undefined;
      do {
        const page = await readWorkList(
          parts,
          asked(doctor),
          query({ search: text, sort, limit, ...(after && { after }) }),
        );
        met.push(...page.lines.map(({ caseNumber }) => caseNumber));
        lengths.push(page.lines.length);
        after = page.next ?? undefined;
      } while (after);
      return { met, lengths };
    };
    const searches = [
      ['肺炎100%', 1],
      ['HZ-T-007', 2],
      ['欧阳小红', 1],
      ['没有这个', 1],
    ] as const;
    const all = async () => {
      const found: string[][] = [];
      for (const [text, limit] of searches)
        for (const sort of ['newest', 'changed'] as const) found.push((await search(text, sort, limit)).met);
      return found;
    };
    const before = await all();
    assert.deepEqual(
      before.map(({ length }) => length),
      [20, 20, 10, 10, 4, 4, 0, 0],
    );
    await addGrants(database, doctor, (await readWorkList(parts, asked(doctor), query())).lines[0]?.consultationId);
    assert.deepEqual(await all(), before);
    const counts = await readWorkListCounts(parts, asked(doctor), { search: '肺炎100%' });
    assert.deepEqual([counts.finished, counts.running + counts.drafts > 0], [null, true], 'those are not counted');
    assert.deepEqual((await search('没有这个', 'newest', 1)).lengths, [0, 0, 0, 0], '200 cases, 60 for each line');
  });

  it('[WL2] is counted up to a thousand, and says where there are more', async function () {
    this.timeout(180_000);
    const { database } = await seeded(createRandom(19).next, 9);
    const counts = () => readWorkListCounts(partsOf(database), asked(doctor), {});
    const add = (count: number, first: number) =>
      database.write(async (stores) => {
        for (let index = first; index < first + count; index += 1) {
          const one = makeConsultation({
            ...{ state: 'acknowledged', caseNumber: `HZ-M-${index}` },
            ...{ requesterId: doctor.accountId, requesterFacilityId: COUNTY },
          });
          await stores.consultations.insert(one);
          await stores.consultations.insertGrants([makeGrant(one, doctor, 'requester')]);
        }
      });
    const { finished } = await counts();
    await add(1000 - (finished ?? 0), 0);
    assert.equal((await counts()).finished, 1000);
    await add(5, 1000);
    assert.equal((await counts()).finished, 1001);
  });

  it('[WL3] is searched by number, hospital and diagnosis, and by a patient’s name only for whoever applied', async () => {
    const { database } = await seeded(createRandom(5).next);
    const parts = partsOf(database);
    const found = async (caller: typeof doctor, filter: Partial<WorkListQuery>) =>
      (await readWorkList(parts, asked(caller), query({ limit: 1000, ...filter }))).lines;
    assert.equal((await found(doctor, { search: 'hz-t-0042' })).length, 1);
    assert.equal((await found(doctor, { search: '获得性肺炎' })).length, COUNT / 10);
    assert.equal(
      (await found(doctor, { search: '%' })).length,
      COUNT / 10,
      'a sign of the database is searched like any other',
    );
    const own = await found(doctor, { search: '欧阳' });
    assert.equal(own.length, 4);
    assert.ok(own.every(({ patientLabel }) => patientLabel === '欧阳小红'));
    assert.equal((await found(specialist, { search: '欧阳' })).length, 0, 'the search tells no masked name');
    assert.ok((await found(specialist, {})).every(({ patientLabel }) => patientLabel.endsWith('*')));
    assert.equal((await found(doctor, { search: demoFacilities.county.name })).length, COUNT);
    const days = await found(doctor, { fromDay: '2026-01-05', toDay: '2026-01-05' });
    assert.ok(days.length > 0 && days.length < 40);
    assert.deepEqual(
      new Set((await found(doctor, { urgency: 'emergency' })).map(({ urgency }) => urgency)),
      new Set(['emergency']),
    );
  });

  it('[WL1] a cursor that is none, or another order’s, is refused', async () => {
    const { database } = await seeded(createRandom(1).next, 30);
    const parts = partsOf(database);
    const { next } = await readWorkList(parts, asked(doctor), query());
    for (const after of ['x', '', next ?? ''])
      await assert.rejects(
        readWorkList(parts, asked(doctor), query({ after, sort: 'changed' })),
        (error) => error instanceof Failure && error.code === 'invalid-message',
      );
  });
});
