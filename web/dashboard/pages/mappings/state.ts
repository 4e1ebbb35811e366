/** What all parts of the editor of one mapping work with. */
import { createContext, use } from 'react';
import type { MappingEditorQuery, MappingFieldFragment, SampleInput } from '../../graph/graphql.ts';
import type { WriteOperation } from '../../graph/kinds.ts';
import type { Preview, PreviewProblem } from './model/reading.ts';
import type { PlacedRule } from './model/rules.ts';
import type { Editing } from './model/use-content.ts';
import type { Previewing } from './model/use-preview.ts';

export type EditedMapping = NonNullable<MappingEditorQuery['mapping']>;
export type Field = MappingFieldFragment;

/** The record that the rules are tried on. */
export interface ChosenSample {
  readonly input: SampleInput;
  /** What people call it. */
  readonly label: string;
  /** Of a pasted record: whether it would be made or changed. */
  readonly operation?: WriteOperation;
}

export interface EditorState {
  readonly mapping: EditedMapping;
  readonly valueMaps: MappingEditorQuery['valueMaps'];
  readonly editing: Editing;
  readonly previewing: Previewing;
  readonly preview: Preview | null;
  readonly problems: readonly PreviewProblem[];
  readonly rows: readonly PlacedRule[];
  readonly sample: ChosenSample | null;
  readonly isInbound: boolean;
  /** Whether the person may change anything. */
  readonly mayEdit: boolean;
  readonly openId: string | null;
  openRule(id: string | null): void;
  /** Saves the draft. Out: its revision; null when it was refused, which is said. */
  save(): Promise<number | null>;
  readonly isSaving: boolean;
}

export const EditorContext = createContext<EditorState | null>(null);

export function useEditor(): EditorState {
  const state = use(EditorContext);
  if (state === null) throw new Error('Only parts of the editor ask for its state.');
  return state;
}
