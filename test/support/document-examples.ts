/** The worked examples of a document: operation, variables and answer under a numbered heading; and the comparison with what came. */
export interface DocumentExample {
  readonly number: number;
  readonly title: string;
  readonly query: string;
  /** Role or scope of the key, when it is not an administrator's. */
  readonly key: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly answer: unknown;
}

const block = (section: string, kind: string): { readonly note: string; readonly text: string } | null => {
  const found = new RegExp(`^\`\`\`${kind}([^\\n]*)\\n([^]*?)^\`\`\`$`, 'm').exec(section);
  return found === null ? null : { note: found[1]!.trim(), text: found[2]! };
};

export function examplesOf(document: string): DocumentExample[] {
  const sections = document.split(/^### (?=\d+\. )/m).slice(1);
  return sections.map((section) => {
    const [, number = '', title = ''] = /^(\d+)\. (.*)$/m.exec(section) ?? [];
    const query = block(section, 'graphql')!;
    return {
      number: Number(number),
      title,
      query: query.text,
      key: query.note === '' ? null : query.note,
      variables: JSON.parse(block(section, 'json variables')?.text ?? '{}') as Record<string, unknown>,
      answer: JSON.parse(block(section, 'json answer')!.text),
    };
  });
}

const placeholder = /^<[^<>]+>$/;

/** What was received, with every value in whose place the document has a placeholder replaced by that; then both can be compared. */
export function shownAs(documented: unknown, received: unknown): unknown {
  if (typeof documented === 'string' && placeholder.test(documented)) {
    return ['string', 'number'].includes(typeof received) && received !== '' ? documented : received;
  }
  if (typeof received !== 'object' || received === null || typeof documented !== 'object' || documented === null) {
    return received;
  }
  if (Array.isArray(received)) return received.map((each, i) => shownAs((documented as unknown[])[i], each));
  const known = documented as Record<string, unknown>;
  return Object.fromEntries(Object.entries(received).map(([name, value]) => [name, shownAs(known[name], value)]));
}

/** Variables with `<example N: path>` replaced by what stands there in that example's answer. */
export function filledIn(variables: unknown, data: ReadonlyMap<number, unknown>): unknown {
  if (Array.isArray(variables)) return variables.map((each) => filledIn(each, data));
  if (typeof variables === 'object' && variables !== null) {
    return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, filledIn(value, data)]));
  }
  const [, number, path] = /^<example (\d+): ([\w.]+)>$/.exec(String(variables)) ?? [];
  if (number === undefined || path === undefined) return variables;
  return path.split('.').reduce<any>((value, name) => value[name], data.get(Number(number))); // eslint-disable-line @typescript-eslint/no-explicit-any
}
