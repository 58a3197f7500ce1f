const letters = (name: string) =>
  name
    .normalize('NFKC')
    .replaceAll(/[\s^·.・,]/g, '')
    .toLowerCase();

/**
 * Whether a person name out of a file (PS3.5 section 6.2.1: up to three component groups parted by `=`, of components
 * parted by `^`) can be that of the patient as typed: one of its groups reads the same.
 */
export function isSamePerson(dicomName: string, patientName: string): boolean {
  const wanted = letters(patientName);
  return dicomName.split('=').some((group) => letters(group) === wanted);
}
