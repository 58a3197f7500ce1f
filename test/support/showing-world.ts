import assert from 'node:assert/strict';
import type {
  ImagingViewport,
  MaterialView,
  ShowingSnapshot,
  ShowingView,
  TimedShowingEvent,
} from '../../server/contract/index.ts';
import { enterPerson } from './add-person.ts';
import type { Client } from './client.ts';
import { type Connection, connect } from './connect.ts';
import {
  type DemonstrationWorld,
  type Entered,
  enrolIn,
  INVITED,
  openDemonstrationWorld,
  placeDemonstration,
} from './demonstration-world.ts';
import { stow } from './images.ts';
import { slicesNaming } from './series-by-hand.ts';
import type { RunningServer } from './start-server.ts';

const NAME = 'Zhang^Jianguo';
const slices = (series: number, count = 3) =>
  slicesNaming(
    series,
    Array.from({ length: count }, () => ({ name: NAME, id: 'P-4711', birthDate: '19491231', sex: 'F' })),
  );
/** Of the study that was looked through, and of the one that was not. */
const CHECKED = 71;
const UNCHECKED = 72;

export const uid = (series: number) => ({
  studyInstanceUid: `2.25.8.${series}`,
  seriesInstanceUid: `2.25.9.${series}`,
});
export const viewportOf = (series: number, slice: number, x = 32): ImagingViewport => ({
  target: { kind: 'imaging', ...uid(series), sopInstanceUid: `2.25.9.${series}.${slice}`, frame: 1 },
  center: { x, y: 32 },
  imagePixelsPerScreenHeight: 64,
  rotation: 0,
  flipHorizontal: false,
  flipVertical: false,
  voi: null,
  invert: false,
});
export const line = (x: number) => ({ kind: 'length' as const, start: { x: 0, y: 0 }, end: { x, y: 10 } });
export const isNothing = ({ material, presenter }: ShowingView) => material === null && presenter === null;

/** What a request is refused with. */
export async function refusalOf(asking: Promise<unknown>): Promise<string> {
  return asking.then(
    () => assert.fail('it was not refused'),
    (thrown: unknown) => String(thrown),
  );
}

/** A live demonstration with two studies of the patient, of which a second person has looked through one. */
export interface ShowingWorld {
  world: DemonstrationWorld;
  /** Enrolled in each. */
  watcher: Entered;
  demonstrationId: string;
  checked: MaterialView;
  enter(client: Client): Promise<{ window: Connection; snapshot: ShowingSnapshot }>;
  open(window: Connection): Promise<ShowingSnapshot>;
  move(window: Connection, viewport: ImagingViewport): Promise<unknown>;
  frame(client: Client, series: number): Promise<Response>;
  listEvents(): Promise<TimedShowingEvent[]>;
  /** Another demonstration of the same. @param isBoth the other study was looked through too */
  begin(isBoth?: boolean, changes?: Parameters<typeof placeDemonstration>[2]): Promise<void>;
  /** The study that was looked through has one more picture, from now on in all of them. */
  grow(): Promise<void>;
  closeWindows(): void;
}

export async function openShowingWorld(server: RunningServer): Promise<ShowingWorld> {
  const world = await openDemonstrationWorld(server);
  const watcher = await enterPerson(server, 'physician', INVITED);
  const { consultationId } = world;
  for (const series of [CHECKED, UNCHECKED]) {
    const stored = await stow(world.doctor, slices(series), `/dicomweb/consultations/${consultationId}/studies`);
    assert.equal(stored.status, 200);
  }
  const { materials } = await world.doctor.call('consultation:read', { params: { consultationId } });
  const of = (series: number) =>
    materials.find((one) => one.kind === 'imaging' && one.studyInstanceUid === uid(series).studyInstanceUid) ??
    assert.fail();
  const windows: Connection[] = [];
  const opened: ShowingWorld = {
    world,
    watcher,
    demonstrationId: '',
    checked: of(CHECKED),
    async enter(client) {
      const window = await connect(server.url, client.cookie);
      windows.push(window);
      return { window, snapshot: await opened.open(window) };
    },
    open: (window) => window.request('showing:open', { demonstrationId: opened.demonstrationId, sinceRevision: 0 }),
    move: (window, viewport) => window.request('showing:move', { demonstrationId: opened.demonstrationId, viewport }),
    frame(client, series) {
      const { studyInstanceUid, seriesInstanceUid } = uid(series);
      const root = `/dicomweb/demonstrations/${opened.demonstrationId}/studies/${studyInstanceUid}`;
      return client.fetch(`${root}/series/${seriesInstanceUid}/instances/2.25.9.${series}.1/frames/1`);
    },
    listEvents: () => server.database.read.showings.listEvents(opened.demonstrationId, { limit: 10_000 }),
    async grow() {
      const path = `/dicomweb/consultations/${consultationId}/studies`;
      assert.equal((await stow(world.doctor, slices(CHECKED, 4), path)).status, 200);
    },
    async begin(isBoth = false, changes = {}) {
      const material = ({ materialId }: MaterialView, checkedCount: number) => ({
        materialId,
        listedBy: world.surgeonId,
        checkedBy: checkedCount > 0 ? world.ethics.accountId : null,
        checkedAt: checkedCount > 0 ? new Date().toISOString() : null,
        checkedCount,
      });
      const shown = [material(of(CHECKED), 3), material(of(UNCHECKED), isBoth ? 3 : 0)];
      const plan = { materials: shown, ...changes };
      ({ demonstrationId: opened.demonstrationId } = await placeDemonstration(world, 'live', plan));
      await enrolIn(world, opened.demonstrationId, watcher);
    },
    closeWindows() {
      for (const window of windows.splice(0)) window.close();
    },
  };
  return opened;
}
