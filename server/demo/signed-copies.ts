import type { FileStore } from '../archive/file-store.ts';
import type { CaseKind } from '../contract/index.ts';
import type { Agreement } from '../facilities/agreement.ts';
import { chinaDate } from '../patients/china-date.ts';
import type { Stores } from '../store/stores.ts';
import { makeAgreementSheet } from './pictures/document/agreement-sheet.ts';

const KINDS: Record<CaseKind, string> = { video: '视频会诊', written: '图文会诊' };
const MAX_BYTES = 1024 * 1024;

/** Gives each agreement of the demo network that is signed the paper that it was signed on: computed, and nobody's. */
export async function addSignedCopies(
  { facilities }: Pick<Stores, 'facilities'>,
  files: Pick<FileStore, 'receive' | 'keep' | 'discard'>,
): Promise<void> {
  const agreements = (await facilities.listAgreementsOf(undefined)).filter(isSigned);
  const ids = [...new Set(agreements.flatMap((one) => [one.invitingFacilityId, one.invitedFacilityId]))];
  const names = new Map((await facilities.findMany(ids)).map(({ facilityId, name }) => [facilityId, name]));
  for (const agreement of agreements) {
    const [inviting = '', invited = ''] = [agreement.invitingFacilityId, agreement.invitedFacilityId].map((id) =>
      names.get(id),
    );
    const received = await files.receive(onceOf(sheetOf(agreement, inviting, invited)), MAX_BYTES);
    try {
      await files.keep(received);
    } finally {
      await files.discard(received);
    }
    const { sha256, sizeBytes } = received;
    const signedCopy = { sha256, sizeBytes, name: `远程会诊服务协议-${inviting}-${invited}.pdf` };
    await facilities.replaceAgreement({ ...agreement, signedCopy }, agreement.version);
  }
}

const isSigned = ({ signatures }: Agreement): boolean => signatures.inviting !== null && signatures.invited !== null;

function sheetOf({ validFrom, validTo, services, liabilityText }: Agreement, inviting: string, invited: string) {
  return makeAgreementSheet({
    inviting,
    invited,
    fromDay: chinaDate(new Date(validFrom)),
    // It ends before that instant.
    toDay: chinaDate(new Date(Date.parse(validTo) - 1)),
    services: services.map(({ kind, priceFen }) => `${KINDS[kind]}：${priceText(priceFen)}`),
    liability: liabilityText,
  });
}

function priceText(priceFen: number | null): string {
  if (priceFen === null) return '未约定价格';
  return priceFen === 0 ? '免费' : `每例 ${(priceFen / 100).toFixed(2)} 元`;
}

async function* onceOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
