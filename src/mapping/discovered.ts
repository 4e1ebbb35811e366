/**
 * Catalogues with the fields that people added in the systems. In: the catalogue of a connector, and what was discovered in
 * all systems of its kind. Out: the catalogue in which those fields can be named. What belongs to no list of the catalogue is
 * left out; where two systems disagree about the type of a field, it is text. Pure.
 */
import type { DiscoveredField, Field, RecordCatalogue } from '../base/document.js';

export function withDiscovered(
  catalogue: readonly RecordCatalogue[],
  discovered: readonly DiscoveredField[],
): readonly RecordCatalogue[] {
  return catalogue.map((known) => {
    const own = discovered.filter(({ record }) => record === known.record);
    return own.length === 0 ? known : { ...known, fields: withItems(known.fields, '', own) };
  });
}

function withItems(fields: readonly Field[], prefix: string, own: readonly DiscoveredField[]): readonly Field[] {
  return fields.map((field) => {
    const path = `${prefix}${field.name}.`;
    const inside = own.filter((each) => each.path.startsWith(path));
    if (inside.length === 0) return field;
    if (field.byCode !== undefined && field.byCode !== 'any')
      return { ...field, byCode: itemsOf(inside, path, field.byCode) };
    return field.fields === undefined ? field : { ...field, fields: withItems(field.fields, path, inside) };
  });
}

function itemsOf(inside: readonly DiscoveredField[], path: string, known: readonly Field[]): readonly Field[] {
  const items = new Map(known.map((field) => [field.name, field]));
  for (const { path: whole, type, label, list } of inside) {
    const name = whole.slice(path.length);
    const before = items.get(name);
    if (name !== '' && before === undefined) items.set(name, { name, type, label, ...(list === true ? { list } : {}) });
    else if (before !== undefined && before.type !== type) items.set(name, { ...before, type: 'text' });
  }
  return [...items.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
