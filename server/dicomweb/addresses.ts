import type { Resource } from '../archive/study.ts';

/** Where the DICOMweb service that is asked lies, e.g. `https://host/dicomweb`; no slash at the end. */
export interface DicomWebAddresses {
  root: string;
}

export function studyAddress({ root }: DicomWebAddresses, studyInstanceUid: string): string {
  return `${root}/studies/${studyInstanceUid}`;
}

export function seriesAddress(
  addresses: DicomWebAddresses,
  series: Required<Omit<Resource, 'sopInstanceUid'>>,
): string {
  return `${studyAddress(addresses, series.studyInstanceUid)}/series/${series.seriesInstanceUid}`;
}

export function instanceAddress(addresses: DicomWebAddresses, instance: Required<Resource>): string {
  return `${seriesAddress(addresses, instance)}/instances/${instance.sopInstanceUid}`;
}
