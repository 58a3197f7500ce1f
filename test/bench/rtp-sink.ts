import { createSocket } from 'node:dgram';

/** What has come since it was asked last. */
export interface Arrived {
  packets: number;
  /** Of some of the packets: from their sending to here. */
  delaysMs: number[];
}

/** Low 32 bits of the machine's monotonic clock in microseconds: what the source puts into the RTP timestamp, which travels unchanged. */
export function nowUs32(): number {
  return Number((process.hrtime.bigint() / 1000n) & 0xffffffffn);
}

const SAMPLE_EVERY = 97;
const RECEIVE_BUFFER_BYTES = 8_000_000;

// A process of its own, so that counting does not take turns with what is measured.
if (process.send) {
  let packets = 0;
  let delaysMs: number[] = [];
  const socket = createSocket('udp4', (packet) => {
    const type = packet.readUInt8(1);
    // RTCP shares the port (RFC 5761 section 4).
    if (type >= 192 && type <= 223) return;
    packets += 1;
    if (packets % SAMPLE_EVERY === 0) delaysMs.push(((nowUs32() - packet.readUInt32BE(4)) >>> 0) / 1000);
  });
  socket.bind(0, '127.0.0.1', () => {
    socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
    process.send?.({ port: socket.address().port });
  });
  process.on('message', (message: 'report' | { greet: number }) => {
    if (message !== 'report') {
      // A transport sends to where it first hears from.
      socket.send(Buffer.concat([Buffer.from([0x80, 96]), Buffer.alloc(10)]), message.greet, '127.0.0.1');
      return;
    }
    process.send?.({ packets, delaysMs } satisfies Arrived);
    packets = 0;
    delaysMs = [];
  });
  process.on('disconnect', () => process.exit(0));
}
