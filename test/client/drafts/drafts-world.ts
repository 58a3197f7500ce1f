import { setImmediate as turn } from 'node:timers/promises';
import { Autosave } from '../../../client/drafts/autosave.ts';
import { localCopy } from '../../../client/drafts/local-copy.ts';
import type { AutosaveParts } from '../../../client/drafts/save-state.ts';
import { forgetUnsavedTexts } from '../../../client/drafts/unsaved-texts.ts';
import { Failure } from '../../../server/contract/failure.ts';
import { createBrowserStore, plainSeal } from '../../support/browser-store.ts';

export interface Draft {
  patient: { name: string; phone: string };
  question: string;
}

export const EMPTY: Draft = { patient: { name: '', phone: '' }, question: '' };
export const ask = (question: string): Draft => ({ ...EMPTY, question });

/** The server's side of a draft behind a line that can be cut, and the browser's store. */
export function createDesk(random: () => number = () => 0.5) {
  let stored = { value: EMPTY, version: 1, savedAt: null as string | null };
  const browser = createBrowserStore();
  const desk = { lineIsUp: true, answersAreLost: false, requests: 0, underWay: 0, mostUnderWay: 0 };

  async function exchange<T>(work: () => T): Promise<T> {
    desk.requests += 1;
    desk.underWay += 1;
    desk.mostUnderWay = Math.max(desk.mostUnderWay, desk.underWay);
    for (let turns = Math.floor(random() * 4); turns >= 0; turns -= 1) await turn();
    desk.underWay -= 1;
    if (!desk.lineIsUp) throw new Failure('unavailable', 'the line is down');
    const result = work();
    if (desk.answersAreLost) throw new Failure('unavailable', 'the answer was lost');
    return result;
  }

  /** A window of the one browser, with the draft open in it. `crash` ends it as a power cut does. */
  const open = async (): Promise<Autosave<Draft> & { crash(): void }> => {
    const safe = browser.openWindow('somebody', plainSeal);
    const local = localCopy(
      safe,
      { kind: 'application', consultationId: 'case', caseNumber: 'HZ-1' },
      (found) => found as Draft,
    );
    const parts: AutosaveParts<Draft> = {
      initial: stored,
      save: (value, version) =>
        exchange(() => {
          if (version !== stored.version) throw new Failure('conflict', 'outdated', { reason: 'version-outdated' });
          stored = { value, version: version + 1, savedAt: '2025-01-01T00:00:00.000Z' };
          return stored;
        }),
      read: () => exchange(() => stored),
      local,
      left: await local.takeOver(),
      wait: async (_, signal) => {
        for (let turns = Math.floor(random() * 3); turns >= 0; turns -= 1) await turn();
        signal.throwIfAborted();
      },
    };
    const draft = new Autosave(parts);
    return Object.assign(draft, {
      crash() {
        draft.close();
        safe.end();
      },
    });
  };
  /** While signing out, in a window of theirs. */
  const giveUp = () => forgetUnsavedTexts(browser.openWindow('somebody', plainSeal));
  return { desk, open, giveUp, stored: () => stored, kept: () => Object.keys(browser.storage).length };
}

export async function savedByItself(draft: Autosave<Draft>): Promise<void> {
  while (draft.snapshot.state.kind !== 'saved') await turn();
}
