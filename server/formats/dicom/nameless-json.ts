/*
 * Metadata of a teaching copy. Instead of taking away what is known to name somebody (PS3.15 annex E lists hundreds of attributes, and vendors add
 * their own), it keeps what draws the picture: standard attributes whose values are numbers, codes or UIDs.
 */

/** Value representations that nobody types a name into, PS3.5 table 6.2-1. Dates, names, ages and all free text are not among them. */
const KEPT_VRS = new Set('AT CS DS FD FL IS OB OD OF OL OV OW SL SQ SS SV UI UL US UV'.split(' '));
/** (0002), (0008), (0018), (0020), (0028), (0040), (0054), (2050), (3002), (5200) and overlays: how the picture was made, lies and is drawn. */
const KEPT_GROUP = /^(0002|0008|0018|0020|0028|0040|0054|2050|3002|5200|60[0-9A-F][02468ACE]|7FE0)/;
/** Of these groups what tells the study from others by a number or a person: (0020,0010) and (0040,A...) trees of text. */
const LEFT_OUT = /^(00200010|0040[AB])/;

interface Attribute {
  vr?: string;
  Value?: unknown[];
  [other: string]: unknown;
}

/** @param dataset DICOM JSON of one instance, PS3.18 annex F */
export function namelessDataset(dataset: Record<string, Attribute>): Record<string, Attribute> {
  const kept: Record<string, Attribute> = {};
  for (const [tag, attribute] of Object.entries(dataset)) {
    if (!KEPT_GROUP.test(tag) || LEFT_OUT.test(tag) || !KEPT_VRS.has(attribute.vr ?? '')) continue;
    kept[tag] =
      attribute.vr === 'SQ'
        ? {
            ...attribute,
            Value: (attribute.Value ?? []).map((item) => namelessDataset(item as Record<string, Attribute>)),
          }
        : attribute;
  }
  return kept;
}

/** Whether bulk data of this element may be handed out with such metadata: pixels and overlays. @param element as in an address: tags and item numbers */
export const isNamelessBulk = (element: string): boolean => /^(7FE0|60[0-9A-F][02468ACE])[0-9A-F]{4}$/.test(element);
