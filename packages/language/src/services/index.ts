export { type AnalysedFile, analyseFile, type FileIndex } from './analyse-file.ts';
export { type CodeAction, codeActions, fixAll } from './code-actions.ts';
export { type Completion, type CompletionItem, completion } from './completion.ts';
export type {
  DeclarationPlace,
  Definition,
  DefinitionKind,
  Occurrence,
} from './definitions.ts';
export { type DocumentSymbol, documentSymbols } from './document-symbols.ts';
export { type Hover, hover } from './hover.ts';
export { type InlayHint, inlayHints } from './inlay-hints.ts';
export { type DefinitionPlace, definition, type Reference, references } from './navigation.ts';
export { prepareRename, type RenameResult, rename } from './rename.ts';
export { type SemanticToken, type SemanticTokenType, semanticTokens } from './semantic-tokens.ts';
