/**
 * What an operation asks of records, whoever executes it: fields in their order, with fragments and conditions taken in. And a
 * record as the text of what is asked of it, as the database writes it.
 */
type Values = Readonly<Record<string, unknown>>;

/** What is asked of a record or of a part of one. */
export interface Selection {
  /** Name of the type. */
  readonly type: string;
  readonly fields: readonly SelectedField[];
  /** Variables on which arguments depend, those of all fields below included. */
  readonly variables: readonly string[];
}

/** A field with its name in the answer. */
export interface SelectedField {
  readonly key: string;
  readonly name: string;
  /** Shows the property of its record as it is. */
  readonly isPlain: boolean;
  readonly isNullable: boolean;
  /** Name of the type of the value, or of each of its items. */
  readonly of: string;
  /** Of an enumeration: all that it can be. */
  readonly words: readonly string[] | null;
  /** Its arguments with these values of variables; null when they cannot be. */
  arguments(values: Values): Values | null;
  /** Null of values without fields, and of those whose type is known when they are there. */
  readonly below: Selection | null;
}

/** What whoever writes an answer tells a resolver beside what others do: what is asked of its value. */
export interface PlaceToWrite {
  readonly toWrite?: Selection | null;
}

/** What is asked of records, with the values of variables. */
export interface ToWrite {
  readonly selection: Selection;
  readonly values: Values;
}

/** Stands for a record whose text is there already. Only who asks for the same selection can be given it. */
export class WrittenRecord {
  readonly selection: Selection;
  /** JSON. */
  readonly text: string;

  constructor(selection: Selection, text: string) {
    this.selection = selection;
    this.text = text;
  }
}
