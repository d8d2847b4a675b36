import { InternalError } from '@nestml/diagnostics';
import { type ByteWriter, createByteWriter } from './byte-writer.ts';
import { encodeInstruction } from './encode-instruction.ts';
import type { Instruction } from './instruction.ts';
import { type Signature, VALUE_TYPE_CODE, type ValueType } from './value-type.ts';

/** A memory of 64 KiB pages that the host provides. A shared memory needs a maximum. */
export interface MemoryImport {
  readonly module: string;
  readonly name: string;
  readonly minimumPages: number;
  readonly maximumPages?: number;
  readonly isShared?: boolean;
}

/** A function that the host provides; `callee` is its name inside the module. */
export interface FunctionImport extends Signature {
  readonly callee: string;
  readonly module: string;
  readonly name: string;
}

/** A function in stack form. Locals follow the parameters; names of callees are unique in the module. */
export interface FunctionCode extends Signature {
  readonly name: string;
  readonly locals: readonly ValueType[];
  readonly instructions: readonly Instruction[];
}

/** A module: what it imports, its functions, and which of them the host may call under which name. */
export interface ModuleDescription {
  readonly memory?: MemoryImport;
  readonly imports: readonly FunctionImport[];
  readonly functions: readonly FunctionCode[];
  readonly exports: readonly { readonly name: string; readonly callee: string }[];
}

const SECTION = Object.freeze({ custom: 0, type: 1, import: 2, function: 3, export: 7, code: 10 } as const);
const MAGIC_AND_VERSION = Object.freeze([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00] as const);
const FUNCTION_KIND = 0x00;
const MEMORY_KIND = 0x02;
const FUNCTION_TYPE = 0x60;
const FUNCTION_NAMES = 1;

/**
 * The module in the binary format, with a name section for debuggers and profilers. The description is trusted to be
 * well typed; a name that is missing or given twice is an `InternalError`.
 * Source: WebAssembly Core Specification 2.0, chapter 5.
 */
export function buildModule(description: ModuleDescription): Uint8Array<ArrayBuffer> {
  const types = collectTypes(description);
  const indices = indexFunctions(description);
  const functionIndex = (name: string): number => {
    const index = indices.get(name);
    if (index === undefined) throw new InternalError(`the module has no function ${name}`);
    return index;
  };
  const out = createByteWriter();
  for (const byte of MAGIC_AND_VERSION) out.byte(byte);
  writeSection(out, SECTION.type, (section) => writeTypes(section, types));
  writeSection(out, SECTION.import, (section) => writeImports(section, description, types));
  writeSection(out, SECTION.function, (section) => {
    section.unsigned(description.functions.length);
    for (const code of description.functions) section.unsigned(types.index(code));
  });
  writeSection(out, SECTION.export, (section) => {
    section.unsigned(description.exports.length);
    for (const { name, callee } of description.exports) {
      section.name(name);
      section.byte(FUNCTION_KIND);
      section.unsigned(functionIndex(callee));
    }
  });
  writeSection(out, SECTION.code, (section) => {
    section.unsigned(description.functions.length);
    for (const code of description.functions)
      writeSized(section, (body) => writeCode(body, code, functionIndex));
  });
  writeSection(out, SECTION.custom, (section) => writeNames(section, [...indices]));
  return out.bytes();
}

interface TypeTable {
  readonly list: readonly Signature[];
  readonly index: (signature: Signature) => number;
}

function collectTypes({ imports, functions }: ModuleDescription): TypeTable {
  const list: Signature[] = [];
  const indices = new Map<string, number>();
  const key = ({ parameters, results }: Signature): string => `${parameters.join()}>${results.join()}`;
  for (const signature of [...imports, ...functions]) {
    if (indices.has(key(signature))) continue;
    indices.set(key(signature), list.length);
    list.push(signature);
  }
  return { list, index: (signature) => indices.get(key(signature)) ?? 0 };
}

function indexFunctions({ imports, functions }: ModuleDescription): ReadonlyMap<string, number> {
  const indices = new Map<string, number>();
  for (const name of [...imports.map(({ callee }) => callee), ...functions.map(({ name }) => name)]) {
    if (indices.has(name)) throw new InternalError(`the module has two functions ${name}`);
    indices.set(name, indices.size);
  }
  return indices;
}

function writeSized(out: ByteWriter, write: (content: ByteWriter) => void): void {
  const content = createByteWriter();
  write(content);
  const bytes = content.bytes();
  out.unsigned(bytes.length);
  out.append(bytes);
}

function writeSection(out: ByteWriter, id: number, write: (section: ByteWriter) => void): void {
  out.byte(id);
  writeSized(out, write);
}

function writeTypes(section: ByteWriter, { list }: TypeTable): void {
  section.unsigned(list.length);
  for (const { parameters, results } of list) {
    section.byte(FUNCTION_TYPE);
    for (const group of [parameters, results]) {
      section.unsigned(group.length);
      for (const type of group) section.byte(VALUE_TYPE_CODE[type]);
    }
  }
}

function writeImports(section: ByteWriter, { memory, imports }: ModuleDescription, types: TypeTable): void {
  section.unsigned(imports.length + (memory === undefined ? 0 : 1));
  for (const functionImport of imports) {
    section.name(functionImport.module);
    section.name(functionImport.name);
    section.byte(FUNCTION_KIND);
    section.unsigned(types.index(functionImport));
  }
  if (memory === undefined) return;
  section.name(memory.module);
  section.name(memory.name);
  section.byte(MEMORY_KIND);
  section.byte((memory.maximumPages === undefined ? 0 : 1) | (memory.isShared === true ? 2 : 0));
  section.unsigned(memory.minimumPages);
  if (memory.maximumPages !== undefined) section.unsigned(memory.maximumPages);
}

function writeCode(body: ByteWriter, code: FunctionCode, functionIndex: (name: string) => number): void {
  const runs: { type: ValueType; count: number }[] = [];
  for (const type of code.locals) {
    const last = runs.at(-1);
    if (last?.type === type) last.count += 1;
    else runs.push({ type, count: 1 });
  }
  body.unsigned(runs.length);
  for (const { type, count } of runs) {
    body.unsigned(count);
    body.byte(VALUE_TYPE_CODE[type]);
  }
  for (const instruction of code.instructions) encodeInstruction(body, instruction, functionIndex);
  body.byte(0x0b);
}

function writeNames(section: ByteWriter, indices: readonly (readonly [name: string, index: number])[]): void {
  section.name('name');
  section.byte(FUNCTION_NAMES);
  writeSized(section, (names) => {
    names.unsigned(indices.length);
    for (const [name, index] of indices) {
      names.unsigned(index);
      names.name(name);
    }
  });
}
