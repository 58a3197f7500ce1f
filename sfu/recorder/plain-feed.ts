import type { types } from 'mediasoup';
import type { ConsumerLayers } from '../contract/room.ts';
import type { PeerProducer } from '../peer.ts';
import { findPortPair, listensOn } from './udp-ports.ts';

/** How often a picture is asked for a key frame until the first has come. */
const FIRST_KEY_FRAME_EVERY_MS = 500;
const LISTENS_WITHIN_MS = 5_000;

/** One track on its way to a port of this machine, for a program that reads RTP there. */
export interface PlainFeed {
  consumer: types.Consumer;
  port: number;
  /**
   * Lets it flow once somebody listens on the port. `onFirst` is told of the first packet.
   * @param gone resolves when whoever was to listen has ended
   */
  begin(options: { gone: Promise<unknown>; onFirst?: () => void }): Promise<void>;
  close(): void;
}

interface PlainFeedParts {
  router: types.Router;
  producer: PeerProducer;
  /** Of a track that is sent in layers. */
  layers: ConsumerLayers;
  /** How often a picture is asked for a key frame afterwards. */
  keyFrameEveryMs: number;
}

/** @throws Error where it cannot be made; nothing is left behind then. */
export async function openPlainFeed(parts: PlainFeedParts): Promise<PlainFeed> {
  const { router, producer, layers, keyFrameEveryMs } = parts;
  const listenInfo = { protocol: 'udp', ip: '127.0.0.1' } as const;
  const transport = await router.createPlainTransport({ listenInfo, rtcpMux: false, comedia: false });
  try {
    const port = await findPortPair();
    await transport.connect({ ip: '127.0.0.1', port, rtcpPort: port + 1 });
    const consumer = await transport.consume({
      producerId: producer.id,
      rtpCapabilities: plainCapabilities(router),
      paused: true,
      ...(producer.type === 'simulcast' && { preferredLayers: layers }),
    });
    let asking: { stop(): void } | undefined;
    return {
      consumer,
      port,
      async begin({ gone, onFirst }) {
        const tooLate = AbortSignal.timeout(LISTENS_WITHIN_MS);
        const isGone = gone.then(() => Promise.reject(new Error('whoever was to listen has ended')));
        await Promise.race([listensOn(port, tooLate), isGone]);
        let hasBegun = false;
        consumer.once('trace', () => {
          hasBegun = true;
          onFirst?.();
          consumer.enableTraceEvent([]).catch(() => undefined);
        });
        await consumer.enableTraceEvent(['rtp']);
        await consumer.resume();
        asking = askForKeyFrames(consumer, () => (hasBegun ? keyFrameEveryMs : FIRST_KEY_FRAME_EVERY_MS));
      },
      close() {
        asking?.stop();
        transport.close();
      },
    };
  } catch (error) {
    transport.close();
    throw error;
  }
}

/** What a receiver without retransmission and header extensions can take. */
function plainCapabilities({ rtpCapabilities: { codecs = [] } }: types.Router): types.RtpCapabilities {
  return { codecs: codecs.filter(({ mimeType }) => !mimeType.toLowerCase().endsWith('/rtx')), headerExtensions: [] };
}

function askForKeyFrames(consumer: types.Consumer, everyMs: () => number): { stop(): void } {
  if (consumer.kind === 'audio') return { stop: () => undefined };
  const ask = () => {
    if (!consumer.closed) consumer.requestKeyFrame().catch(() => undefined);
    timer = setTimeout(ask, everyMs());
  };
  let timer: NodeJS.Timeout;
  ask();
  return { stop: () => clearTimeout(timer) };
}
