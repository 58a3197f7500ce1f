import assert from 'node:assert/strict';
import { followPhone, type PhoneFollowing } from '../../../client/phone-camera/phone-following.ts';
import { PhoneSending, stopWhenHidden } from '../../../client/phone-camera/phone-sending.ts';
import type { PictureRoomState, RoomPicture } from '../../../client/phone-camera/picture-room.ts';
import { takeBackPhones } from '../../../client/theatre/taking-back-phones.ts';
import { TheatreInputs } from '../../../client/theatre/theatre-inputs.ts';
import { createTheatreMemory } from '../../../client/theatre/theatre-memory.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { ComputerWorld, settle } from '../call/call-computer.ts';

const ZONES = [{ x: 0.1, y: 0.1, width: 0.2, height: 0.2 }];
const PHONE = { inputId: 'phone', source: 'device', name: 'Phone', zones: ZONES, zonesRatio: 16 / 9 };

describe('the telephones of a theatre’s page', () => {
  const real = { document: globalThis.document, fetch: globalThis.fetch };
  let kept: string;
  let computer: ComputerWorld;
  let inputs: TheatreInputs;
  let phones: Map<string, PhoneFollowing>;

  /** The page is opened, or opened anew. */
  function open(): void {
    phones = new Map();
    inputs = new TheatreInputs({
      devices: computer.devices,
      memory: createTheatreMemory({ getItem: () => kept, setItem: (_, value) => (kept = value) }),
      watchPermissions: computer.watchPermissions,
      openPhoneLink: (cameraId, parts) => {
        phones.set(cameraId, parts);
        return { track: null, end: () => {}, close: () => {} };
      },
    });
  }
  const zonesOf = (id: string) => inputs.state.inputs.find(({ inputId }) => inputId === id)?.zones;
  const isOn = (id: string) => inputs.state.inputs.find(({ inputId }) => inputId === id)?.isOn;

  beforeEach(() => {
    const black = { readyState: 'live' };
    const canvas = { getContext: () => null, captureStream: () => ({ getVideoTracks: () => [black] }) };
    globalThis.document = { createElement: () => canvas } as unknown as Document;
    computer = new ComputerWorld();
    const device = { deviceId: computer.plug('videoinput', 'Boom'), label: 'Boom' };
    const camera = {
      inputId: 'field',
      source: 'field',
      name: 'Field',
      zones: [],
      zonesRatio: null,
      isOn: false,
      device,
    };
    kept = JSON.stringify({ inputs: [camera], phones: [PHONE] });
    open();
  });
  afterEach(() => {
    inputs.close();
    Object.assign(globalThis, real);
  });

  it('keep their masks over a reload, however late they come back and whatever is opened before', async () => {
    await inputs.start();
    await settle();
    assert.equal(computer.open('videoinput'), 1, 'the camera is open, and was written down');
    inputs.close();
    open();
    await inputs.start();
    await settle();
    inputs.addPhone('another', 'Phone');
    inputs.addPhone('phone', 'Phone');
    assert.deepEqual(zonesOf('phone'), ZONES);
    inputs.remove('phone');
    inputs.addPhone('phone', 'Phone');
    assert.deepEqual(zonesOf('phone'), [], 'one that was removed has none');
  });

  it('are asked for until the server answers, and until each code that was shown is read', async () => {
    const clock = new VirtualClock();
    const cameras = [
      { cameraId: crypto.randomUUID(), isOpened: true, expiresAt: new Date().toISOString() },
      { cameraId: crypto.randomUUID(), isOpened: false, expiresAt: new Date().toISOString() },
    ];
    const answers = [503, 200, 200, 200];
    let asked = 0;
    globalThis.fetch = async () => {
      asked += 1;
      const status = answers.shift() ?? assert.fail('nothing is left to ask for');
      return new Response(JSON.stringify(status === 200 ? { cameras } : {}), { status });
    };
    const added: string[] = [];
    const stop = takeBackPhones({
      demonstrationId: '7',
      inputs: { addPhone: (cameraId) => added.push(cameraId) },
      name: 'Phone',
      clock,
    });
    for (; asked < 3; ) await clock.pass(200);
    assert.deepEqual(new Set(added), new Set([cameras[0]?.cameraId]));
    cameras[1] = { ...(cameras[1] ?? assert.fail()), isOpened: true };
    await clock.pass(60_000);
    assert.deepEqual(new Set(added), new Set(cameras.map(({ cameraId }) => cameraId)));
    assert.deepEqual(answers, [], 'and no longer');
    stop();
  });

  it('are not sent on after they have moved, until somebody has looked at their masks', () => {
    inputs.addPhone('phone', 'Phone');
    const phone = phones.get('phone') ?? assert.fail();
    phone.onState('there');
    inputs.change('phone', { isOn: true });
    assert.equal(inputs.state.phones.get('phone'), 'there');
    phone.onMoved();
    phone.onState('lost');
    assert.deepEqual([isOn('phone'), inputs.state.phones.get('phone')], [false, 'lost']);
    phone.onState('there');
    assert.deepEqual([isOn('phone'), inputs.state.phones.get('phone')], [false, 'moved']);
    inputs.change('phone', { isOn: true });
    assert.deepEqual([isOn('phone'), inputs.state.phones.get('phone')], [true, 'there']);
  });
});

