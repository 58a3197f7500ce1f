import { type Attributes, findNumber, findString } from '../dicom/attributes.ts';
import { functionalGroup } from '../dicom/functional-groups.ts';

/** What tells apart the images of several passes over the same positions; null or '': not stated. */
export interface PassFacts {
  /** (0020,0100), in enhanced objects (0020,9128): phases of a dynamic series. */
  temporalPosition: number | null;
  /** (0020,0012), in enhanced objects (0020,9156). */
  acquisitionNumber: number | null;
  /** `YYYYMMDDHHMMSS.FFFFFF` as far as it is stated: text that sorts by time. */
  acquiredAt: string;
  /** (0018,0081), in enhanced objects (0018,9082), milliseconds. */
  echoTimeMs: number | null;
  /** (0018,9087), s/mm². */
  diffusionBValue: number | null;
  /** (0008,0008), in enhanced objects (0008,9007): magnitude and phase, water and fat. */
  imageType: string;
  /** (0020,9057): the place within the stack, counted in the direction in which it is scrolled. */
  inStackPosition: number | null;
  /** Dimension Index Values, PS3.3 section C.7.6.17, each with the attribute that it counts. */
  dimensions: DimensionIndex[];
}

export interface DimensionIndex {
  /** (0020,9165), the attribute that is counted; '': not stated. */
  pointer: string;
  index: number;
}

const FRAME_CONTENT = '00209111';
const ECHO = '00189114';
const DIFFUSION = '00189117';
/** Frame type of enhanced MR, CT and PET. */
const FRAME_TYPES = ['00189226', '00189329', '00189751'];

/** Reads the pass of each frame (from 1); what all frames share is read once. */
export function createPassReader(dataset: Attributes): (frame: number) => PassFacts {
  const pointers = dataset.items('00209222').map((item) => item.tags('00209165')[0] ?? '');
  const acquisitionDateTime = findString(dataset, '0008002A');
  const acquired = `${findString(dataset, '00080022') ?? ''}${findString(dataset, '00080032') ?? ''}`;
  const shared = {
    temporalPosition: findNumber(dataset, '00200100', 'IS') ?? null,
    acquisitionNumber: findNumber(dataset, '00200012', 'IS') ?? null,
    acquiredAt: acquisitionDateTime ?? acquired,
    imageType: dataset.strings('00080008').join('\\'),
  };
  return (frame) => {
    const content = functionalGroup(dataset, frame, FRAME_CONTENT);
    const type = FRAME_TYPES.map((group) => functionalGroup(dataset, frame, group)).find((group) => group !== dataset);
    return {
      temporalPosition: findNumber(content, '00209128', 'UL') ?? shared.temporalPosition,
      acquisitionNumber: findNumber(content, '00209156', 'US') ?? shared.acquisitionNumber,
      acquiredAt: findString(content, '00189074') ?? shared.acquiredAt,
      echoTimeMs:
        findNumber(functionalGroup(dataset, frame, ECHO), '00189082', 'FD') ??
        findNumber(dataset, '00180081', 'DS') ??
        null,
      diffusionBValue: findNumber(functionalGroup(dataset, frame, DIFFUSION), '00189087', 'FD') ?? null,
      imageType: type?.strings('00089007').join('\\') ?? shared.imageType,
      inStackPosition: findNumber(content, '00209057', 'UL') ?? null,
      dimensions: content.numbers('00209157', 'UL').map((index, at) => ({ pointer: pointers[at] ?? '', index })),
    };
  };
}
