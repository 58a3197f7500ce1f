import type { MaterialView } from '../../server/contract/picture-kinds.ts';
import type { Formats } from '../i18n/formats.ts';
import type { useTexts } from '../i18n/use-texts.ts';

type T = ReturnType<typeof useTexts>;

/** When a material was made and how much it is, in the units that its kind is counted in. */
export function materialFacts(t: T, formats: Formats, material: MaterialView): string {
  const facts = [material.studyDate && formats.day(material.studyDate), ...amountOf(t, formats, material)];
  return facts.filter(Boolean).join(' · ');
}

function amountOf(t: T, formats: Formats, material: MaterialView): string[] {
  const pictures = (count: number) => t(`terms:pictureCount.${material.kind}`, { count });
  switch (material.kind) {
    case 'imaging': {
      const { series } = material;
      const [stills, cines] = [false, true].map((several) =>
        series.filter(({ frameCount, instanceCount }) => frameCount > instanceCount === several),
      );
      const images = sum(stills?.map(({ instanceCount }) => instanceCount) ?? []);
      const frames = sum(cines?.map(({ frameCount }) => frameCount) ?? []);
      return [
        t('terms:seriesCount', { count: series.length }),
        images > 0 ? pictures(images) : '',
        frames > 0 ? t('terms:frameCount', { count: frames }) : '',
      ];
    }
    case 'ecg':
      return [pictures(material.records.length)];
    case 'pathology': {
      const { slides } = material;
      return [pictures(slides.length), formats.bytes(sum(slides.map((one) => one.sizeBytes)))];
    }
    case 'documents': {
      const [only] = material.documents.length === 1 ? material.documents : [];
      const pageCount = sum(material.documents.map((one) => one.pageCount ?? 0));
      const pages = pageCount > 0 ? [t('terms:pageCount', { count: pageCount })] : [];
      return [only ? t(`terms:documentType.${only.type}`) : pictures(material.documents.length), ...pages];
    }
  }
}

/** As DICOM names them; empty for kinds that are of one modality. */
export function modalitiesOf(material: MaterialView): string {
  return material.kind === 'imaging' ? [...new Set(material.series.map(({ modality }) => modality))].join(', ') : '';
}

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);
