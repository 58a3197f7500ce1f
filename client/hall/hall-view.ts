import type { HallTicket } from '../../server/contract/demonstration-live.ts';
import type { RoomSnapshot } from '../../sfu/contract/room.ts';
import type { CutInput, CutState } from '../../sfu/contract/token.ts';
import type { MediaSession } from '../call/media-session.ts';
import type { BookedPeer } from '../call/peer-book.ts';
import type { ViewSources } from '../call/room-way.ts';
import type { SfuMessage } from '../call/signalling.ts';
import type { Subscription } from '../call/subscription.ts';
import { WayView } from '../call/way-view.ts';
import type { Clock } from '../review/clock.ts';
import { type HallPerson, type HallState, type HallTrack, OUTSIDE_HALL } from './hall-state.ts';

/** What a page shows of a hall: the tracks of theatre and stage, who speaks, what is cut and how many watch. */
export class HallView extends WayView<HallState> {
  #cut: CutState = OUTSIDE_HALL.cut;
  #untold: CutInput | null = null;

  constructor(parts: ViewSources & { clock: Clock }) {
    super(parts, OUTSIDE_HALL);
  }

  /** The server has given this window its seat. */
  seat({ seat, mayCut }: HallTicket): void {
    this.know({ seat, mayCut });
  }

  /** What the server could not tell the hall is cut in this window all the same. */
  hearUntold(untold: CutInput | null): void {
    this.#untold = untold;
    this.#knowCut(this.#cut);
  }

  override hear(message: SfuMessage): void {
    super.hear(message);
    const { name, notice } = message;
    if (name === 'publish:changed') this.know({ mayPublish: notice.mayPublish });
    if (name !== 'hall:state') return;
    this.setSpeaker(notice.speakerPeerId);
    this.know({ audience: notice.audience });
    this.#knowCut(notice.cut);
  }

  override stand(snapshot: RoomSnapshot): void {
    super.stand(snapshot);
    const { mayPublish, hall } = snapshot;
    this.know({ mayPublish, ...(hall && { audience: hall.audience }) });
    if (hall) this.#knowCut(hall.cut);
  }

  protected show(session: MediaSession | undefined): Pick<HallState, 'people' | 'self' | 'isReceiving'> {
    return {
      people: this.book.peers.map((peer) => this.#seatedOf(peer, session)),
      self: { ...this.selfOf(session), isComputerSlow: session?.line.isComputerSlow ?? false },
      isReceiving: session?.isReceiving ?? false,
    };
  }

  #knowCut(cut: CutState): void {
    this.#cut = cut;
    const { picture = false, sound = false } = this.#untold ?? {};
    this.know({ cut: { ...cut, picture: cut.picture || picture, sound: cut.sound || sound } });
  }

  #seatedOf(peer: BookedPeer, session: MediaSession | undefined): HallPerson {
    const { peerId, accountId, seat = 'audience' } = peer;
    const tracks = (session?.subscriptions.ofPeer(peerId) ?? []).map((one) => trackOf(one, accountId));
    const voice = tracks.find(({ source }) => source === 'audio') ?? null;
    const pictures = tracks.filter(({ source }) => source !== 'audio');
    return { ...this.personOf(peer, voice), seat, voice, pictures };
  }
}

function trackOf(subscription: Subscription, accountId: string): HallTrack {
  const { remote, view, pausedBy } = subscription;
  return { ...remote, accountId, source: view.source, label: view.label ?? null, inputId: view.inputId, pausedBy };
}
