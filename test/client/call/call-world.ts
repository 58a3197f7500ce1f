import type { PeerView } from '../../../sfu/contract/room.ts';

export const peer = (peerId: string, accountId = `account of ${peerId}`, away = false): PeerView => ({
  peerId,
  accountId,
  displayName: peerId,
  facilityName: '县人民医院',
  role: 'physician',
  away,
});
