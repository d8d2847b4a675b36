import { createDiagnostic, createSourceFile, type Diagnostic, type SourceFile } from '@nestml/diagnostics';
import { fileMessages } from './messages/files.ts';

/** The source file of some bytes, or the finding that they are no UTF-8 text. A byte-order mark is dropped. */
export function decodeSource(name: string, bytes: Uint8Array): SourceFile | Diagnostic {
  try {
    return createSourceFile(name, new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return createDiagnostic(fileMessages, 'not-utf8', undefined, {
      path: name,
      offset: firstBadByte(bytes),
    });
  }
}

/** Number (from 1) of the first byte that cannot be decoded. */
function firstBadByte(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (decodesUpTo(bytes, middle + 1)) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

/** Whether the first `count` bytes decode, a character that is cut at the end aside. */
function decodesUpTo(bytes: Uint8Array, count: number): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, count), { stream: true });
    return true;
  } catch {
    return false;
  }
}
