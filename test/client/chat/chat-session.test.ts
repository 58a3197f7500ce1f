import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { createChatSession } from '../../../client/chat/chat-session.ts';
import { createOutboxStore } from '../../../client/chat/outbox-store.ts';
import type { ChatMessage } from '../../../server/contract/chat.ts';
import { Failure } from '../../../server/contract/failure.ts';
import { createBrowserStore, createStorage, plainSeal } from '../../support/browser-store.ts';
import { createRandom } from '../../support/random.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const CASE = '5f0e2f0c-8f7e-4a53-9d5f-0f6c8a1f0001';
const ME = '5f0e2f0c-8f7e-4a53-9d5f-0f6c8a1f0002';

/** A server that keeps each message once, behind a line that loses questions, answers and notices. */
class ChatServer {
  readonly kept: ChatMessage[] = [];
  readonly #listeners = new Set<(message: ChatMessage) => void>();
  readonly #connects = new Set<() => void>();
  readonly #lossy: () => boolean;
  refuses = false;

  constructor(lossy: () => boolean = () => false) {
    this.#lossy = lossy;
  }

  keep(messageId: string, text: string, authorId = ME): ChatMessage {
    const known = this.kept.find((message) => message.messageId === messageId);
    if (known) return known;
    const message: ChatMessage = {
      messageId,
      consultationId: CASE,
      sequence: this.kept.length + 1,
      authorId,
      authorName: '李医生',
      text,
      postedAt: '2026-11-23T08:00:00.000Z',
    };
    this.kept.push(message);
    for (const listener of this.#listeners) if (!this.#lossy()) listener(message);
    return message;
  }

  reconnect(): void {
    for (const listener of this.#connects) listener();
  }

  readonly link = {
    request: async (name: string, input: { messageId: string; text: string; afterSequence: number }) => {
      await Promise.resolve();
      if (this.#lossy()) throw new Failure('unavailable', 'the question was lost');
      if (name === 'chat:post' && this.refuses) throw new Failure('forbidden', 'no longer a participant');
      const answer =
        name === 'chat:post'
          ? this.keep(input.messageId, input.text)
          : this.kept.filter(({ sequence }) => sequence > input.afterSequence);
      if (this.#lossy()) throw new Failure('unavailable', 'the answer was lost');
      return answer;
    },
    on: (_: string, listener: (message: ChatMessage) => void) => {
      this.#listeners.add(listener);
      return () => this.#listeners.delete(listener);
    },
    onConnect: (listener: () => void) => {
      this.#connects.add(listener);
      listener();
      return () => this.#connects.delete(listener);
    },
  };
}

function open(server: ChatServer, clock: VirtualClock, storage = createStorage()) {
  return createChatSession({
    consultationId: CASE,
    link: server.link as unknown as Parameters<typeof createChatSession>[0]['link'],
    store: createOutboxStore(createBrowserStore(storage).openWindow(ME, plainSeal), CASE),
    clock,
    newId: () => crypto.randomUUID(),
    now: () => new Date(clock.nowMs()),
  });
}
const texts = (chat: { state: { messages: readonly ChatMessage[] } }) => chat.state.messages.map(({ text }) => text);

describe('the chat of a case', () => {
  it('shows what was written before and what the other writes now', async () => {
    const server = new ChatServer();
    const clock = new VirtualClock();
    server.keep(crypto.randomUUID(), '您好');
    const chat = open(server, clock);
    await clock.pass(10);
    server.keep(crypto.randomUUID(), '影像收到了');
    assert.deepEqual(texts(chat), ['您好', '影像收到了']);
    chat.close();
  });

  it('shows a message at once as being sent, and as sent when the server has it', async () => {
    const server = new ChatServer();
    const clock = new VirtualClock();
    const chat = open(server, clock);
    await clock.pass(10);
    chat.post('  右下肺结节  ');
    assert.deepEqual(
      chat.state.pending.map(({ text }) => text),
      ['右下肺结节'],
    );
    await clock.pass(10);
    assert.deepEqual([texts(chat), chat.state.pending], [['右下肺结节'], []]);
    chat.close();
  });

  it('sends what was written during an outage after a reload of the page', async () => {
    let down = true;
    const server = new ChatServer(() => down);
    const clock = new VirtualClock();
    const storage = createStorage();
    const before = open(server, clock, storage);
    before.post('第一句');
    await clock.pass(1);
    before.post('第二句');
    await clock.pass(20_000);
    assert.equal(server.kept.length, 0);
    before.close();
    down = false;
    const after = open(server, clock, storage);
    await turn();
    await clock.pass(10);
    assert.deepEqual(texts(after), ['第一句', '第二句']);
    assert.equal(Object.keys(storage).length, 0, 'nothing stays on the computer');
    after.close();
  });

  it('says that a message was refused, keeps the next ones going, and lets it be discarded', async () => {
    const server = new ChatServer();
    const clock = new VirtualClock();
    const storage = createStorage();
    const chat = open(server, clock, storage);
    await clock.pass(10);
    server.refuses = true;
    chat.post('不会被接受');
    await clock.pass(10);
    assert.equal(chat.state.pending[0]?.refusal?.code, 'forbidden');
    server.refuses = false;
    chat.post('会被接受');
    await clock.pass(10);
    assert.deepEqual(texts(chat), ['会被接受']);
    chat.discard(chat.state.pending[0]?.messageId ?? '');
    assert.deepEqual([chat.state.pending.length, Object.keys(storage).length], [0, 0]);
    chat.close();
  });

  it('keeps nothing of another person or another case', async () => {
    const storage = createStorage();
    const outbox = (accountId: string, consultationId: string) =>
      createOutboxStore(createBrowserStore(storage).openWindow(accountId, plainSeal), consultationId);
    const message = { messageId: crypto.randomUUID(), text: '私密', writtenAt: '2026-11-23T08:00:00.000Z' };
    await outbox(ME, CASE).keep(message);
    assert.deepEqual(await outbox(CASE, CASE).load(), []);
    assert.deepEqual(await outbox(ME, ME).load(), []);
    assert.deepEqual(await outbox(ME, CASE).load(), [message]);
  });

  it('ends with every message once, in the same order for both, over any line (seeded)', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = createRandom(seed).next;
      let calm = false;
      const server = new ChatServer(() => !calm && random() < 0.4);
      const clock = new VirtualClock();
      const storages = [createStorage(), createStorage()];
      const windows = storages.map((storage) => open(server, clock, storage));
      const written: string[] = [];
      for (let step = 0; step < 40; step++) {
        const which = random() < 0.5 ? 0 : 1;
        if (random() < 0.5) {
          written.push(`第 ${step} 句`);
          windows[which]?.post(`第 ${step} 句`);
        } else if (random() < 0.2) {
          windows[which]?.close();
          windows[which] = open(server, clock, storages[which]);
        } else if (random() < 0.3) server.reconnect();
        await clock.pass(Math.floor(random() * 3_000));
        for (const { state } of windows)
          assert.deepEqual(
            state.messages.map(({ sequence }) => sequence),
            state.messages.map((_, index) => index + 1),
            `seed ${seed}: no gap is ever shown`,
          );
      }
      calm = true;
      await clock.pass(20_000);
      server.reconnect();
      await clock.pass(10_000);
      assert.deepEqual(server.kept.map(({ text }) => text).sort(), written.sort(), `seed ${seed}`);
      for (const window of windows) {
        assert.deepEqual(
          texts(window),
          server.kept.map(({ text }) => text),
          `seed ${seed}`,
        );
        assert.equal(window.state.pending.length, 0, `seed ${seed}`);
        window.close();
      }
    }
  });
});
