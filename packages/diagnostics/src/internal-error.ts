/** Our bug, never the user's mistake: an assumption of the toolchain does not hold. Ends the program with status 70. */
export class InternalError extends Error {
  override readonly name = 'InternalError';
}

/** Marks a branch that the types exclude. */
export function unreachable(value: never): never {
  throw new InternalError(`a case was not handled: ${JSON.stringify(value)}`);
}
