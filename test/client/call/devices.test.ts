import assert from 'node:assert/strict';
import { chooseDevice } from '../../../client/call/device-choice.ts';
import { isDismissed, toDeviceFault } from '../../../client/call/device-faults.ts';
import { createDeviceMemory } from '../../../client/call/device-memory.ts';
import { isDigitalSilence, meterShare } from '../../../client/call/level-meter.ts';
import { LocalMedia } from '../../../client/call/local-media.ts';
import { createSilenceWatch } from '../../../client/call/use-silence.ts';
import { createRandom } from '../../support/random.ts';
import { ComputerWorld, settle } from './call-computer.ts';

const BUILT_IN = { deviceId: 'a', label: 'Integrated Camera' };
const USB = { deviceId: 'b', label: 'USB Camera' };

function memoryOf(stored: Record<string, unknown> = {}) {
  const storage = new Map([['huizhen.devices', JSON.stringify(stored)]]);
  return createDeviceMemory({
    getItem: (key) => storage.get(key) ?? null,
    setItem: (key, value) => void storage.set(key, value),
  });
}

async function start(world: ComputerWorld, memory = memoryOf()) {
  const media = new LocalMedia({ devices: world.devices, memory, watchPermissions: world.watchPermissions });
  await media.start();
  await settle();
  return media;
}

