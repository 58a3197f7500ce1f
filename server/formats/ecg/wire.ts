/*
 * An ECG on its way to the browser, `application/vnd.huizhen.ecg`. All numbers little endian.
 *
 *   0   4  'HECG'
 *   4   1  version, 1
 *   5   3  0
 *   8   4  bytes of the header, a multiple of 4
 *  12      header: JSON (UTF-8) of EcgHeader, filled up with spaces
 *          then each lead's samples, group by group in the header's order: sampleCount integers of the lead's `bits`
 *          (16 or 32), signed, filled up with zeros to a multiple of 4 bytes
 *
 * The samples stay the integers that the device stored, beside what one is worth: as exact as the file, and 240 kB for
 * twelve leads of ten seconds at 1000 Hz.
 */

export const ECG_MEDIA_TYPE = 'application/vnd.huizhen.ecg';

export const MAGIC = 0x47434548;
export const VERSION = 1;
export const PREFIX_BYTES = 12;

export const padded = (bytes: number) => Math.ceil(bytes / 4) * 4;
