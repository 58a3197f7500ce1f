/** Where a sealed value of the archive belongs: moved to another row it does not open. */
export const metadataContext = ({
  facilityId,
  sopInstanceUid,
}: {
  facilityId: string;
  sopInstanceUid: string;
}): string => `${facilityId}/${sopInstanceUid}/metadata`;

export const fileNameContext = ({ facilityId, sha256 }: { facilityId: string; sha256: string }): string =>
  `${facilityId}/${sha256}/name`;

export const uploadNameContext = ({ uploadId }: { uploadId: string }): string => `${uploadId}/name`;

export const totpContext = ({ accountId }: { accountId: string }): string => `${accountId}/totp`;

export const nextTotpContext = ({ accountId }: { accountId: string }): string => `${accountId}/totp/next`;

export const photoContext = ({ accountId }: { accountId: string }): string => `${accountId}/photo`;
