import type { types } from 'mediasoup';
import { PipeEnd } from './messages.ts';

/** One end of a pipe between two machines: encrypted, and what is lost on the way is sent again. */
export async function openPipe(
  router: types.Router,
  listenInfo: types.TransportListenInfo,
): Promise<types.PipeTransport> {
  return await router.createPipeTransport({ listenInfo, enableSrtp: true, enableRtx: true, enableSctp: false });
}

/** What the other end has to know of it. */
export function toPipeEnd({ tuple, srtpParameters }: types.PipeTransport): PipeEnd {
  return PipeEnd.parse({ ip: tuple.localAddress, port: tuple.localPort, srtpParameters });
}
