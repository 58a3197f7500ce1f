/** Prints once every picture of the report has arrived: a browser would print empty frames. One that cannot is printed as its notice. */
export async function printReport(sheet: HTMLElement): Promise<void> {
  const pictures = Array.from(sheet.querySelectorAll('img'));
  await Promise.allSettled([document.fonts.ready, ...pictures.map((picture) => picture.decode())]);
  window.print();
}