describe('cameras and microphones', () => {
  describe('choosing', () => {
    it('takes the device chosen earlier, by its id', () => {
      assert.deepEqual(chooseDevice([BUILT_IN, USB], USB), { device: USB, missing: undefined });
    });
    it('knows a device by its name when the browser has renewed the ids', () => {
      const renewed = { ...USB, deviceId: 'z' };
      assert.deepEqual(chooseDevice([BUILT_IN, renewed], USB), { device: renewed, missing: undefined });
    });
    it('says which device is missing and leaves the choice to the browser', () => {
      assert.deepEqual(chooseDevice([BUILT_IN], USB), { device: undefined, missing: 'USB Camera' });
    });
    it('tries the device chosen earlier while the browser does not tell any names yet', () => {
      assert.deepEqual(chooseDevice([], USB), { device: USB, missing: undefined });
    });
    it('starts with everything on where nothing, or nonsense, is remembered', () => {
      for (const text of ['', 'nonsense', '{"microphoneOn":3}', '[]']) {
        const memory = createDeviceMemory({ getItem: () => text, setItem: () => {} });
        assert.deepEqual([memory.microphoneOn, memory.cameraOn, memory.chosen('videoinput')], [true, true, undefined]);
      }
    });
    it('goes on where the browser may not store anything', () => {
      const memory = createDeviceMemory({
        getItem: () => null,
        setItem: () => {
          throw new Error('storage is full');
        },
      });
      memory.choose('videoinput', USB);
      assert.deepEqual(memory.chosen('videoinput'), USB);
    });
  });

  describe('faults', () => {
    it('tells refusal, absence and use by another program apart', () => {
      const fault = (name: string, message = '') => toDeviceFault(new DOMException(message, name));
      assert.equal(fault('NotAllowedError', 'Permission denied'), 'denied');
      assert.equal(fault('NotAllowedError', 'Permission denied by system'), 'denied-by-system');
      assert.equal(fault('NotFoundError'), 'not-found');
      assert.equal(fault('OverconstrainedError'), 'not-found');
      assert.equal(fault('NotReadableError'), 'in-use');
      assert.equal(fault('AbortError'), 'in-use');
      assert.equal(toDeviceFault('what'), 'unknown');
      assert.ok(isDismissed(new DOMException('Permission dismissed', 'NotAllowedError')));
    });

    it('explains a microphone that is refused while the camera works', async () => {
      const world = new ComputerWorld();
      world.plug('audioinput', 'Mic');
      world.plug('videoinput', 'Cam');
      world.refuse('audioinput', 'NotAllowedError');
      const media = await start(world);
      assert.equal(media.state.microphone.fault, 'denied');
      assert.equal(media.state.microphone.phase, 'failed');
      assert.equal(media.state.camera.phase, 'live');
    });

    it('works on a computer without any device', async () => {
      const media = await start(new ComputerWorld());
      assert.equal(media.state.camera.fault, 'not-found');
      assert.equal(media.state.microphone.fault, 'not-found');
    });

    it('says that an insecure page gets no devices', async () => {
      const media = new LocalMedia({ devices: undefined, memory: memoryOf(), watchPermissions: () => () => {} });
      await media.start();
      assert.deepEqual([media.state.camera.fault, media.state.microphone.fault], ['insecure', 'insecure']);
    });

    it('asks the person once, not three times, when they close the question', async () => {
      const world = new ComputerWorld();
      world.plug('audioinput', 'Mic');
      world.plug('videoinput', 'Cam');
      world.refuse('audioinput', 'NotAllowedError', 'Permission dismissed');
      await start(world);
      assert.equal(world.asked, 1);
    });
  });

  describe('plugging', () => {
    it('opens the remembered camera', async () => {
      const world = new ComputerWorld();
      world.plug('audioinput', 'Mic');
      world.plug('videoinput', 'Integrated Camera');
      const usb = world.plug('videoinput', 'USB Camera');
      const media = await start(world, memoryOf({ videoinput: { deviceId: usb, label: 'USB Camera' } }));
      assert.equal(media.state.camera.deviceId, usb);
      assert.deepEqual(media.state.missing, {});
    });

    it('falls back to another camera when the chosen one is pulled out, and returns to it when it is back', async () => {
      const world = new ComputerWorld();
      world.plug('audioinput', 'Mic');
      const builtIn = world.plug('videoinput', 'Integrated Camera');
      const usb = world.plug('videoinput', 'USB Camera');
      const media = await start(world, memoryOf({ videoinput: { deviceId: usb, label: 'USB Camera' } }));
      world.unplug(usb);
      await settle();
      assert.equal(media.state.camera.deviceId, builtIn);
      assert.equal(media.state.camera.phase, 'live');
      assert.equal(media.state.missing.videoinput, 'USB Camera');
      const again = world.plug('videoinput', 'USB Camera');
      await settle();
      assert.equal(media.state.camera.deviceId, again);
      assert.deepEqual(media.state.missing, {});
    });

    it('uses a microphone that is plugged in during the call where there was none', async () => {
      const world = new ComputerWorld();
      world.plug('videoinput', 'Cam');
      const media = await start(world);
      assert.equal(media.state.microphone.phase, 'failed');
      const headset = world.plug('audioinput', 'Headset');
      await settle();
      assert.equal(media.state.microphone.phase, 'live');
      assert.equal(media.state.microphone.deviceId, headset);
    });

    it('tries again by itself once the person has allowed it in the browser', async () => {
      const world = new ComputerWorld();
      world.plug('audioinput', 'Mic');
      world.plug('videoinput', 'Cam');
      world.refuse('videoinput', 'NotAllowedError');
      const media = await start(world);
      assert.equal(media.state.camera.phase, 'failed');
      world.allow('videoinput');
      await settle();
      assert.equal(media.state.camera.phase, 'live');
    });

    it('keeps the camera that works when the one just picked is in use elsewhere', async () => {
      const world = new ComputerWorld();
      world.plug('audioinput', 'Mic');
      const builtIn = world.plug('videoinput', 'Integrated Camera');
      const usb = world.plug('videoinput', 'USB Camera');
      const media = await start(world);
      world.occupy(usb);
      media.choose('videoinput', usb);
      await settle();
      assert.equal(media.state.camera.deviceId, builtIn);
      assert.equal(media.state.camera.phase, 'live');
      assert.equal(media.state.camera.fault, 'in-use');
    });
  });

  describe('on and off', () => {
    it('releases a camera that is off and keeps a microphone that is muted ready', async () => {
      const world = new ComputerWorld();
      world.plug('audioinput', 'Mic');
      world.plug('videoinput', 'Cam');
      const media = await start(world);
      media.setCameraOn(false);
      media.setMicrophoneOn(false);
      assert.equal(world.open('videoinput'), 0);
      assert.equal(world.open('audioinput'), 1);
      assert.equal(media.state.microphone.track?.enabled, false);
      media.setMicrophoneOn(true);
      assert.equal(media.state.microphone.track?.enabled, true);
      assert.equal(media.state.microphone.phase, 'live');
    });

    it('opens nothing that the person had off the last time', async () => {
      const world = new ComputerWorld();
      world.plug('audioinput', 'Mic');
      world.plug('videoinput', 'Cam');
      await start(world, memoryOf({ cameraOn: false, microphoneOn: false }));
      assert.equal(world.asked, 0);
    });

    it('ends with what the person wanted last and leaves nothing open, whatever happened in between (seeded)', async () => {
      for (let seed = 1; seed <= 60; seed++) {
        const random = createRandom(seed).next;
        const world = new ComputerWorld(random);
        const plugged: string[] = [world.plug('audioinput', 'Mic'), world.plug('videoinput', 'Cam 0')];
        const media = new LocalMedia({
          devices: world.devices,
          memory: memoryOf(),
          watchPermissions: () => () => {},
        });
        const started = media.start();
        for (let step = 0; step < 30; step++) {
          const dice = random();
          if (dice < 0.3) media.setCameraOn(random() < 0.5);
          else if (dice < 0.5) media.setMicrophoneOn(random() < 0.5);
          else if (dice < 0.65) plugged.push(world.plug('videoinput', `Cam ${step}`));
          else if (dice < 0.8) {
            const [gone] = plugged.splice(1 + Math.floor(random() * (plugged.length - 1)), 1);
            if (gone !== undefined && plugged.length > 0) world.unplug(gone);
          } else media.choose('videoinput', plugged[Math.floor(random() * plugged.length)] ?? '');
          if (random() < 0.5) continue;
          await settle();
          const { on } = media.state.camera;
          assert.ok(world.open('videoinput') <= (on ? 1 : 0), `seed ${seed}: a camera that is off has its light off`);
        }
        world.plug('videoinput', 'the last camera');
        media.setCameraOn(true);
        media.setMicrophoneOn(true);
        await started;
        await settle();
        assert.equal(media.state.camera.phase, 'live', `seed ${seed}`);
        assert.equal(media.state.microphone.phase, 'live', `seed ${seed}`);
        assert.equal(media.state.camera.track?.readyState, 'live', `seed ${seed}`);
        assert.deepEqual(
          [world.open('videoinput'), world.open('audioinput')],
          [1, 1],
          `seed ${seed}: nothing left open`,
        );
        media.close();
        assert.deepEqual([world.open('videoinput'), world.open('audioinput')], [0, 0], `seed ${seed}: all released`);
      }
    });
  });

  it('meters silence as nothing, speech as something, shouting as all', () => {
    const tone = (amplitude: number) =>
      Float32Array.from({ length: 1024 }, (_, index) => amplitude * Math.sin((index * Math.PI) / 16));
    assert.equal(meterShare(tone(0)), 0);
    const speech = meterShare(tone(0.05));
    assert.ok(speech > 0.3 && speech < 0.8, String(speech));
    assert.equal(meterShare(tone(1)), 1);
  });

  it('tells a microphone that is muted at the headset from somebody who listens, after twenty seconds of nothing', () => {
    const samples = (peak: number) =>
      Float32Array.from({ length: 1024 }, (_, index) => (index % 2 === 0 ? peak : -peak));
    assert.ok(isDigitalSilence(samples(0)) && isDigitalSilence(samples(1 / 40_000)));
    assert.ok(!isDigitalSilence(samples(1 / 20_000)), 'the noise of a quiet room is no silence');
    let nowMs = 0;
    const isSilent = createSilenceWatch(() => nowMs);
    const lookAfter = (ms: number, isDead: boolean) => {
      nowMs += ms;
      return isSilent(isDead);
    };
    assert.deepEqual([lookAfter(19_000, true), lookAfter(1_500, true)], [false, true]);
    assert.deepEqual([lookAfter(60, false), lookAfter(19_000, true)], [false, false], 'one breath, and it begins anew');
    assert.equal(lookAfter(1_500, true), true);
  });

  it('knows when the system or a headset holds a device back, and when it gives it back', async () => {
    const world = new ComputerWorld();
    const microphone = world.plug('audioinput', 'Headset');
    const camera = world.plug('videoinput', 'Camera');
    const media = await start(world);
    world.hold(microphone, true);
    world.hold(camera, true);
    assert.deepEqual([media.state.microphone.held, media.state.camera.held], [true, true]);
    world.hold(microphone, false);
    assert.deepEqual([media.state.microphone.held, media.state.camera.held], [false, true]);
    media.setCameraOn(false);
    media.setCameraOn(true);
    await settle();
    assert.equal(media.state.camera.held, false, 'opened anew');
    media.close();
  });
});
