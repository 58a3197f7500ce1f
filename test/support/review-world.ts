import type { Clock } from '../../client/review/clock.ts';
import { Failure } from '../../server/contract/failure.ts';
import type { Notice, NoticeName, RequestInput, RequestName } from '../../server/contract/messages.ts';
import type { Viewport } from '../../server/contract/picture-kinds.ts';
import {
  type Act,
  type BoardAnnotation,
  isSameShape,
  type Presenter,
  type Quality,
  type ReviewPeer,
} from '../../server/contract/review.ts';

export const CONSULTATION_ID = '6f9619ff-8b86-4011-b42d-00c04fc964ff';

/** What the server tells of, on the way to one window. */
interface NoticeReceiver {
  receive<N extends NoticeName>(name: N, notice: Notice<N>): void;
}

interface Window {
  link: NoticeReceiver;
  accountId: string;
  name: string;
  peerId: string;
  quality: Quality | null;
}

/** The server's part of a review, kept in memory: only ordering, loss and hand-over matter here. */
export class ReviewHub {
  revision = 0;
  readonly annotations = new Map<string, BoardAnnotation>();
  acts: (Act & { accountId: string })[] = [];
  readonly received: { name: RequestName; accountId: string; atMs: number; input: unknown }[] = [];
  presenter: Presenter | null = null;
  viewport: Viewport | null = null;
  readonly #windows = new Map<string, Window>();
  readonly #clock: Clock;
  #peers = 0;
  #asking: { window: Window; grant: (granted: boolean) => void } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  enter(link: NoticeReceiver, accountId: string, name: string): string {
    const peerId = `peer-${++this.#peers}`;
    this.#windows.set(peerId, { link, accountId, name, peerId, quality: null });
    return peerId;
  }

  leave(peerId: string): void {
    this.#windows.delete(peerId);
    if (this.presenter?.peerId === peerId) this.#present({ ...this.presenter, peerId: null });
    this.#tellPeers();
  }

  async handle(peerId: string, name: RequestName, input: unknown): Promise<unknown> {
    const window = this.#windows.get(peerId);
    if (!window) throw new Failure('unavailable', 'gone');
    const { accountId } = window;
    this.received.push({ name, accountId, atMs: this.#clock.nowMs(), input });
    switch (name) {
      case 'review:open': {
        const { sinceRevision } = input as RequestInput<'review:open'>;
        this.#tellPeers();
        const annotations = [...this.annotations.values()].filter((annotation) => annotation.revision > sinceRevision);
        const { presenter, viewport, revision } = this;
        const acts = this.acts.filter((act) => act.accountId === accountId);
        return { peerId, presenter, viewport, revision, annotations, acts, peers: this.#peersNow() };
      }
      case 'annotation:put':
      case 'annotation:delete': {
        const put = input as RequestInput<'annotation:put'>;
        const known = this.annotations.get(put.annotationId);
        if (name === 'annotation:delete' && !known) throw new Failure('not-found', 'no such annotation');
        const presents = name === 'annotation:delete' && this.presenter?.accountId === accountId;
        if (known && known.authorId !== accountId && !presents)
          throw new Failure('forbidden', 'somebody else drew it', { reason: 'not-author' });
        if (known && this.acts.some(({ actId }) => actId === put.actId)) return { revision: known.revision };
        const annotation: BoardAnnotation = {
          annotationId: put.annotationId,
          consultationId: put.consultationId,
          target: put.target ?? known?.target,
          shape: put.shape ?? null,
          revision: ++this.revision,
          authorId: known?.authorId ?? accountId,
          authorName: known?.authorName ?? window.name,
          changedById: accountId,
          changedByName: window.name,
          changedAt: new Date(0).toISOString(),
        };
        const { actId, annotationId, target } = { ...put, target: annotation.target };
        if (actId) {
          const before = known?.shape ?? null;
          const { authorId, authorName } = annotation;
          const act = { actId, annotationId, target, before, after: annotation.shape, authorId, authorName };
          this.acts = [...this.acts.filter((one) => one.accountId !== accountId || !one.undone)];
          this.acts.push({ ...act, undone: false, accountId });
        }
        return this.#keep(annotation, peerId);
      }
      case 'annotation:undo':
      case 'annotation:redo': {
        const { actId } = input as RequestInput<'annotation:undo'>;
        const act = this.acts.find((one) => one.actId === actId && one.accountId === accountId);
        const known = act && this.annotations.get(act.annotationId);
        if (!act || !known) throw new Failure('not-found', 'no such act');
        const undone = name === 'annotation:undo';
        if (act.undone === undone) return { revision: known.revision };
        if (!isSameShape(known.shape, undone ? act.after : act.before))
          throw new Failure('conflict', 'changed since', { reason: 'annotation-changed' });
        act.undone = undone;
        const shape = undone ? act.before : act.after;
        const changed = { changedById: accountId, changedByName: window.name, revision: ++this.revision };
        return this.#keep({ ...known, ...changed, shape }, peerId);
      }
      case 'viewport:move': {
        const { viewport, consultationId } = input as RequestInput<'viewport:move'>;
        if (this.presenter?.peerId !== peerId) throw new Failure('forbidden', 'not the presenter');
        this.viewport = viewport;
        this.#tell('viewport:moved', { consultationId, peerId, viewport }, peerId);
        return {};
      }
      case 'pointer:move': {
        const move = input as RequestInput<'pointer:move'>;
        this.#tell('pointer:moved', { ...move, peerId, accountId, name: window.name }, peerId);
        return {};
      }
      case 'quality:report':
        window.quality = (input as RequestInput<'quality:report'>).quality;
        this.#tellPeers();
        return {};
      case 'presenter:ask':
        return this.#ask(window);
      case 'presenter:answer':
        this.#asking?.grant((input as RequestInput<'presenter:answer'>).grant);
        return {};
      default:
        return {};
    }
  }

  #keep(annotation: BoardAnnotation, peerId: string): { revision: number } {
    this.annotations.set(annotation.annotationId, annotation);
    this.#tell('annotation:changed', annotation, peerId);
    return { revision: annotation.revision };
  }

  async #ask(window: Window): Promise<{ granted: boolean }> {
    const { presenter } = this;
    if (presenter && presenter.peerId !== null && presenter.accountId !== window.accountId) {
      const { accountId, name } = window;
      const notice = { consultationId: CONSULTATION_ID, accountId, name, answerWithinS: 10 };
      this.#windows.get(presenter.peerId)?.link.receive('presenter:asked', notice);
      const granted = await new Promise<boolean>((resolve) => {
        this.#asking = { window, grant: resolve };
        this.#clock.after(10_000, () => resolve(true));
      });
      if (!granted) return { granted };
    }
    this.#present({ accountId: window.accountId, name: window.name, peerId: window.peerId });
    return { granted: true };
  }

  #present(presenter: Presenter | null): void {
    this.presenter = presenter;
    this.#tell('presenter:changed', { consultationId: CONSULTATION_ID, presenter });
  }

  #peersNow(): ReviewPeer[] {
    return [...this.#windows.values()].map(({ peerId, accountId, name, quality }) => ({
      peerId,
      accountId,
      name,
      facilityName: '',
      quality,
    }));
  }

  #tellPeers(): void {
    this.#tell('review:peers-changed', { consultationId: CONSULTATION_ID, peers: this.#peersNow() });
  }

  #tell<N extends NoticeName>(name: N, notice: Notice<N>, except?: string): void {
    for (const window of this.#windows.values()) if (window.peerId !== except) window.link.receive(name, notice);
  }
}
