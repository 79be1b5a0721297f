/**
 * Stands in the bundle for parts of electron-updater that do nothing here: `debug`, which prints what somebody asks
 * for in `DEBUG`, ranges of versions, and what fetches a file in parts.
 */
export default function debug() {
  return Object.assign(() => undefined, { enabled: false });
}

function leftOut(): never {
  throw new Error('Files are fetched whole');
}

export {
  leftOut as FileWithEmbeddedBlockMapDifferentialDownloader,
  leftOut as GenericDifferentialDownloader,
};
