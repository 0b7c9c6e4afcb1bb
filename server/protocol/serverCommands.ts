/** What any editor can run by `workspace/executeCommand`; clients have commands of their own under other names. */
export const serverCommands = {
  /** The parameters of `glossator/label`. */
  label: 'glossator.server.label',
  /** `{ uri }` */
  undo: 'glossator.server.undo',
  /** `{ uri }` */
  redo: 'glossator.server.redo',
  /** The parameters of `glossator/accept`. */
  accept: 'glossator.server.accept',
  save: 'glossator.server.save',
  /** `{ uri, line }`: shows a file in the editor at a line, counted from 1. */
  openFile: 'glossator.server.openFile',
  /** `{ uri }` of an annotation file: merges by id what git could not. */
  resolveConflict: 'glossator.server.resolveConflict',
} as const;
