/**
 * Settings of flows as they are stored: their names and what each can be. In: settings that somebody wrote by hand. Out: a
 * sentence for each that would do nothing or mean something else. Pure. What the systems take is in setting-problems.ts.
 */
import type { Document, Json } from '../base/document.js';
import { isPriceFactor } from '../base/price-factor.js';
import { stockCalculations } from '../canonical/stock.js';
import type { SettingProblem } from './setting-problems.js';

interface Shape {
  readonly accepts: (value: Json) => boolean;
  /** What is accepted: "… is <what>". */
  readonly what: string;
}

const isText = (value: Json): boolean => typeof value === 'string' && value !== '';
const text: Shape = { accepts: isText, what: 'a text; numbers go in quotes' };
const toggle: Shape = { accepts: (value) => typeof value === 'boolean', what: 'true or false' };
const oneOf = (...words: readonly string[]): Shape => ({
  accepts: (value) => words.some((word) => word === value),
  what: `one of ${words.join(', ')}`,
});
const matching = (pattern: RegExp, what: string): Shape => ({
  accepts: (value) => typeof value === 'string' && pattern.test(value),
  what,
});
const wholeNumber = (least: number, most: number): Shape => ({
  accepts: (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most,
  what: `a whole number from ${least} to ${most}`,
});
const someOf = (...words: readonly string[]): Shape => ({
  accepts: (value) =>
    Array.isArray(value) && value.length > 0 && value.every((each) => words.some((word) => word === each)),
  what: `a list of ${words.join(', ')}`,
});
const isMoment = (value: Json): boolean =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:\d{2})$/.test(value) && !Number.isNaN(Date.parse(value)); // prettier-ignore

type Shapes = Readonly<Record<string, Shape | { readonly within: Readonly<Record<string, Shape>> }>>;

const shapes: Shapes = {
  batchSize: wholeNumber(1, 1_000),
  createMissing: toggle,
  updateExisting: toggle,
  stockCalculation: oneOf(...stockCalculations),
  country: matching(/^[A-Z]{2}$/, 'two capital letters'),
  currency: matching(/^[A-Z]{3}$/, 'three capital letters'),
  ownedFields: {
    accepts: (value) => Array.isArray(value) && (value as readonly Json[]).every(isText),
    what: 'a list of names of fields',
  },
  startFrom: {
    accepts: (value) => value === 'now' || isMoment(value),
    what: 'now, or a moment such as "2026-11-01T00:00:00Z"',
  },
  liveFrom: { accepts: isMoment, what: 'a moment such as "2026-11-01T00:00:00Z"' },
  order: {
    within: {
      types: someOf('ORDER', 'INVOICE', 'CREDIT_NOTE'),
      documentType: oneOf('ORDER', 'INVOICE'),
      employee: text,
      branch: text,
      entryBranch: text,
      workplace: text,
      orderCategory: text,
      shippingArticle: text,
      roundingArticle: text,
      defaultCustomer: text,
      useDefaultCustomer: oneOf('whenMissing', 'always'),
      matchCustomersBy: oneOf('email', 'none'),
    },
  },
  guard: {
    within: {
      isOn: toggle,
      records: wholeNumber(0, 1_000_000),
      percent: wholeNumber(0, 100),
      priceFactor: {
        accepts: (value) => typeof value === 'string' && isPriceFactor(value),
        what: 'a text from "1.1" to "1000", with two decimals at most',
      },
    },
  },
  articleNumbers: {
    within: {
      mode: oneOf('digitsOnly', 'allocate'),
      from: matching(/^[1-9]\d{0,14}$/, 'a text of 1 to 15 digits that does not begin with 0'),
    },
  },
};

export function shapeProblems(settings: Document): SettingProblem[] {
  const problems = problemsOf(settings, shapes, []);
  const numbers = settings['articleNumbers'] as Document | undefined;
  if (numbers?.['mode'] === 'allocate' && numbers['from'] === undefined)
    problems.push({ message: 'articleNumbers.from is needed to allocate numbers.', field: ['articleNumbers'] });
  return problems;
}

function problemsOf(settings: Document, known: Shapes, at: readonly string[]): SettingProblem[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    const field = [...at, name];
    const say = (message: string): SettingProblem[] => [{ message, field }];
    const shape = Object.hasOwn(known, name) ? known[name] : undefined;
    if (shape === undefined)
      return say(`There is no setting ${field.join('.')}; there are ${Object.keys(known).join(', ')}.`);
    if (!('within' in shape)) return shape.accepts(value) ? [] : say(`${field.join('.')} is ${shape.what}.`);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return say(`${field.join('.')} holds settings of its own.`);
    return problemsOf(value as Document, shape.within, field);
  });
}
