/// <reference types="vite/client" />
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { startI18n } from '../../../client/i18n/i18n.ts';
import { systemClock } from '../../../client/review/clock.ts';
import type { KeyImagePicture } from '../../../client/review/desk.ts';
import { ReviewPanel } from '../../../client/review/review-panel.tsx';
import type { PersonView } from '../../../server/contract/account.ts';
import type { MaterialView } from '../../../server/contract/study.ts';
import { CONSULTATION_ID, ReviewHub, TestLink } from '../../viewers/review-world.ts';
import 'virtual:tokens.css';
import '../../../client/ui/base.css';
import '../../../client/ui/controls.css';
import './page.css';

/** Some review panels side by side in one page, joined by a line within the page that the test can break. */
declare global {
  interface Window {
    viewerPage: { hub: ReviewHub; links: TestLink[]; keyImages: KeyImagePicture[] };
  }
}

const NAMES = ['张医生', '李主任', '王医生'];

const query = new URLSearchParams(location.search);
const people = Number(query.get('people') ?? 1);
const answer = await fetch('/materials.json');
const materials = (await answer.json()) as MaterialView[];
const hub = new ReviewHub(systemClock);
window.viewerPage = { hub, links: [], keyImages: [] };
await startI18n();

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
    onKeyImage: (picture) => {
      window.viewerPage.keyImages.push(picture);
    },
  });
  return createElement('div', { key: accountId, 'data-person': index + 1 }, panel);
});
const root = document.getElementById('root');
if (root) createRoot(root).render(panels);
