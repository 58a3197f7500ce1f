import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { DemonstrationState } from '../../server/contract/index.ts';
import { carrySession, openPerson, type Person, type PersonOptions } from '../support/browser.ts';
import type { Client } from '../support/client.ts';
import {
  type DemonstrationWorld,
  enrolIn,
  openDemonstrationWorld,
  placeDemonstration,
} from '../support/demonstration-world.ts';
import { startServer } from '../support/start-server.ts';
import { startSfu } from '../support/start-sfu.ts';
import { zh } from '../support/zh.ts';
import type { Relay } from './call-relay.ts';
import { FIELD_CAMERA, installCameras, letMaskingBeHeld, ROOM_CAMERA, SECRET } from './theatre-cameras.ts';
import { type CameraShape, installShapedCamera } from './theatre-shapes.ts';

export interface TheatreSite {
  world: DemonstrationWorld;
  place(state: DemonstrationState): Promise<{ demonstrationId: string; world: DemonstrationWorld }>;
  /** The surgeon's computer in the theatre, with two cameras. */
  openTheatre(demonstrationId: string, options?: PersonOptions & TheatreOptions): Promise<Person>;
  openWatcher(demonstrationId: string, options?: WatcherOptions): Promise<Person>;
  /** The moderator's. */
  openDesk(demonstrationId: string, options?: WatcherOptions): Promise<Person>;
  /** The advocate's telephone, at the cut switch. */
  openPhone(demonstrationId: string, options?: PersonOptions): Promise<Person>;
  /** A telephone that reads the code which the theatre's page has just been given. */
  openPhoneCamera(secret: string): Promise<Person>;
  /** The sfu goes on. */
  stopServer(): Promise<void>;
  close(): Promise<void>;
}

interface WatcherOptions extends PersonOptions {
  /** What their media comes over. */
  line?: Relay;
  /** Runs in each page before anything else. */
  script?: () => void;
}

interface TheatreOptions {
  /** Another computer than everybody else's. */
  on?: Browser;
  script?: () => void;
  withoutWorker?: boolean;
  /** The field camera gives pictures of this shape, and of others when it is told to. */
  shape?: CameraShape;
}

/** A server and an sfu apart, and people around one operation. */
export async function openTheatreSite(browser: Browser): Promise<TheatreSite> {
  const sfu = await startSfu();
  let server = await startServer({ sfuApart: sfu, isHallReady: () => true });
  let isStopped = false;
  let world = await openDemonstrationWorld(server);
  const revive = async () => {
    if (!isStopped) return;
    server = await startServer({ sfuApart: sfu, isHallReady: () => true });
    world = await openDemonstrationWorld(server);
    isStopped = false;
  };
  const open = async (
    client: Client,
    { script, on = browser, ...options }: PersonOptions & Pick<TheatreOptions, 'script' | 'on'> = {},
  ) => {
    const person = await openPerson(on, server.url, options);
    await carrySession(person.context, client.cookie, server.url);
    // What tsx wraps named functions in.
    await person.context.addInitScript('globalThis.__name = (target) => target');
    if (script) await person.context.addInitScript(script);
    if (options.language)
      await person.context.addInitScript((it) => localStorage.setItem('huizhen.language', it), options.language);
    return person;
  };
  const stopServer = async () => {
    if (isStopped) return;
    isStopped = true;
    await server.close();
  };
  return {
    get world() {
      return world;
    },
    async place(state) {
      await revive();
      const { demonstrationId } = await placeDemonstration(world, state);
      await enrolIn(world, demonstrationId, world.watcher);
      return { demonstrationId, world };
    },
    async openTheatre(demonstrationId, { withoutWorker = false, shape, ...options } = {}) {
      const person = await open(world.surgeon, options);
      await person.context.addInitScript(installCameras, [FIELD_CAMERA, ROOM_CAMERA]);
      if (shape) await person.context.addInitScript(installShapedCamera, { label: FIELD_CAMERA, first: shape });
      if (withoutWorker) await person.context.addInitScript('delete window.MediaStreamTrackGenerator');
      else await letMaskingBeHeld(person.page);
      await person.page.goto(`/demonstrations/${demonstrationId}/theatre`);
      return person;
    },
    async openWatcher(demonstrationId, { line, ...options } = {}) {
      const person = await open(world.watcher.client, options);
      // Whether somebody is there is asked unannounced, and stands above the page until it is answered.
      const asked = person.page.getByTestId('presence-question');
      await person.page.addLocatorHandler(asked, (question) => question.getByRole('button').first().click());
      await line?.lead(person.page);
      await person.page.goto(`/demonstrations/${demonstrationId}/watch`);
      return person;
    },
    async openDesk(demonstrationId, { line, ...options } = {}) {
      const person = await open(world.moderator.client, options);
      await line?.lead(person.page);
      await person.page.goto(`/demonstrations/${demonstrationId}/desk`);
      return person;
    },
    async openPhone(demonstrationId, options = {}) {
      const person = await open(world.advocate.client, { width: 390, height: 844, ...options });
      await person.page.goto(`/demonstrations/${demonstrationId}/cut`);
      return person;
    },
    async openPhoneCamera(secret) {
      const person = await openPerson(browser, server.url, { width: 390, height: 844 });
      await person.context.addInitScript('globalThis.__name = (target) => target');
      await person.page.goto(`/phone-camera#${secret}`);
      await person.page.getByRole('button', { name: zh('theatre:phone.begin') }).click();
      return person;
    },
    stopServer,
    async close() {
      await stopServer();
      await sfu.close();
    },
  };
}

/** An input of the theatre comes to stand so. */
export const becomes = (page: Page, name: string, picture: string): Promise<void> =>
  page
    .getByTestId('theatre-input')
    .filter({ hasText: name })
    .and(page.locator(`[data-picture="${picture}"]`))
    .waitFor();

export async function addCamera(page: Page, device: string, shows: 'field' | 'room'): Promise<void> {
  await page.getByLabel(zh('theatre:add.device')).selectOption({ label: device });
  await page.getByLabel(zh('theatre:add.shows')).selectOption({ value: shows });
  await page.getByRole('button', { name: zh('theatre:add.camera') }).click();
  await becomes(page, zh(`theatre:source.${shows}`), 'masked');
}

/** Checks the sound and goes into the hall. */
export async function goOnAir(page: Page): Promise<void> {
  await page.getByTestId('sound-check').getByRole('button').first().click();
  await page.getByRole('button', { name: zh('theatre:sound.confirm') }).click();
  await page.getByRole('button', { name: zh('theatre:air.enter') }).click();
  await page.locator('[data-testid="air-sign"][data-sign="live"]').waitFor();
}

/** Over what must not be seen, a little larger. */
export async function drawMask(page: Page): Promise<void> {
  const box = await page.getByTestId('mask-editor').boundingBox();
  assert.ok(box);
  const [left, top] = [box.x + (SECRET.x - 0.02) * box.width, box.y + (SECRET.y - 0.02) * box.height];
  await page.mouse.move(left, top);
  await page.mouse.down();
  await page.mouse.move(left + 40, top + 40);
  await page.mouse.move(left + (SECRET.width + 0.04) * box.width, top + (SECRET.height + 0.04) * box.height);
  await page.mouse.up();
}
