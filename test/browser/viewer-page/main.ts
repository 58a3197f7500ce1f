/// <reference types="vite/client" />
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { addAllTexts, startI18n } from '../../../client/i18n/i18n.ts';
import { core } from '../../../client/imaging/cornerstone/core.ts';
import { createDecodePool } from '../../../client/imaging/decode-pool.ts';
import { systemClock } from '../../../client/review/clock.ts';
import type { KeyImagePicture } from '../../../client/review/key-image.ts';
import { ReviewPanel } from '../../../client/review/review-panel.tsx';
import type { PersonView } from '../../../server/contract/account.ts';
import type { MaterialView } from '../../../server/contract/picture-kinds.ts';
import { readDicomFile } from '../../../server/formats/dicom/dicom-file.ts';
import { frameBytes, frameTransferSyntaxUid } from '../../../server/formats/dicom/frames.ts';
import { parsedAttributes } from '../../../server/formats/dicom/parsed-attributes.ts';
import { readImage } from '../../../server/formats/image/image.ts';
import { TestLink } from '../../support/review-link.ts';
import { CONSULTATION_ID, ReviewHub } from '../../support/review-world.ts';
import 'virtual:tokens.css';
import '../../../client/ui/base.css';
import '../../../client/ui/controls.css';
import './page.css';

/** Some review panels side by side in one page, joined by a line within the page that the test can break. */
declare global {
  interface Window {
    viewerPage: {
      hub: ReviewHub;
      links: TestLink[];
      keyImages: KeyImagePicture[];
      /** Sentences put into the findings. */
      sentences: string[];
      /** SHA-256 of the first frame's stored values, decoded by the page's workers. */
      hashOf(sample: string): Promise<string>;
      /** Elements and images that the imaging viewers hold in the package that carries them. */
      held(): { elements: number; images: number; bytes: number };
      /** Closes the panels. */
      leave(): void;
    };
  }
}

const NAMES = ['张医生', '李主任', '王医生'];

const query = new URLSearchParams(location.search);
const people = Number(query.get('people') ?? 1);
const answer = await fetch('/materials.json');
const materials = (await answer.json()) as MaterialView[];
const hub = new ReviewHub(systemClock);
const decoders = createDecodePool();
const root = createRoot(document.getElementById('root') ?? document.body);
window.viewerPage = {
  hub,
  links: [],
  keyImages: [],
  sentences: [],
  held() {
    const { numberOfImagesCached, cacheSizeInBytes } = core.imageCache.getCacheInfo();
    return { elements: core.getEnabledElements().length, images: numberOfImagesCached, bytes: cacheSizeInBytes };
  },
  leave: () => root.unmount(),
  async hashOf(sample) {
    const file = readDicomFile(new Uint8Array(await (await fetch(`/samples/${sample}`)).arrayBuffer()));
    const bytes = new Uint8Array(frameBytes(file, 1));
    const transferSyntaxUid = frameTransferSyntaxUid(file.transferSyntax);
    const { data } = await decoders.decode({ bytes, transferSyntaxUid }, readImage(parsedAttributes(file.dataset)));
    const view = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', view));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  },
};
await startI18n();
await addAllTexts();

const panels = NAMES.slice(0, people).map((name, index) => {
  const accountId = `00000000-0000-4000-8000-00000000000${index + 1}`;
  const link = new TestLink(hub, systemClock, { accountId, name }, Number(query.get('delayMs') ?? 0));
  window.viewerPage.links.push(link);
  const me: PersonView = {
    accountId,
    name,
    title: '',
    role: 'specialist',
    specialty: null,
    facilityId: accountId,
    facilityName: '',
  };
  const panel = createElement(ReviewPanel, {
    consultationId: CONSULTATION_ID,
    materials,
    me,
    link,
    mayAnnotate: true,
    onInsert: async (sentence) => {
      window.viewerPage.sentences.push(sentence);
    },
    onKeyImage: (picture) => {
      window.viewerPage.keyImages.push(picture);
    },
  });
  return createElement('div', { key: accountId, 'data-person': index + 1 }, panel);
});
root.render(panels);
