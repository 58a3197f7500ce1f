import { setTimeout as sleep } from 'node:timers/promises';
import { type HallPerson, HallWorld } from '../support/hall-world.ts';
import { startSink } from './forwarding.ts';
import type { Report } from './report.ts';

const THERE = [1, 100, 300];
const SAMPLES = 20;
const FIELD_EVERY_MS = 20;
const FIRST_PACKET_AIM_MS = 500;
const CUT_AIM_MS = 300;
const VOICE_AIM_MS = 500;

/** How long joining, cutting and granting take in a real sfu with two workers, over real sockets, with many watching. */
export async function benchWatching(report: Report): Promise<void> {
  const world = await HallWorld.start(2);
  const crowd = await startSink();
  const greet = (port: number) => void crowd.process.send({ greet: port });
  try {
    const theatre = await world.enter('theatre');
    const { producerId: field } = await theatre.publish('field', undefined, FIELD_EVERY_MS);
    let there = 0;
    for (const count of THERE) {
      for (; there < count; there += 1) await (await world.enter('audience', {}, greet)).watch(field);
      await sleep(1_000);
      report.say(`${count} are there`);
      report.samples(`join-first-packet-with-${count}`, await join(world, field), 'ms', FIRST_PACKET_AIM_MS);
      report.samples(`cut-last-packet-with-${count}`, await cut(world, field), 'ms', CUT_AIM_MS);
      report.samples(`grant-packet-with-${count}`, await grant(world), 'ms', VOICE_AIM_MS);
    }
  } finally {
    await world.close();
    crowd.process.disconnect();
  }
}

async function firstPacket(person: HallPerson, producerId: string): Promise<number> {
  while (person.arrived(producerId) === 0) await sleep(1);
  return person.arrivals(producerId).firstMs;
}

/** From the question to the first packet; the connection is there before. */
async function join(world: HallWorld, field: string): Promise<number[]> {
  const samples: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const person = await world.enter('audience');
    await person.client.get('room:leave', {});
    const startMs = performance.now();
    await person.join();
    await person.watch(field);
    samples.push((await firstPacket(person, field)) - startMs);
    await person.leave();
  }
  return samples;
}

/** From the order to the last packet at any of four watchers on both workers. */
async function cut(world: HallWorld, field: string): Promise<number[]> {
  const both = { picture: true, sound: true };
  const watchers = await Promise.all([1, 2, 3, 4].map(() => world.enter('audience')));
  for (const watcher of watchers) {
    await watcher.watch(field);
    await firstPacket(watcher, field);
  }
  const samples: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    await sleep(10 * FIELD_EVERY_MS + sample);
    const startMs = performance.now();
    const { number } = await world.sfu.sfu.cutHall(world.roomId, both);
    await sleep(5 * FIELD_EVERY_MS);
    const lastMs = Math.max(...watchers.map((watcher) => watcher.arrivals(field).lastMs));
    samples.push(Math.max(0, lastMs - startMs));
    await world.sfu.sfu.resumeHall(world.roomId, { number, ...both });
  }
  for (const watcher of watchers) await watcher.leave();
  return samples;
}

/** From the order to the first packet of the voice at another watcher. */
async function grant(world: HallWorld): Promise<number[]> {
  const [asker, hearer] = [await world.enter('audience'), await world.enter('audience')];
  const samples: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const startMs = performance.now();
    await world.sfu.sfu.setPublish(world.roomId, asker.accountId, ['audio']);
    asker.send = (await asker.client.next('publish:changed')).sendTransport;
    const created = hearer.client.next('producer:created');
    await asker.publish('audio', undefined, FIELD_EVERY_MS);
    const { producerId } = await created;
    await hearer.watch(producerId);
    samples.push((await firstPacket(hearer, producerId)) - startMs);
    asker.stop();
    await world.sfu.sfu.setPublish(world.roomId, asker.accountId, []);
    await asker.client.next('publish:changed');
  }
  for (const person of [asker, hearer]) await person.leave();
  return samples;
}
