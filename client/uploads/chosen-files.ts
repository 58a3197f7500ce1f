/** A file as it was chosen: `path` starts at the chosen folder. */
export interface ChosenFile {
  path: string;
  file: File;
}

/** Files of an `<input type="file">`, with or without `webkitdirectory`. */
export function chosenByInput(list: FileList | null): ChosenFile[] {
  return Array.from(list ?? [], (file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/**
 * Everything that was dropped, folders with all they contain. Must be called before the drop event's handler returns:
 * the browser empties the list then. Of a folder that cannot be listed, `unreadable` gets the path.
 */
export async function chosenByDrop(
  items: DataTransferItemList,
  unreadable: (path: string) => void,
): Promise<ChosenFile[]> {
  const dropped = Array.from(items, (item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const chosen: ChosenFile[] = [];
  for (const { entry, file } of dropped) {
    if (entry) await collect(entry, chosen, unreadable);
    // Pictures dragged out of another program are files without a place in the file system.
    else if (file) chosen.push({ path: file.name, file });
  }
  return chosen;
}

async function collect(
  entry: FileSystemEntry,
  chosen: ChosenFile[],
  unreadable: (path: string) => void,
): Promise<void> {
  const path = entry.fullPath.replace(/^\//, '');
  try {
    if (isFile(entry)) {
      const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
      chosen.push({ path, file });
    } else if (isFolder(entry)) {
      for (const child of await childrenOf(entry)) await collect(child, chosen, unreadable);
    }
  } catch {
    unreadable(path);
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

/** The reader hands out a folder in batches (of a hundred in Chromium) and ends with an empty one. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return children;
    children.push(...batch);
  }
}
