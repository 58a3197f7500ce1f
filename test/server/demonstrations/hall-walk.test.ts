import assert from 'node:assert/strict';
import type { CutState, RouteName } from '../../../server/contract/index.ts';
import { enterPerson } from '../../support/add-person.ts';
import type { Client } from '../../support/client.ts';
import {
  type DemonstrationWorld,
  type Entered,
  HOME,
  INVITED,
  openDemonstrationWorld,
  placeDemonstration,
} from '../../support/demonstration-world.ts';
import { createRandom } from '../../support/random.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';
import { type RunningSfu, startSfu } from '../../support/start-sfu.ts';

const [SEEDS, TURNS] = [6, 40];
const OK = 200;

/** What holds of one demonstration, as the text of the rules has it. */
interface Model {
  state: 'enrolling' | 'live' | 'ended';
  enrolled: Set<string>;
  /** Who has the word. */
  voices: Set<string>;
  cut: CutState;
}

/** An act, what it is answered with, and what it leaves behind where that is 200. */
interface Turn {
  name: RouteName;
  params?: Record<string, string>;
  body?: object;
  expected: number;
  makes?: (model: Model) => void;
}

describe('what is ordered of a hall, walked at random', function () {
  this.timeout(240_000);
  let sfu: RunningSfu;
  let server: RunningServer;
  let world: DemonstrationWorld;
  let watchers: Record<string, Entered>;
  let people: Record<string, Client>;

  before(async () => {
    sfu = await startSfu();
    server = await startServer({ isHallReady: () => true, sfuApart: sfu });
    world = await openDemonstrationWorld(server);
    watchers = { first: world.watcher, second: await enterPerson(server, 'physician', INVITED) };
    const { surgeon, coordinator, moderator, deputy, advocate, nurse, expert } = world;
    people = {
      surgeon,
      coordinator,
      moderator: moderator.client,
      deputy: deputy.client,
      advocate: advocate.client,
      nurse: nurse.client,
      expert: expert.client,
      stranger: (await enterPerson(server, 'surgeon', HOME)).client,
      ...Object.fromEntries(Object.entries(watchers).map(([name, { client }]) => [name, client])),
    };
  });
  after(async () => {
    await server?.close();
    await sfu?.close();
  });

  const is = (who: string, ...names: string[]) => names.includes(who);
  const desk = (who: string) => is(who, 'surgeon', 'coordinator', 'moderator', 'deputy');

  /** What an act is answered with: who may never do it, who may not do it now, or that it is done. */
  const answer = (who: string, may: boolean, isNow: boolean) =>
    who === 'stranger' ? 404 : !may ? 403 : isNow ? OK : 409;

  function turnOf(who: string, model: Model, random: ReturnType<typeof createRandom>, version: number): Turn {
    const { state, enrolled, voices, cut } = model;
    const isOpen = state !== 'ended';
    const isWatcher = who in watchers;
    const moderates = is(who, 'moderator', 'deputy');
    const mayCut = moderates || is(who, 'surgeon', 'nurse', 'advocate');
    const whose = random.pick(Object.keys(watchers));
    const accountId = watchers[whose]?.accountId ?? '';
    switch (random.below(9)) {
      case 0:
        return {
          name: 'demonstration:begin',
          body: { version },
          expected: answer(who, desk(who), state === 'enrolling'),
          makes(one) {
            one.state = 'live';
          },
        };
      case 1:
        // Seldom, so that much happens before.
        if (random.below(4) > 0) break;
        return {
          name: 'demonstration:end',
          body: { version },
          expected: answer(who, desk(who), state === 'live'),
          makes(one) {
            one.state = 'ended';
          },
        };
      case 2: {
        const body = { picture: random.below(2) === 0, sound: random.below(2) === 0 };
        return {
          name: 'demonstration:cut',
          body,
          expected: answer(who, mayCut, isOpen),
          makes(one) {
            const { number, picture, sound } = one.cut;
            one.cut = { number: number + 1, picture: picture || body.picture, sound: sound || body.sound };
          },
        };
      }
      case 3: {
        const number = Math.max(0, cut.number - random.below(2));
        const body = { number, picture: true, sound: random.below(2) === 0 };
        const isNewest = number === cut.number;
        return {
          name: 'demonstration:resume-cut',
          body,
          expected: answer(who, mayCut, isOpen && isNewest),
          makes(one) {
            one.cut = { number, picture: false, sound: one.cut.sound && !body.sound };
          },
        };
      }
      case 4:
      case 5: {
        const expected = answer(who, moderates, state === 'live');
        return {
          name: 'demonstration:give-voice',
          params: { accountId },
          body: { sources: ['audio'] },
          expected: expected === OK && !enrolled.has(whose) ? 404 : expected,
          makes: (one) => void one.voices.add(whose),
        };
      }
      case 6:
        return {
          name: 'demonstration:take-voice',
          params: { accountId },
          expected: answer(who, moderates, state === 'live'),
          makes: (one) => void one.voices.delete(whose),
        };
      case 7: {
        const main = random.below(2) === 0 ? { accountId, source: 'video', label: null } : null;
        const expected = answer(who, moderates, isOpen);
        return {
          name: 'demonstration:program',
          body: { layout: 'single', main, second: null },
          expected: expected === OK && main && !voices.has(whose) ? 400 : expected,
        };
      }
      default:
    }
    if (enrolled.has(who))
      return {
        name: 'demonstration:withdraw',
        expected: isOpen ? OK : 409,
        makes(one) {
          one.enrolled.delete(who);
          one.voices.delete(who);
        },
      };
    return {
      name: 'demonstration:enrol',
      expected: answer(who, isWatcher, isOpen),
      makes: (one) => void one.enrolled.add(who),
    };
  }

  it('[DM16] [DM17] [DM18] is done for whoever may, refused to all others, and known alike to server and sfu', async () => {
    const done = new Set<string>();
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const random = createRandom(seed);
      const startsAt = new Date(Date.now() + 60_000).toISOString();
      const { demonstrationId } = await placeDemonstration(world, 'enrolling', { startsAt });
      const model: Model = {
        state: 'enrolling',
        enrolled: new Set(),
        voices: new Set(),
        cut: { number: 0, picture: false, sound: false },
      };
      for (let turn = 0; turn < TURNS; turn += 1) {
        const who = random.pick(Object.keys(people));
        const stored = (await server.database.read.demonstrations.find(demonstrationId)) ?? assert.fail();
        const { name, params, body, expected, makes } = turnOf(who, model, random, stored.version);
        const at = `seed ${seed}, turn ${turn}: ${name} by ${who}`;
        const { status } = await (people[who] ?? assert.fail(who)).ask(name, {
          params: { demonstrationId, ...params },
          ...(body && { body }),
        });
        assert.equal(status, expected, at);
        if (status !== OK) continue;
        makes?.(model);
        done.add(name);
        const now = (await server.database.read.demonstrations.find(demonstrationId)) ?? assert.fail();
        assert.equal(now.state, model.state, at);
        const { cut } = await server.database.read.halls.find(demonstrationId);
        assert.deepEqual(cut, model.cut, at);
        const there = (await sfu.sfu.listHalls()).find(({ roomId }) => roomId === demonstrationId);
        if (model.cut.number > 0) assert.deepEqual(there?.cut, model.cut, at);
        const voices = await server.database.read.halls.listVoices(demonstrationId);
        const named = Object.keys(watchers).filter((one) =>
          voices.some(({ accountId }) => accountId === watchers[one]?.accountId),
        );
        if (model.state !== 'ended')
          assert.deepEqual(
            named,
            Object.keys(watchers).filter((one) => model.voices.has(one)),
            at,
          );
      }
      const ticket = await world.moderator.client.ask('demonstration:ticket', { params: { demonstrationId } });
      assert.equal(ticket.status, model.state === 'ended' ? 409 : OK, `seed ${seed}`);
    }
    const acts = ['begin', 'end', 'cut', 'resume-cut', 'give-voice', 'take-voice', 'program', 'enrol', 'withdraw'];
    assert.deepEqual([...done].sort(), acts.map((act) => `demonstration:${act}`).sort());
  });
});
