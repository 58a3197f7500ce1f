import type { HallTicket } from '../../server/contract/demonstration-live.ts';
import type { CutInput, CutState } from '../../sfu/contract/token.ts';
import { RoomWay, type RoomWayParts } from '../call/room-way.ts';
import type { Demand } from '../call/subscription.ts';
import { createDemands, type Demands } from './demands.ts';
import type { HallState } from './hall-state.ts';
import { HallView } from './hall-view.ts';

export interface HallClientParts extends Omit<RoomWayParts<HallState>, 'fetchTicket' | 'createView'> {
  fetchTicket(unreached?: string): Promise<HallTicket>;
}

/** One window in a hall: receives what theatre and stage send, sends what its seat and the moderator let it, and cuts where it may. */
export class HallClient extends RoomWay<HallState> {
  readonly #demands: Demands;
  /** The server could not tell the hall of a cut; null: it knows of all. */
  readonly hearUntold: (untold: CutInput | null) => void;

  constructor(parts: HallClientParts) {
    let view: HallView | undefined;
    const demands = createDemands();
    super({
      ...parts,
      firstDemand: demands.of,
      fetchTicket: async (unreached) => {
        const ticket = await parts.fetchTicket(unreached);
        view?.seat(ticket);
        return ticket;
      },
      createView: (sources) => {
        view = new HallView({ ...sources, clock: parts.clock });
        return view;
      },
    });
    this.#demands = demands;
    this.hearUntold = (untold) => view?.hearUntold(untold);
  }

  /** A tile shows a picture so, or no more. */
  show(producerId: string, tile: symbol, demand: Demand | null): void {
    this.setDemand(producerId, this.#demands.set(producerId, tile, demand));
  }

  /** Cuts off what is named of the theatre, for everyone, at the sfu and without the server. @throws Failure */
  cut(what: CutInput): Promise<CutState> {
    return this.request('hall:cut', what);
  }

  /** Ends the cut that is shown, of what is named. @throws Failure conflict where there is a newer cut */
  resume(what: CutInput): Promise<CutState> {
    return this.request('hall:resume', { ...what, number: this.state.cut.number });
  }
}
