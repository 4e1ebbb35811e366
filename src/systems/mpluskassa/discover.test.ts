/** What the lists of the back office become: fields with the types of their values, and the shipped mappings beside them. */
import { describe, expect, it } from '@jest/globals';
import type { Document } from '../../base/document.js';
import { inboundCatalogue, outboundCatalogue } from '../../canonical/entities.js';
import { compileMapping } from '../../mapping/compile.js';
import { withDiscovered } from '../../mapping/discovered.js';
import type { Api } from './api.js';
import { catalogue } from './catalogue.js';
import { defaultMappings } from './default-mapping.js';
import { discover } from './discover.js';
import { defaultValueLists } from './value-lists.js';

const answers: Readonly<Record<string, Document>> = {
  getCustomFieldLists: {
    articleCustomFieldList: [
      ...['STRING', 'INT', 'DECIMAL', 'BOOL', 'DATE', 'DATETIME', 'MULTISELECTINT', 'UNKNOWN'].map((type) => ({
        fieldName: `${type}.1`,
        dataType: `DATA-TYPE-${type}`,
      })),
      { fieldName: '' },
    ],
    employeeCustomFieldList: [{ fieldName: 'shoe size', dataType: 'DATA-TYPE-INT' }],
    relationCustomFieldList: [{ fieldName: 'taal' }],
  },
  getCardCategories: { relationCardCategoryList: [{ categoryId: 11, name: 'Zakelijk' }] },
};
const api = { ask: (operation: string) => Promise.resolve(answers[operation]!) } as unknown as Api;
const never = new AbortController().signal;

describe('the fields of a till', () => {
  it('have the types of their values, and their place on articles, products and relations', async () => {
    const found = await discover(api, never);
    const types = found
      .filter(({ path }) => path.startsWith('characteristics.'))
      .map(({ path, type, label }) => [path, type, label]);
    expect(types).toEqual(
      [
        ['STRING', 'text'],
        ['INT', 'integer'],
        ['DECIMAL', 'decimal'],
        ['BOOL', 'boolean'],
        ['DATE', 'instant'],
        ['DATETIME', 'instant'],
        ['MULTISELECTINT', 'text'],
        ['UNKNOWN', 'text'],
      ].map(([name, type]) => [`characteristics.${name}.1`, type, `${name}.1`]),
    );
    const rest = found.filter(({ path }) => !path.startsWith('characteristics.')).slice(-3);
    expect(rest).toEqual([
      { record: 'product', path: 'articleList.customFieldList.UNKNOWN.1', type: 'text', label: 'UNKNOWN.1' },
      { record: 'relation', path: 'customFieldList.taal', type: 'text', label: 'taal' },
      { record: 'relation', path: 'categoryIds.11', type: 'boolean', label: 'In card category Zakelijk' },
    ]);
  });

  it('leave the shipped mappings as they are', async () => {
    const merged = withDiscovered(catalogue, await discover(api, never));
    for (const definition of defaultMappings) {
      const isInbound = definition.direction === 'inbound';
      const own = merged.find(({ record }) => record === definition.record)!;
      const canonical = isInbound ? inboundCatalogue : outboundCatalogue;
      const ours = canonical.find(({ record }) => record === definition.entity)!;
      const sides = isInbound ? { source: own, target: ours } : { source: ours, target: own };
      const result = compileMapping(definition, { ...sides, valueLists: defaultValueLists });
      expect(result).toMatchObject({ type: 'compiled' });
    }
  });
});
