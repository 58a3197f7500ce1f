/** 31 characters without I, O, S, V and Z, each worth its place (GB 32100-2015, table 1). */
const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const USCC = /^[0-9A-HJ-NP-RTUW-Y]{2}\d{6}[0-9A-HJ-NP-RTUW-Y]{10}$/;

/**
 * The check character of a unified social credit code: weights are the powers of 3 modulo 31 (GB 32100-2015, annex A).
 * @param first17 without it.
 */
export function usccCheckCharacter(first17: string): string {
  let weight = 1;
  let sum = 0;
  for (const character of first17) {
    sum += USCC_ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return USCC_ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** Whether it is a unified social credit code (统一社会信用代码): 18 characters, the last of which checks the others. */
export function isUscc18(code: string): boolean {
  return USCC.test(code) && usccCheckCharacter(code.slice(0, 17)) === code.charAt(17);
}

/**
 * 9 of the organisation, 6 of the region, 2 of the economy, 4 of the category and 1 of the management: the code of a medical
 * institution as WS 218-2002 builds it. Its parts carry no check digit of the whole; length and shape are all that can be looked at.
 */
const ORG_CODE = /^[0-9A-Z]{8}[0-9X][1-9]\d{5}\d{2}[A-Z]\d{3}\d$/;

export function isOrgCode22(code: string): boolean {
  return ORG_CODE.test(code);
}
