/** Folders that a service copies to other computers, by the names that it gives them. */
const SERVICES: readonly (readonly [name: RegExp, service: string])[] = [
  [/^Dropbox( \(.+\))?$/, 'Dropbox'],
  [/^OneDrive( - .+|-.+)?$/, 'OneDrive'],
  [/^(Google ?Drive|My Drive|GoogleDrive-.+)$/, 'Google Drive'],
  [/^(iCloud ?Drive|com~apple~CloudDocs|Mobile Documents)$/, 'iCloud'],
  [/^Nextcloud\d*$/, 'Nextcloud'],
  [/^ownCloud\d*$/i, 'ownCloud'],
  [/^pCloud ?Drive$/, 'pCloud'],
  [/^Box( Sync|-Box)?$/, 'Box'],
  [/^MEGA(sync)?$/, 'MEGA'],
];

/** What a service leaves in a folder that it copies, whatever its name. */
export const SYNC_MARKERS: Readonly<Record<string, string>> = {
  '.stfolder': 'Syncthing',
  '.dropbox.cache': 'Dropbox',
  '.tmp.driveupload': 'Google Drive',
};

/** Who copies a folder to other computers, as far as its name tells; `null` for nobody. */
export function syncServiceOf(folder: string): string | null {
  const names = folder.split(/[\\/]/);
  return SERVICES.find(([name]) => names.some((each) => name.test(each)))?.[1] ?? null;
}
