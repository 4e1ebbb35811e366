import { describe, expect, it } from '@jest/globals';
import { buildSchema, findBreakingChanges } from 'graphql';
import { readFileSync } from 'node:fs';
import { buildBareGraph } from '../src/resolvers/graph.js';
import { describeFields } from '../src/schema/describe.js';
import * as rules from './support/graph-rules.js';

const read = (name: string) => buildSchema(readFileSync(`docs/${name}`, 'utf8'));
const graph = read('schema.graphql');

/** Made before the rule was checked; to change them would break clients for nothing. The list only shrinks. */
const takesOnlyAnId = ['mappingDraftDiscard', 'mappingShippedRestore', 'valueMapDraftDiscard'];

describe('the graph', () => {
  it('uses names of one kind', () => {
    expect(rules.badNames(graph)).toEqual([]);
  });

  it("has Relay's connections", () => {
    expect(rules.badConnections(graph)).toEqual([]);
  });

  it('has mutations of one shape', () => {
    const waived = takesOnlyAnId.map((name) => `${name} does not take one input: XInput!`);
    expect(rules.badMutations(graph)).toEqual(waived);
  });

  it('says of every type, field and argument what it is', () => {
    expect(rules.undescribed(graph)).toEqual([]);
  });

  it('has no words left over that describe nothing', () => {
    expect(describeFields(buildBareGraph())).toEqual([]);
  });

  it('deprecates nothing without saying what to use and until when', () => {
    expect(rules.badDeprecations(graph)).toEqual([]);
  });
});

describe('clients of the last release', () => {
  /** `* CODE of graphql-js: sentence.` below it the reason, indented. */
  const listed = [
    ...readFileSync('docs/schema-breaking-changes.md', 'utf8').matchAll(/^\* (\w+: .+)\n((?: {2}.+\n?)*)/gm),
  ].map(([, change = '', reason = '']) => ({ change, reason: reason.trim() }));
  const found = findBreakingChanges(read('schema-released.graphql'), graph).map(
    ({ type, description }) => `${type}: ${description}`,
  );

  it('lose nothing that is not listed in docs/schema-breaking-changes.md', () => {
    expect(found.filter((change) => !listed.some((each) => each.change === change))).toEqual([]);
  });

  it('find nothing listed there that did not happen, and a reason for each', () => {
    expect(listed.filter(({ change }) => !found.includes(change))).toEqual([]);
    expect(listed.filter(({ reason }) => reason.length < 20)).toEqual([]);
  });
});

describe('the rules see', () => {
  const bad = buildSchema(`
    type Query { getThing(Bad_arg: Int): thing things(first: Int): ThingConnection!
      old: Int @deprecated new: Int @deprecated(reason: "Use things. Removed after 2030-01-31.") }
    type thing { blocked: Boolean! isBlocked: Boolean! }
    type ThingConnection { nodes: [thing] }
    type PageInfo { hasNextPage: Boolean! }
    type Mutation { thingSave(thing: Int): thing }
    enum Kind { small }
    "Has a text."
    input KindFilter { "Has a text too." eq: Kind orderBy: Int }
  `);

  it('names', () => {
    expect(rules.badNames(bad)).toEqual([
      'thing: a type is in PascalCase',
      'Query.getThing(Bad_arg): a field or argument is in camelCase',
      'Query.getThing: no get…, and sort instead of orderBy',
      'KindFilter.orderBy: no get…, and sort instead of orderBy',
      'thing.blocked: a boolean says is… or has…',
      'Kind.small: a value of an enum is in UPPER_CASE',
    ]);
  });

  it('connections', () => {
    expect(rules.badConnections(bad)).toEqual([
      'ThingConnection.edges is missing',
      'ThingConnection.nodes is [thing]',
      'ThingConnection.pageInfo is missing',
      'ThingConnection.totalCount is missing',
      'ThingEdge.node is missing',
      'ThingEdge.cursor is missing',
      'PageInfo.hasPreviousPage is missing',
      'PageInfo.startCursor is missing',
      'PageInfo.endCursor is missing',
      'Query.things(after) is missing',
      'Query.things(last) is missing',
      'Query.things(before) is missing',
    ]);
  });

  it('mutations, missing texts and deprecations', () => {
    expect(rules.badMutations(bad)).toEqual([
      'thingSave does not take one input: XInput!',
      'thingSave does not give an XPayload!',
      'thingSave: userErrors is undefined',
    ]);
    expect(rules.undescribed(bad)).toEqual(expect.arrayContaining(['thing', 'Query.getThing(Bad_arg)', 'Kind']));
    expect(rules.undescribed(bad)).not.toContain('KindFilter.eq');
    expect(rules.badDeprecations(bad)).toEqual(['Query.old: deprecated without use and date (No longer supported)']);
  });
});
