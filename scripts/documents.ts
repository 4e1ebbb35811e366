/** Texts of the documents that are made from code. Pure, except that the list of tables is read from a migrated database. */
import type { ErrorDefinition } from '../src/base/errors.js';
import { errorCodes } from '../src/base/error-codes.js';
import { mostSteps, longestList, longestText } from '../src/mapping/expression/budget.js';
import { longestExpression } from '../src/mapping/expression/expression.js';
import { functions } from '../src/mapping/expression/language.js';
import { buildGraph, graphText } from '../src/resolvers/graph.js';

const classes = {
  data: 'The record is wrong. It is put aside alone; correct it and replay.',
  environment: 'The world is not ready. The hub waits and tries again by itself.',
  auth: 'A system refused us. The hub stops calling it until somebody has looked.',
  bug: 'Should not happen. A few tries, then the record is put aside.',
  usage: 'The caller asked for something that is not possible; nothing was done.',
} as const satisfies Record<ErrorDefinition['class'], string>;

/** `{count|problem|problems}` as it reads for several. */
const severalOf = (text: string): string => text.replace(/\{\w+\|[^|}]*\|([^|}]*)\}/g, '$1');

/** docs/errors.md */
export function errorsDocument(): string {
  const all = Object.entries<ErrorDefinition>(errorCodes).sort(([a], [b]) => (a < b ? -1 : 1));
  const sections = Object.entries(classes).map(([name, meaning]) => {
    const rows = all
      .filter(([, definition]) => definition.class === name)
      .map(([code, { message, hint }]) => `### ${code}\n\n> ${severalOf(message)}\n\n${severalOf(hint)}`);
    return [`## ${name}`, meaning, ...rows].join('\n\n');
  });
  return `${['# Errors', 'Every error has a stable code. Words in braces are filled in. They are said in Dutch and French, too: `docs/api.md`. Written by `npm run docs` from `src/base/error-codes.ts`.', ...sections].join('\n\n')}\n`;
}

/** docs/schema.graphql */
export const graphDocument = (): string => graphText(buildGraph());

const expressionsIntroduction = `# Expressions

A rule of the kind \`expression\`, a row of a condition table, and every condition (\`{ "expression": "…" }\`) can hold an expression
in [CEL](https://cel.dev), the Common Expression Language. It is checked when the mapping is saved: unknown fields, wrong types
and broken patterns are refused with the place in the text. Written by \`npm run docs\` from \`src/mapping/expression/language.ts\`.

## What it reads

| name | is |
| --- | --- |
| \`record\` | the record that the mapping reads |
| \`item\` | in the rules of a list: the item |
| \`outer\` | in a list inside a list: the item around it |

Fields are members: \`record.address.city\`, \`record.tags[0]\`, \`record.lines.map(l, l.amount).sum()\`. Amounts and quantities are exact
decimals, and so is a number that is written with a point: \`1.10 + 2.20\` is \`3.3\`. Whole numbers, texts, true and false, and moments are what
they are. Places in texts and their lengths count characters, of which none is cut in half. Amounts inside objects that the catalogue does not
describe are whatever the system wrote.

The hub has to know which fields an expression reads: what a target has changed itself is not written back to it. So \`record\` is always followed by a
name (\`record.note\`, \`record["note"]\`; \`cel.bind(r, record, r.note)\` is followed too), and the whole record as a value is refused.

## What is not there

An expression that needs a field which is absent or empty gives *nothing*, so the rule's default or its \`whenEmpty\` decides; nothing is ever
taken for zero. \`has(record.brand)\` asks, \`record.?brand.orValue("")\` stands in, and a list that is absent has no items.

## What it may cost

| limit | is |
| --- | --- |
| characters of an expression | ${longestExpression.toLocaleString('en')} |
| steps for one record | ${mostSteps.toLocaleString('en')} |
| characters of a text on the way | ${longestText.toLocaleString('en')} |
| items of a list on the way | ${longestList.toLocaleString('en')} |

A record that needs more is put aside as a problem that says so; nothing else waits for it. Patterns are matched in linear time (RE2) and
have to be written out. There is no clock, no chance and no way out of the process.

## Functions

\`+ - * / %\`, comparisons, \`&& || !\`, \`condition ? a : b\`, \`in\`, \`cel.bind(name, value, expression)\`, and on lists \`all\`, \`exists\`, \`exists_one\`,
\`map\` and \`filter\` are CEL's own.
`;

/** docs/expressions.md */
export function expressionsDocument(): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const rows = functions.map(({ signature, does, example: [text, gives] }) => {
    const named = signature.replaceAll('google.protobuf.Timestamp', 'timestamp');
    return `| \`${cell(named)}\` | ${does} | \`${cell(text)}\` | \`${cell(gives)}\` |`;
  });
  return `${expressionsIntroduction}\n| function | does | example | gives |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}
