/**
 * In which file of the bundle a module is: what the app loads at every start is in one, and in another what the command
 * loads as well. Each file takes a millisecond of the start.
 *
 * @param {{ app: string, command: string }} starts the modules that each starts with
 * @returns {(id: string, graph: Graph) => string | null} `null` for what is loaded later
 */
export function startFile({ app, command }) {
  /** @type {ReadonlySet<string> | undefined} */
  let ofApp;
  /** @type {ReadonlySet<string> | undefined} */
  let ofCommand;
  return (id, graph) => {
    ofApp ??= loadedWith(app, graph);
    ofCommand ??= loadedWith(command, graph);
    if (!ofApp.has(id)) return null;
    return ofCommand.has(id) ? 'shared' : 'app';
  };
}

/** @typedef {{ getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null }} Graph */

/**
 * @param {string} start
 * @param {Graph} graph
 * @returns {ReadonlySet<string>} that module and all that it imports, but for what it imports only when it needs it
 */
function loadedWith(start, graph) {
  const found = new Set([start]);
  // A set that grows while it is gone through is gone through to its end.
  for (const id of found) graph.getModuleInfo(id)?.importedIds.forEach((each) => found.add(each));
  return found;
}
