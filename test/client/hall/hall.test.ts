import assert from 'node:assert/strict';
import type { types } from 'mediasoup-client';
import { createPeerBook } from '../../../client/call/peer-book.ts';
import { Publisher } from '../../../client/call/publisher.ts';
import type { OutgoingTrack } from '../../../client/call/sending.ts';
import type { Signalling } from '../../../client/call/signalling.ts';
import { HallView } from '../../../client/hall/hall-view.ts';
import { sentPictures } from '../../../client/hall/program-tracks.ts';
import type { RoomSnapshot } from '../../../sfu/contract/room.ts';
import type { MediaSource } from '../../../sfu/contract/token.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

interface Encoding {
  maxBitrate: number;
  active: boolean;
}

describe('a hall in the browser', () => {
  describe('what is sent', () => {
    function theatre(mayPublish: MediaSource[]) {
      const clock = new VirtualClock();
      const asked: [string, unknown][] = [];
      const produced: { key: string; encodings: Encoding[]; closed: boolean }[] = [];
      const listeners = new Set<() => void>();
      /** What the sfu never answers. */
      const unanswered = new Set<string>();
      let tracks: OutgoingTrack[] = [];
      const transport = (): types.Transport =>
        ({
          closed: false,
          produce: async ({ encodings = [], appData }: { encodings?: Encoding[]; appData: { label: string } }) => {
            const made = {
              key: appData.label,
              encodings: encodings.map((one) => ({ ...one, active: true })),
              closed: false,
            };
            produced.push(made);
            return {
              id: `producer of ${made.key}`,
              track: tracks.find(({ label }) => label === made.key)?.track,
              get closed() {
                return made.closed;
              },
              rtpParameters: { encodings },
              rtpSender: {
                getParameters: () => ({ encodings: made.encodings.map((one) => ({ ...one })) }),
                setParameters: async (next: { encodings: Encoding[] }) => {
                  made.encodings = next.encodings;
                },
              },
              pause: () => {},
              resume: () => {},
              replaceTrack: async () => {},
              close: () => {
                made.closed = true;
              },
            };
          },
        }) as unknown as types.Transport;
      let on = mayPublish.length > 0 ? transport() : undefined;
      const publisher = new Publisher({
        transport: () => on,
        mayPublish: () => mayPublish,
        canProduce: () => true,
        sending: {
          get tracks() {
            return tracks;
          },
          onState: (listener) => {
            listeners.add(listener);
            return () => listeners.delete(listener);
          },
        },
        request: (async (name: string, input: unknown) => {
          asked.push([name, input]);
          if (unanswered.has(name)) await new Promise(() => undefined);
          return {};
        }) as Signalling['request'],
        clock,
        onFailure: (thrown) => assert.fail(String(thrown)),
        onChange: () => {},
      });
      return {
        publisher,
        asked,
        unanswered,
        send: async (next: OutgoingTrack[]) => {
          tracks = next;
          for (const listener of listeners) listener();
          await clock.pass(10);
        },
        give: async (sources: MediaSource[]) => {
          mayPublish = sources;
          on ??= transport();
          publisher.follow();
          await clock.pass(10);
        },
        hear: async (message: Parameters<Publisher['hear']>[0]) => {
          publisher.hear(message);
          await clock.pass(10);
        },
        settle: () => clock.pass(10),
        live: () => produced.filter(({ closed }) => !closed).map(({ key }) => key),
        /** Layers that are sent of what is called so. */
        layers: (key: string) =>
          produced.findLast((one) => one.key === key)?.encodings.filter(({ active }) => active).length,
      };
    }
    const track = (label: string, source: MediaSource, bps: number[]): OutgoingTrack => ({
      key: label,
      label,
      source,
      track: { label } as unknown as MediaStreamTrack,
      paused: false,
      encode: () => ({ encodings: bps.map((maxBitrate) => ({ maxBitrate })) }),
    });
    const field = track('microscope', 'field', [250, 900, 4000]);
    const second = track('overview', 'field', [250, 900, 4000]);
    const room = track('room', 'room', [200, 600]);
    const voice = track('lapel', 'audio', []);

    it('is every track of its own, also several of one source, and of them what the seat may', async () => {
      const { send, live } = theatre(['audio', 'field']);
      await send([voice, field, second, room]);
      assert.deepEqual(live(), ['lapel', 'microscope', 'overview']);
    });

    it('ends at the sfu with the track that its page takes away, and leaves the others alone', async () => {
      const { send, live, asked } = theatre(['audio', 'field', 'room']);
      await send([voice, field, room]);
      await send([voice, room]);
      assert.deepEqual(live(), ['lapel', 'room']);
      assert.deepEqual(asked, [['producer:close', { producerId: 'producer of microscope' }]]);
    });

    it('begins once a voice is given and ends once it is taken', async () => {
      const { send, give, hear, live } = theatre([]);
      await send([voice]);
      assert.deepEqual(live(), []);
      await give(['audio']);
      assert.deepEqual(live(), ['lapel']);
      // As the sfu tells the owner of a track that may not be sent any more, before it says so.
      await give([]);
      await hear({ name: 'producer:closed', notice: { producerId: 'producer of lapel' } });
      assert.deepEqual(live(), []);
      await give(['audio']);
      assert.deepEqual(live(), ['lapel']);
    });

    it('gives way layer by layer, and keeps the smallest picture of what comes first to the last', async () => {
      const { publisher, send, layers, settle } = theatre(['field', 'room']);
      await send([field, room]);
      assert.deepEqual(publisher.layersBps, [250, 200, 900, 600, 4000]);
      const sent: (number | undefined)[][] = [];
      for (const count of [5, 4, 3, 2, 1, 0]) {
        publisher.setLayers(count);
        await settle();
        sent.push([layers('microscope'), layers('room')]);
      }
      assert.deepEqual(sent, [
        [3, 2],
        [2, 2],
        [2, 1],
        [1, 1],
        [1, 0],
        [0, 0],
      ]);
    });

    it('is no more of each picture than anybody takes', async () => {
      const { publisher, send, hear, layers } = theatre(['field', 'room']);
      // Often told before the answer that the track is there.
      await hear({ name: 'producer:wanted', notice: { producerId: 'producer of microscope', layers: 2 } });
      await send([field, room]);
      await hear({ name: 'producer:wanted', notice: { producerId: 'producer of room', layers: 1 } });
      assert.deepEqual([layers('microscope'), layers('room')], [2, 1]);
      assert.equal(publisher.layersTaken, 3);
      await hear({ name: 'producer:wanted', notice: { producerId: 'producer of room', layers: 0 } });
      assert.deepEqual([layers('microscope'), layers('room')], [2, 0]);
    });

    it('goes out anew, once, in what all can decode, also where that is told before the sfu has answered', async () => {
      const { publisher, send, hear, live, asked } = theatre(['field']);
      const madeForAll: (boolean | undefined)[] = [];
      const encode: OutgoingTrack['encode'] = (picture, isForAll) => {
        madeForAll.push(isForAll);
        return field.encode(picture);
      };
      const undecodable = { name: 'producer:undecodable', notice: { producerId: 'producer of microscope' } } as const;
      await send([]);
      const sent = send([{ ...field, encode }]);
      // The sfu has it already, and this window does not know as what.
      publisher.hear(undecodable);
      await sent;
      assert.deepEqual([madeForAll, live()], [[false, true], ['microscope']]);
      assert.deepEqual(asked, [['producer:close', { producerId: 'producer of microscope' }]]);
      await hear(undecodable);
      assert.deepEqual([madeForAll.length, live()], [2, ['microscope']]);
    });

    it('pauses at once what may not be seen, whatever becomes of a name that was changed before', async () => {
      const { send, asked, unanswered } = theatre(['field', 'room']);
      const named = (label: string, paused: boolean) => ({ ...field, label, paused });
      await send([field, room]);
      unanswered.add('producer:rename');
      await send([named('laparoscope', false), room]);
      await send([named('endoscope', true), { ...room, paused: true, pausedFor: 'no-picture' }]);
      assert.deepEqual(asked, [
        ['producer:rename', { producerId: 'producer of microscope', label: 'laparoscope' }],
        ['producer:pause', { producerId: 'producer of microscope' }],
        ['producer:pause', { producerId: 'producer of room', why: 'no-picture' }],
        ['producer:rename', { producerId: 'producer of microscope', label: 'endoscope' }],
      ]);
    });
  });

  it('shows who is on the stage, who speaks, what is cut and how many watch, as the sfu tells it last', async () => {
    const book = createPeerBook();
    const view = new HallView({ book, session: () => undefined, clock: new VirtualClock() });
    const peer = (peerId: string, seat: 'theatre' | 'stage') => ({
      ...{
        peerId,
        accountId: `account of ${peerId}`,
        displayName: peerId,
        facilityName: '省人民医院',
        role: 'surgeon',
      },
      away: false,
      seat,
    });
    const cut = { number: 3, picture: true, sound: false };
    book.stand([peer('surgeon', 'theatre')], false, 0);
    view.stand({
      peerId: 'me',
      speakerPeerId: null,
      mayPublish: [],
      hall: { audience: 7, cut, stage: ['surgeon'], speakerPeerId: 'surgeon' },
    } as unknown as RoomSnapshot);
    view.hear({ name: 'peer:joined', notice: peer('chair', 'stage') });
    view.hear({ name: 'publish:changed', notice: { mayPublish: ['audio'], sendTransport: null } });
    await Promise.resolve();
    assert.deepEqual(
      view.state.people.map(({ displayName, seat }) => [displayName, seat]),
      [
        ['surgeon', 'theatre'],
        ['chair', 'stage'],
      ],
    );
    assert.deepEqual([view.state.audience, view.state.cut, view.state.mayPublish], [7, cut, ['audio']]);
    assert.deepEqual(sentPictures(view.state), []);
    const ended = { number: 3, picture: false, sound: false };
    view.hear({
      name: 'hall:state',
      notice: { audience: 8, cut: ended, stage: [], speakerPeerId: null, recording: 'off' },
    });
    view.hear({ name: 'peer:left', notice: { peerId: 'surgeon' } });
    await Promise.resolve();
    assert.deepEqual([view.state.audience, view.state.cut.picture, view.state.people.length], [8, false, 1]);
    view.close();
  });
});
