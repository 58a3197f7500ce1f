/** A kind of picture as it could be: recordings of heart sounds. Its own files, by path. */
export const FOLDERS: Record<string, string> = {
  'server/contract/sound.ts': `
import { z } from 'zod';
import { materialFields, PictureId } from './picture.ts';

export const SoundTarget = z.object({ kind: z.literal('sound'), soundId: PictureId });
export const SoundViewport = z.object({ target: SoundTarget, startS: z.number().min(0) });
export const SoundMaterial = z.object({
  ...materialFields,
  kind: z.literal('sound'),
  sounds: z.array(z.object({ soundId: PictureId, place: z.string() })),
});
export const sound = { target: SoundTarget, viewport: SoundViewport, material: SoundMaterial };
`,
  'server/formats/sound/magic.ts': `
export const isSound = (head: Uint8Array): boolean => new TextDecoder().decode(head) === 'SND!';
`,
  'server/pictures/sound/reader.ts': `
import { readFile } from 'node:fs/promises';
import { isSound } from '../../formats/sound/magic.ts';
import type { PictureReader } from '../reader.ts';

export const sound: PictureReader = {
  async recogniseFile({ path }) {
    const bytes = await readFile(path);
    return isSound(bytes.subarray(0, 4)) ? { pageCount: null } : undefined;
  },
};
`,
  'server/pictures/sound/serving.ts': `
import type { PictureServing } from '../serving.ts';

export const sound: PictureServing = {
  toMaterial: ({ common, file }) => ({
    ...common,
    kind: 'sound',
    sounds: file ? [{ soundId: file.sha256, place: common.description }] : [],
  }),
  mount(app) {
    app.get('/api/consultations/:consultationId/sounds/:soundId', (_, response) => void response.send('lub dub'));
  },
};
`,
  'client/sound/listing.ts': `
import type { Listing } from '../viewer/listing.ts';

export const sound: Listing<'sound'> = {
  lines: (_, __, { sounds }) => sounds.map(({ soundId, place }) => ({ key: soundId, modality: '', name: place, amount: '' })),
  pictureIdOf: ({ soundId }) => soundId,
  holds: ({ sounds }, target) => sounds.some(({ soundId }) => soundId === target.soundId),
};
`,
  'client/sound/kind.ts': `
import type { Viewport } from '../../server/contract/picture-kinds.ts';
import type { Kind, KindParts } from '../viewer/viewer.ts';
import { createFrame, viewerOf } from '../viewer/frame.ts';
import { createOpening } from '../viewer/opening.ts';

type View = Extract<Viewport, { target: { kind: 'sound' } }>;

export function createKind(_: KindParts): Kind {
  return {
    pictures: (material) =>
      material.kind === 'sound'
        ? material.sounds.map(({ soundId, place }) => ({
            pictureId: soundId,
            materialId: material.materialId,
            title: place,
            detail: '',
          }))
        : [],
    pictureId: (target) => (target.kind === 'sound' ? target.soundId : ''),
    createViewer() {
      const opening = createOpening<View, string>({
        idOf: ({ target }) => target.soundId,
        find: (soundId) => soundId,
        read: async (soundId) => soundId,
        unreadable: 'the sound cannot be read',
        onChange: (origin) => frame.changed(origin),
      });
      const frame = createFrame<View, object>({
        opening,
        scene: () => ({}),
        fitView: (view) => view,
        isFitted: () => true,
        face: () => opening.view?.target,
      });
      return viewerOf('sound', frame, {
        mount: () => undefined,
        open: ({ pictureId }, byUser) =>
          opening.open(
            pictureId,
            (soundId) => ({ target: { kind: 'sound', soundId }, startS: 0 }),
            byUser ? 'user' : 'opened',
          ),
        toScreen: (point) => point,
        toImage: (point) => point,
        clamp: (point) => point,
        nudge: () => ({ x: 1, y: 1 }),
        isSame: (a, b) => a.kind === 'sound' && b.kind === 'sound' && a.soundId === b.soundId,
        pictureId: (target) => (target.kind === 'sound' ? target.soundId : ''),
        measures: () => ({}),
        commands: () => [],
        gestures: () => ({}),
        exportPicture: () => Promise.reject(new Error('nothing is drawn')),
        dispose: () => undefined,
      });
    },
    drawThumbnail: async () => undefined,
    dispose: () => undefined,
  };
}
`,
};

