import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';
import { HallMirror, LINK_PATH, MirroredTrack } from '../../sfu/hall/link/messages.ts';
import { mintLinkToken } from '../../sfu/hall/link/token.ts';
import { eventually } from '../support/eventually.ts';
import { SfuNodes } from '../support/sfu-nodes.ts';

/** A mirror as nodes of the last release read it: of what they do not know they refuse a reason, and leave out a field. */
const EarlierMirror = HallMirror.extend({
  tracks: z.array(
    MirroredTrack.omit({ inputId: true, isWithoutPicture: true }).extend({
      pausedBy: z.enum(['owner', 'moderator', 'cut', 'last-n', 'origin-lost']).nullable(),
    }),
  ),
});

describe('what a hall’s node tells the others of a track', function () {
  this.timeout(120_000);
  let nodes: SfuNodes;
  before(async () => {
    nodes = await SfuNodes.start();
  });
  after(() => nodes.close());
  afterEach(() => nodes.empty());

  it('[SF65] another name, and that its camera gives no picture, reach those on another node', async () => {
    const theatre = await nodes.enter('theatre');
    const { producerId } = await theatre.publish('field');
    const { url } = nodes.otherThan(theatre.url);
    const { client } = await nodes.enter('audience', { url });
    const seen = async () => {
      const { snapshot } = await nodes.enter('audience', { url });
      return snapshot.producers.find((one) => one.producerId === producerId);
    };
    await theatre.client.get('producer:rename', { producerId, label: '腹腔镜' });
    assert.deepEqual(await client.next('producer:renamed'), { producerId, label: '腹腔镜' });
    for (const [why, by] of [
      ['no-picture', 'no-picture'],
      [undefined, 'owner'],
      ['no-picture', 'no-picture'],
    ] as const) {
      await theatre.client.get('producer:pause', { producerId, ...(why && { why }) });
      assert.deepEqual(await client.next('producer:paused'), { producerId, by });
      const view = await seen();
      assert.deepEqual([view?.label, view?.paused, view?.pausedBy], ['腹腔镜', true, by]);
    }
  });

  it('[SF65] a node of the last release hears of a cut, and of all else, also while a camera gives no picture', async () => {
    const theatre = await nodes.enter('theatre');
    const { producerId: field } = await theatre.publish('field');
    const { producerId: device } = await theatre.publish('device');
    const link = await linkAsBefore(theatre.url);
    const reasonOf = (producerId: string) =>
      link.mirror()?.tracks.find((one) => one.producerId === producerId)?.pausedBy;
    try {
      await theatre.client.get('producer:pause', { producerId: field, why: 'no-picture' });
      await eventually('the pause is told as its owner’s', () => reasonOf(field) === 'owner');
      await nodes.server.sfu.cutHall(nodes.roomId, { picture: true, sound: true });
      await eventually('the cut is told', () => link.mirror()?.state.cut.picture === true);
      await eventually('of both', () => [field, device].every((one) => reasonOf(one) === 'cut'));
      assert.deepEqual(link.refused, []);
    } finally {
      link.socket.disconnect();
    }
  });

  /** Another node’s way to the hall, which takes nothing. */
  async function linkAsBefore(url: string) {
    const to = (await nodes.registry.list()).find((one) => one.publicUrl === url);
    assert.ok(to);
    const { roomId, secret } = nodes;
    const token = mintLinkToken({ fromNodeId: randomUUID(), toNodeId: to.nodeId, roomId }, secret);
    const socket: Socket = io(url, { path: LINK_PATH, transports: ['websocket'], auth: { token }, forceNew: true });
    let mirror: z.infer<typeof EarlierMirror> | undefined;
    const refused: unknown[] = [];
    socket.on('hall:mirror', (raw: unknown) => {
      const { data, error } = EarlierMirror.safeParse(raw);
      if (data) mirror = data;
      else refused.push(error);
    });
    const keyBase64 = randomBytes(44).toString('base64');
    const srtpParameters = { cryptoSuite: 'AEAD_AES_256_GCM', keyBase64 };
    const reply = await socket.timeout(5_000).emitWithAck('link:attach', {
      pipeId: randomUUID(),
      end: { ip: '127.0.0.1', port: 9, srtpParameters },
      cut: { number: 0, picture: false, sound: false },
    });
    assert.ok(reply.ok, JSON.stringify(reply));
    return { socket, refused, mirror: () => mirror };
  }
});
