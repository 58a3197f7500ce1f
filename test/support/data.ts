import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/*
 * The samples: DICOM, ECG and slides with reference values. `test/data/SOURCES.md` says where each comes from.
 * Those that shrink by a fifth lie compressed in the project; all of them are unpacked once into `.build`.
 */
const PACKED_FOLDER = fileURLToPath(new URL('../data/', import.meta.url));
const UNPACKED_FOLDER = fileURLToPath(new URL('../../.build/test-data/', import.meta.url));

/** A wider set of the same shape, whose `references.json` adds to ours; the reference suites then run over both. */
const WIDER_FOLDER = process.env['TEST_DATA_DIR'];

function packedFiles(): string[] {
  return readdirSync(PACKED_FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function stampOf(files: string[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** Unpacks beside the final place and renames, so that two runs at once never see half a set. */
function ensureUnpacked(): void {
  const files = packedFiles();
  const stamp = stampOf(files);
  const stampFile = join(UNPACKED_FOLDER, '.stamp');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  const fresh = `${UNPACKED_FOLDER.replace(/\/$/, '')}-${randomUUID()}`;
  for (const file of files) {
    const target = join(fresh, file.slice(PACKED_FOLDER.length).replace(/\.gz$/, ''));
    const bytes = readFileSync(file);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, file.endsWith('.gz') ? gunzipSync(bytes) : bytes);
  }
  writeFileSync(join(fresh, '.stamp'), stamp);
  rmSync(UNPACKED_FOLDER, { recursive: true, force: true });
  renameSync(fresh, UNPACKED_FOLDER);
}

ensureUnpacked();

/** The full path of a sample or of a folder of samples. @throws Error where it is not there. */
export function dataPath(path: string): string {
  if (isAbsolute(path)) return path;
  const wider = WIDER_FOLDER === undefined ? undefined : join(WIDER_FOLDER, path);
  if (wider !== undefined && existsSync(wider)) return wider;
  const full = UNPACKED_FOLDER + path;
  if (!existsSync(full)) throw new Error(`the test data are missing: ${path}`);
  return full;
}

export async function readData(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(dataPath(path)));
}

/**
 * `references.json`: what other readers found in each sample; its `about` defines each figure.
 * The sections are `dicom`, `series`, `ecg` and `pathology`, each by path; the caller names the shape.
 */
export function readReferences<T extends Record<string, Record<string, unknown>>>(): T {
  const read = (folder: string): T => JSON.parse(readFileSync(join(folder, 'references.json'), 'utf8'));
  const own = read(UNPACKED_FOLDER);
  if (WIDER_FOLDER === undefined) return own;
  const wider = read(WIDER_FOLDER);
  const sections = Object.keys(own).map((section) => [section, { ...own[section], ...wider[section] }]);
  return Object.fromEntries(sections);
}
