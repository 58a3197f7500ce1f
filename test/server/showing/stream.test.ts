import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Asked } from '../../../server/access/asked.ts';
import { createLog } from '../../../server/runtime/log.ts';
import { createField } from '../../../server/showing/field.ts';
import type { Lead } from '../../../server/showing/lead.ts';
import type { ShowingParts } from '../../../server/showing/parts.ts';
import { recheck } from '../../../server/showing/recheck.ts';
import type { StoredShowingEvent } from '../../../server/showing/store.ts';
import { createShowingStream, type ShowingStreamParts } from '../../../server/showing/stream.ts';
import { takeOffAll } from '../../../server/showing/take-off.ts';
import { viewportAt } from '../../support/review-moves.ts';

const log = createLog('silent', 'showing');
const clock = () => new Date('2026-12-01T01:00:00.000Z');
const demonstrationId = randomUUID();

describe('what streams through a demonstration', () => {
  it('is written down, and with it the viewport, whatever one event is that cannot be', async () => {
    const written: StoredShowingEvent[] = [];
    const viewports: unknown[] = [];
    const showings = {
      async addEvents(events: readonly StoredShowingEvent[]) {
        if (events.some(({ event }) => event.kind === 'field-cleared')) throw new Error('it cannot be inserted');
        written.push(...events);
      },
      saveViewport: async (...given: unknown[]) => viewports.push(given[2]) > 0,
      find: async () => undefined,
    };
    const work = { read: { showings }, write: (run: (stores: unknown) => unknown) => run({ showings }) };
    const notify = { toShowing: () => undefined };
    const stream = createShowingStream({ work, clock, notify, log } as unknown as ShowingStreamParts);
    stream.note(demonstrationId, { kind: 'picture', materialId: null });
    stream.note(demonstrationId, { kind: 'field-cleared' });
    stream.move(demonstrationId, 'window', viewportAt(3));
    await stream.close();
    assert.deepEqual(
      written.map(({ event }) => event.kind),
      ['picture', 'viewport'],
    );
    assert.deepEqual(viewports, [viewportAt(3)]);
  });

  it('[SH8] is drawn in no more points a second than a hand makes', async () => {
    let told = 0;
    const parts = { notify: { toShowing: () => (told += 1) }, stream: { note: () => undefined }, clock };
    const lead = { requireMayShow: async () => undefined };
    const field = createField(parts as unknown as ShowingParts, lead as unknown as Lead);
    const piece = {
      ...{ demonstrationId, strokeId: randomUUID(), shape: 'stroke' as const, from: 0 },
      track: { accountId: randomUUID(), source: 'field' as const, label: null },
      points: Array.from({ length: 200 }, () => ({ x: 0.5, y: 0.5 })),
    };
    const of = (accountId: string) => ({ caller: { accountId, name: '' } }) as unknown as Asked;
    for (let count = 0; count < 40; count += 1) await field.draw(of('one'), { peerId: 'window' }, piece);
    assert.equal(told, 4, 'a burst of eight hundred');
    await field.draw(of('other'), { peerId: 'window' }, piece);
    assert.equal(told, 5, 'each person for themselves');
  });

  it('[SH3] is asked of each demonstration by itself whether it may stay, and is off where that cannot be told', async () => {
    const listShown = async () => ['broken', 'whole'].map((one) => ({ demonstrationId: one }));
    const parts = { log, work: { read: { showings: { listShown } } } };
    const asked: string[] = [];
    await takeOffAll(parts as unknown as ShowingParts, async (of, options) => {
      asked.push(options?.isAny ? `${of} off` : of);
      if (of === 'broken' && !options?.isAny) throw new Error('it cannot be read');
    });
    assert.deepEqual(asked, ['broken', 'broken', 'broken off', 'whole']);
  });

  it('[DM5] is read for names file by file: one that cannot be read keeps back no other, and is tried less and less', async () => {
    let nowMs = clock().getTime();
    const materials = ['broken', 'whole'].map((materialId) => ({ materialId, checkedBy: 'somebody' }));
    const consultation = { consultationId: randomUUID(), patient: { name: '张建国' } };
    const read = {
      demonstrations: { listBeginning: async () => [{ demonstrationId, consultationId: 'case', materials }] },
      consultations: { find: async () => consultation },
    };
    const seal = { open: () => '' };
    const parts = { log, seal, clock: () => new Date(nowMs), work: { read } };
    const reads: string[] = [];
    const round = recheck(parts as unknown as ShowingParts, async (_, materialId) => {
      reads.push(materialId);
      if (materialId === 'broken') throw new Error('its bytes are on a disk that is away');
      return '肺段切除';
    });
    for (let rounds = 0; rounds < 120; rounds += 1) {
      await round();
      nowMs += 5_000;
    }
    assert.equal(reads.filter((one) => one === 'whole').length, 1);
    const tries = reads.filter((one) => one === 'broken').length;
    assert.ok(tries >= 4 && tries <= 8, `${tries} tries in ten minutes`);
  });
});