describe('a telephone in the room with a theatre’s page', () => {
  const track = (name: string) => name as unknown as MediaStreamTrack;
  let told: string[];
  let hear: (change: Partial<PictureRoomState>) => void;
  const picture = (change: Partial<RoomPicture>): RoomPicture => ({
    producerId: 'first',
    track: track('first'),
    paused: false,
    stopped: null,
    awaited: false,
    undecodable: false,
    isHeld: false,
    ...change,
  });

  beforeEach(() => {
    told = [];
    let state: string | undefined;
    const follow = followPhone({
      onTrack: (next) => told.push(`track ${next}`),
      onMoved: () => told.push('moved'),
      onState: (next) => {
        if (next !== state) told.push(next);
        state = next;
      },
    });
    hear = (change) =>
      follow({ phase: 'inside', media: 'flowing', picture: null, isMet: true, ...change } as PictureRoomState);
    hear({ isMet: false });
    hear({ picture: picture({}) });
    told = [];
  });

  it('has moved when it comes back as another track, told before its picture can be seen', () => {
    hear({ picture: picture({}), isMet: false });
    assert.deepEqual(told, ['lost']);
    hear({ isMet: false });
    hear({ picture: picture({ producerId: 'second', track: null }) });
    hear({ picture: picture({ producerId: 'second', track: track('second') }) });
    assert.deepEqual(told, ['lost', 'track null', 'moved', 'there', 'track second']);
  });

  it('has moved when its camera was kept from it, and has not when only its line is poor', () => {
    hear({ picture: picture({ stopped: 'their-line' }) });
    hear({ picture: picture({ paused: true }) });
    hear({ picture: picture({}) });
    assert.deepEqual(told, ['track null', 'track first']);
    told = [];
    hear({ picture: picture({ paused: true, isHeld: true }) });
    assert.deepEqual(told, ['moved', 'track null', 'stopped']);
  });

  it('sends nothing after a stop, keeps its camera, and can send again', async () => {
    const computer = new ComputerWorld();
    computer.plug('videoinput', 'Back');
    const sending = new PhoneSending(computer.devices, { h264: null });
    sending.start();
    await settle();
    assert.equal(sending.tracks.length, 1);
    let news = 0;
    sending.onState(() => (news += 1));
    sending.setStopped(true);
    assert.deepEqual([sending.tracks.length, sending.state.isStopped, news], [0, true, 1]);
    assert.equal(computer.open('videoinput'), 1);
    sending.setStopped(false);
    assert.equal(sending.tracks.length, 1);
    const page = Object.assign(new EventTarget(), { visibilityState: 'hidden' as DocumentVisibilityState });
    const unwatch = stopWhenHidden(sending, page as unknown as Document);
    page.dispatchEvent(new Event('visibilitychange'));
    page.visibilityState = 'visible';
    page.dispatchEvent(new Event('visibilitychange'));
    assert.equal(sending.tracks.length, 0, 'nor out of the hand that has unlocked it');
    unwatch();
    sending.close();
  });
});
