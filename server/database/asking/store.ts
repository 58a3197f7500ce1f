import type { EntityManager } from 'typeorm';
import type { AskingStore } from '../../asking/store.ts';
import { createHandStore, createPollStore } from './hand-and-poll-store.ts';
import { createLiveChatStore } from './live-chat-store.ts';
import { createQuestionStore } from './question-store.ts';

export function createAskingStore(manager: EntityManager): AskingStore {
  return {
    ...createQuestionStore(manager),
    ...createHandStore(manager),
    ...createPollStore(manager),
    ...createLiveChatStore(manager),
  };
}
