/** Exit statuses of every command. */
export const exitStatus = {
  done: 0,
  /** The model or the data are wrong; diagnostics say how. */
  wrongInput: 1,
  /** The command was called wrongly. */
  wrongUsage: 2,
  /** The machine refused: an unwritable folder, a missing program. */
  machine: 3,
  /** A bug of this program. */
  bug: 70,
} as const;
