import * as mediasoup from 'mediasoup';

type Router = mediasoup.types.Router;
type PlainTransport = mediasoup.types.PlainTransport;

/** The sfu's transports and workers, as long as it is watched. */
export interface PlainTransports {
  /** Where a transport that the sfu told of receives RTP; whoever sends to it first is whom it sends to. */
  portOf(transportId: string): number;
  /** Bits a second that it takes, and sends, at most. */
  ceilingsOf(transportId: string): Promise<{ incomingBps: number | undefined; outgoingBps: number | undefined }>;
  readonly workers: mediasoup.types.Worker[];
  readonly routers: Router[];
  close(): void;
}

/**
 * From now on the sfu's transports carry plain RTP in place of what browsers negotiate (ICE, DTLS), so that a test sends and counts packets itself.
 * All else runs as it does: workers, routers, pipes, signalling.
 */
export function putPlainTransports(): PlainTransports {
  const workers: mediasoup.types.Worker[] = [];
  const routers: Router[] = [];
  const transports = new Map<string, PlainTransport>();
  const open = async (router: Router) => {
    const listenInfo = { protocol: 'udp', ip: '127.0.0.1' } as const;
    const transport = await router.createPlainTransport({ listenInfo, rtcpMux: true, comedia: true });
    transports.set(transport.id, transport);
    transport.observer.once('close', () => transports.delete(transport.id));
    const { localAddress: ip, localPort: port } = transport.tuple;
    // As a browser would be told where it is; a test beside the process reads it from there.
    const candidate = { foundation: 'udpcandidate', priority: 1, ip, address: ip, protocol: 'udp', port, type: 'host' };
    const ice = { iceParameters: { usernameFragment: '', password: '' }, iceCandidates: [candidate] };
    return Object.assign(transport, { ...ice, dtlsParameters: { fingerprints: [] } });
  };
  const watch = (worker: mediasoup.types.Worker) => {
    workers.push(worker);
    worker.observer.on('newrouter', (router) => {
      routers.push(router);
      router.createWebRtcTransport = (() => open(router)) as unknown as Router['createWebRtcTransport'];
    });
  };
  const get = (transportId: string): PlainTransport => {
    const found = transports.get(transportId);
    if (!found) throw new Error(`no transport ${transportId}`);
    return found;
  };
  mediasoup.observer.on('newworker', watch);
  return {
    workers,
    routers,
    portOf: (transportId) => get(transportId).tuple.localPort,
    async ceilingsOf(transportId) {
      const [stats] = await get(transportId).getStats();
      return { incomingBps: stats?.maxIncomingBitrate, outgoingBps: stats?.maxOutgoingBitrate };
    },
    close: () => void mediasoup.observer.off('newworker', watch),
  };
}
