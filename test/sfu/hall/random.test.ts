import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HallSeat } from '../../../sfu/contract/token.ts';
import { eventually } from '../../support/eventually.ts';
import { type HallPerson, HallWorld } from '../../support/hall-world.ts';
import { createRandom } from '../../support/random.ts';

const STEPS = 40;
const MOST_PEOPLE = 14;
const BOTH = { picture: true, sound: true };

/** What somebody sends, and whether it is the theatre's. */
interface Sent {
  producerId: string;
  by: HallPerson;
  isTheatre: boolean;
}

/** Who is there, what they send and whether it is cut: all that decides who must receive what. */
class Model {
  readonly people = new Map<HallPerson, HallSeat>();
  sent: Sent[] = [];
  cutNumber = 0;
  isCut = false;

  with(seat: HallSeat): HallPerson[] {
    return [...this.people].filter(([, one]) => one === seat).map(([person]) => person);
  }

  drop(person: HallPerson): void {
    this.sent = this.sent.filter(({ by }) => by !== person);
  }
}

describe('a hall in which everything happens', () => {
  for (const seed of [1, 2, 3])
    it(`gives everybody what they must receive, nobody what is cut, and leaves nothing behind (seed ${seed})`, async () => {
      const world = await HallWorld.start(2);
      const model = new Model();
      const random = createRandom(seed);
      const done: string[] = [];
      try {
        const begin = async () => {
          const theatre = await world.enter('theatre');
          model.people.set(theatre, 'theatre');
          await send(theatre, 'field');
        };
        const send = async (by: HallPerson, source: 'field' | 'audio') => {
          const { producerId } = await by.publish(source, undefined, 25);
          model.sent.push({ producerId, by, isTheatre: model.people.get(by) === 'theatre' });
        };
        const acts: Record<string, () => Promise<void>> = {
          async watcher() {
            if (model.people.size < MOST_PEOPLE) model.people.set(await world.enter('audience'), 'audience');
          },
          async theatre() {
            if (model.with('theatre').length < 2) await begin();
          },
          async leave() {
            if (model.people.size < 2) return;
            const person = random.pick([...model.people.keys()]);
            model.people.delete(person);
            model.drop(person);
            await person.leave();
          },
          async grant() {
            const asker = model.with('audience').find(({ send: open }) => !open);
            if (!asker) return;
            await world.sfu.sfu.setPublish(world.roomId, asker.accountId, ['audio']);
            asker.send = (
              await asker.client.next('publish:changed', ({ sendTransport }) => sendTransport !== null)
            ).sendTransport;
            await send(asker, 'audio');
          },
          async revoke() {
            const asker = model.with('audience').find(({ send: open }) => open);
            if (!asker) return;
            asker.stop();
            asker.send = null;
            model.drop(asker);
            await world.sfu.sfu.setPublish(world.roomId, asker.accountId, []);
          },
          async cut() {
            model.cutNumber = (await world.sfu.sfu.cutHall(world.roomId, BOTH)).number;
            model.isCut = true;
          },
          async resume() {
            await world.sfu.sfu.resumeHall(world.roomId, { number: model.cutNumber, ...BOTH });
            model.isCut = false;
          },
          async staleResume() {
            if (model.cutNumber === 0) return;
            await assert.rejects(world.sfu.sfu.resumeHall(world.roomId, { number: model.cutNumber - 1, ...BOTH }));
          },
          async workerDies() {
            const worker = random.pick(world.plain.workers.filter(({ closed }) => !closed));
            process.kill(worker.pid, 'SIGKILL');
            await eventually(
              'it is replaced',
              async () => worker.closed && (await world.sfu.sfu.health()).workers === 2,
            );
            await sleep(50);
            for (const person of model.people.keys()) {
              if (!person.client.heard.some(({ name }) => name === 'room:rejoin')) continue;
              person.client.heard.splice(0);
              person.stop();
              const sources = model.sent.filter(({ by }) => by === person);
              model.drop(person);
              await person.join();
              for (const { isTheatre } of sources) await send(person, isTheatre ? 'field' : 'audio');
            }
          },
        };
        await begin();
        for (let step = 0; step < STEPS; step += 1) {
          const name = random.pick(['watcher', 'watcher', 'watcher', ...Object.keys(acts)]);
          // Deaths are slow: two in a run.
          if (name === 'workerDies' && done.filter((one) => one === name).length >= 2) continue;
          done.push(name);
          await acts[name]?.();
          if (step % 4 === 3) await check(model);
        }
        await check(model);
        for (const person of model.people.keys()) await person.leave();
        await eventually('no router is left', () => world.plain.routers.every(({ closed }) => closed));
        const dumps = await Promise.all(world.plain.workers.filter(({ closed }) => !closed).map((one) => one.dump()));
        assert.ok(dumps.every(({ routerIds }) => routerIds.length === 0));
        world.people = [];
      } catch (error) {
        throw new Error(`seed ${seed}, after ${done.join(', ')}`, { cause: error });
      } finally {
        await world.close();
      }
    }).timeout(240_000);
});

/** Everybody takes all there is; then what must flow does, what is cut does not, and a track is at the second worker where somebody takes it there. */
async function check({ people, sent, isCut }: Model): Promise<void> {
  const pairs = [...people.keys()].flatMap((person) =>
    sent.filter(({ by }) => by !== person).map((one) => ({ person, ...one })),
  );
  for (const { person, producerId } of pairs) if (!person.consumers.has(producerId)) await person.watch(producerId);
  await sleep(40);
  const before = pairs.map(({ person, producerId }) => person.arrived(producerId));
  const count = (index: number) => {
    const pair = pairs[index];
    return pair ? pair.person.arrived(pair.producerId) - (before[index] ?? 0) : 0;
  };
  await eventually('whatever must flow does', () =>
    pairs.every(({ isTheatre }, index) => (isTheatre && isCut) || count(index) >= 3),
  );
  await sleep(100);
  for (const [index, { isTheatre }] of pairs.entries())
    if (isTheatre && isCut) assert.equal(count(index), 0, 'nobody receives while it is cut');
}
