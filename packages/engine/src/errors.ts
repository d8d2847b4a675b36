/** Our bug, never the user's: a module that the host refuses, a name that no layout has. Ends the program with status 70. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
}

/** The machine does not give the memory that is needed. */
export class OutOfMemoryError extends Error {
  override readonly name = 'OutOfMemoryError';
}
