import type { types } from 'mediasoup';
import type { RecordingFault } from '../../server/contract/hall.ts';
import type { Logger } from '../../server/runtime/log.ts';
import type { Peer, PeerProducer } from '../peer.ts';
import { Recorder, type RecorderParts } from '../recorder/recorder.ts';
import { seatOf } from './seats.ts';
import type { Standing } from './standing.ts';

interface HallRecordingParts {
  router: types.Router;
  recorder: RecorderParts;
  standing: Standing;
  log: Logger;
  /** Everybody is to be told how it stands. */
  onChange: () => void;
}

/** Does what the standing order of a hall says of its recording. */
export class HallRecording {
  readonly #parts: HallRecordingParts;
  #recorder: Recorder | undefined;

  constructor(parts: HallRecordingParts) {
    this.#parts = parts;
  }

  /** The order is another one: all that is there is recorded by it, or nothing. @returns once what was being written is on the disk */
  async follow(peers: readonly Peer[]): Promise<void> {
    const { router, recorder, standing, log, onChange } = this.#parts;
    const { recording } = standing;
    const before = this.#recorder;
    this.#recorder = undefined;
    if (recording?.fault === null) {
      const onFault = (fault: RecordingFault) => {
        recording.fault = fault;
        onChange();
      };
      this.#recorder = new Recorder(router, recording.order, recorder, { log, onFault });
      for (const peer of peers) for (const producer of peer.producers.values()) this.add(producer, peer);
    }
    onChange();
    await before?.close();
  }

  add(producer: PeerProducer, peer: Peer | undefined): void {
    if (peer) this.#recorder?.follow(producer, { accountId: peer.claims.accountId, seat: seatOf(peer) });
  }

  async close(): Promise<void> {
    await this.#recorder?.close();
  }
}
