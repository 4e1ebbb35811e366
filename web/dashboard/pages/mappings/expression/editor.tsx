/**
 * The editor of one expression. In: its text, the fields that it can read, a function that says what is wrong with a text. Tab leaves it and
 * Esc closes what it offers, so that nobody is caught in it; Ctrl+S, Ctrl+Enter and F8 belong to the page.
 */
import { autocompletion, closeBrackets, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, defaultHighlightStyle, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { linter, type Diagnostic } from '@codemirror/lint';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { Offered } from '../rules/fields.ts';
import { completionsOf } from './completion.ts';
import { cel } from './language.ts';

export interface ExpressionProblem {
  readonly message: string;
  readonly range?: { readonly from: number; readonly to: number } | null;
}

export interface ExpressionEditorProps {
  /** Id of the element that names it. */
  readonly labelledBy: string;
  readonly value: string;
  readonly fields: readonly Offered[];
  readonly isReadOnly: boolean;
  check(text: string): Promise<readonly ExpressionProblem[]>;
  onChange(text: string): void;
}

/** So long after the last letter the text is checked: behind the preview, which people look at first. */
const checkMs = 600;

/** Colours that hold on light and on dark; the standard style names what they are for. */
const colours: Readonly<Record<string, string>> = {
  '#708': 'var(--koppel-pending)',
  '#a11': 'var(--koppel-ok)',
  '#219': 'var(--koppel-retrying)',
  '#164': 'var(--koppel-retrying)',
  '#e40': 'var(--koppel-failed)',
  '#940': 'var(--koppel-muted)',
};
const highlighting = HighlightStyle.define(
  defaultHighlightStyle.specs.map((spec) => {
    const color = spec['color'] as string | undefined;
    return color === undefined ? spec : { ...spec, color: colours[color] ?? 'inherit' };
  }),
);

const readOnly = new Compartment();

export function ExpressionEditor(props: ExpressionEditorProps) {
  const { labelledBy, value, isReadOnly } = props;
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const changed = useEffectEvent((text: string) => props.onChange(text));
  const offered = useEffectEvent(() => props.fields);
  const check = useEffectEvent((text: string) => props.check(text));
  const start = useEffectEvent((parent: HTMLElement) => {
    const extensions: Extension = [
      history(),
      cel,
      syntaxHighlighting(highlighting),
      bracketMatching(),
      closeBrackets(),
      autocompletion({ override: [(context) => completionsOf(context, offered())], icons: false }),
      linter(async ({ state }) => diagnosticsOf(state.doc.toString(), await check(state.doc.toString())), {
        delay: checkMs,
      }),
      keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-labelledby': labelledBy, spellcheck: 'false' }),
      EditorView.updateListener.of(({ docChanged, state }) => void (docChanged && changed(state.doc.toString()))),
      readOnly.of(EditorState.readOnly.of(isReadOnly)),
    ];
    return new EditorView({ parent, state: EditorState.create({ doc: value, extensions }) });
  });
  useEffect(() => {
    const made = start(place.current!);
    view.current = made;
    return () => made.destroy();
  }, []);
  useEffect(() => {
    view.current?.dispatch({ effects: readOnly.reconfigure(EditorState.readOnly.of(isReadOnly)) });
  }, [isReadOnly]);
  useEffect(() => {
    const now = view.current?.state.doc.toString();
    if (now === undefined || now === value) return;
    view.current?.dispatch({ changes: { from: 0, to: now.length, insert: value } });
  }, [value]);
  return <div ref={place} className="expression-editor" />;
}

/** Problems where they stand; those without a place under the whole text. */
function diagnosticsOf(text: string, problems: readonly ExpressionProblem[]): readonly Diagnostic[] {
  const { length } = text;
  return problems.map(({ message, range }) => {
    const from = Math.min(range?.from ?? 0, length);
    const to = Math.min(range?.to ?? length, length);
    return { from: Math.min(from, to), to, severity: 'error', message };
  });
}
