import { putPlainTransports } from './plain-transports.ts';

// `npm run sfu` as it is, but that its browsers' transports carry plain RTP: the pipes between nodes stay encrypted.
putPlainTransports();
await import('../../sfu/main.ts');