/** Its line in each table, as what stands there and what it becomes; imports go with it. */
export const TABLES: Record<string, [before: string, after: string][]> = {
  'server/contract/picture-kinds.ts': [
    [
      "import { pathology } from './pathology.ts';",
      "import { pathology } from './pathology.ts';\nimport { sound } from './sound.ts';",
    ],
    ['pathology, documents };', 'pathology, documents, sound };'],
  ],
  'server/contract/storage-classes.ts': [
    ['  documents: DOCUMENT_CLASSES,', '  documents: DOCUMENT_CLASSES,\n  sound: [],'],
  ],
  'server/pictures/readers.ts': [
    [
      "import { pathology } from './slide/reader.ts';",
      "import { pathology } from './slide/reader.ts';\nimport { sound } from './sound/reader.ts';",
    ],
    ['pathology, documents };', 'pathology, documents, sound };'],
  ],
  'server/pictures/servings.ts': [
    [
      "import { pathology } from './slide/serving.ts';",
      "import { pathology } from './slide/serving.ts';\nimport { sound } from './sound/serving.ts';",
    ],
    ['pathology, documents };', 'pathology, documents, sound };'],
  ],
  'client/pictures/kinds.ts': [
    [
      "  documents: () => import('../documents/kind.ts'),",
      "  documents: () => import('../documents/kind.ts'),\n  sound: () => import('../sound/kind.ts'),",
    ],
  ],
  'client/pictures/listings.ts': [
    [
      "import { pathology } from '../slide/listing.ts';",
      "import { pathology } from '../slide/listing.ts';\nimport { sound } from '../sound/listing.ts';",
    ],
    ['pathology, documents };', 'pathology, documents, sound };'],
  ],
  'client/uploads/grouping.ts': [
    ["    case 'ecg':\n    case 'documents':\n", "    case 'ecg':\n    case 'documents':\n    case 'sound':\n"],
  ],
  'client/uploads/material-facts.ts': [
    ["    case 'ecg':\n", "    case 'sound':\n      return [pictures(material.sounds.length)];\n    case 'ecg':\n"],
  ],
  'client/i18n/zh-CN/terms.ts': [
    ["documents: '文书/照片' }", "documents: '文书/照片', sound: '心音' }"],
    ['  pictureCount: {\n', "  pictureCount: {\n    sound_one: '{{count}} 段',\n    sound_other: '{{count}} 段',\n"],
  ],
  'client/i18n/en/terms.ts': [
    ["documents: 'Document' }", "documents: 'Document', sound: 'Heart sound' }"],
    [
      '  pictureCount: {\n',
      "  pictureCount: {\n    sound_one: '{{count}} sound',\n    sound_other: '{{count}} sounds',\n",
    ],
  ],
};

/** A file comes in, is listed, handed out and opened, by what the copy's own tables know. */
export const RUN = `
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import express from 'express';
import { listingOf } from './client/pictures/listings.ts';
import { kinds } from './client/pictures/kinds.ts';
import { shapesFor } from './client/shapes/shapes.ts';
import { MaterialView } from './server/contract/picture-kinds.ts';
import { pictureServings } from './server/pictures/servings.ts';
import { inspectFile } from './server/pictures/thread/inspect-file.ts';

await writeFile('sound.snd', 'SND! lub dub');
const recognised = await inspectFile({ path: 'sound.snd', sizeBytes: 12 });

const soundId = 'a'.repeat(64);
const common = {
  materialId: '00000000-0000-4000-8000-000000000001',
  description: 'Mitral area',
  studyDate: '',
  patients: [],
  patientsDiffer: false,
  addedAt: '2026-01-01T00:00:00.000Z',
};
const content = { common, studyInstanceUid: '', series: [], instances: [], file: { sha256: soundId } };
const material = MaterialView.parse(pictureServings.sound.toMaterial(content));

const app = express();
pictureServings.sound.mount(app);
const server = createServer(app).listen(0);
const served = await (await fetch(\`http://localhost:\${server.address().port}/api/consultations/1/sounds/\${soundId}\`)).text();
server.closeAllConnections();
server.close();

const listed = listingOf('sound').lines(String, {}, material).map(({ name }) => name);
const kind = (await kinds.sound()).createKind({ home: 'consultations/1' });
const viewer = kind.createViewer();
await viewer.open(kind.pictures(material)[0], true);
const shown = viewer.viewport.target;
console.log(JSON.stringify({ recognised, material: material.kind, served, listed, shown, shapes: shapesFor('sound', viewer.measures()) }));
`;
