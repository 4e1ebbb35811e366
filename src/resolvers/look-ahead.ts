/**
 * What an operation asks for below a field, as far as it can be read together with that field. In: the place of the field in
 * the operation. Out: what to read along, nothing where it depends on more than the first page; and what is asked of the records,
 * where they can be read as text.
 */
import { Kind, type FieldNode, type GraphQLResolveInfo, type SelectionSetNode, type ValueNode } from 'graphql';
import { pageDefault, pageLimit } from '../schema/page.js';
import type { PlaceToWrite, Selection, ToWrite } from '../schema/selection.js';
import type { AlongOrder, AlongProduct } from '../store/read-along.js';

type Place = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments' | 'variableValues'>;

/** All fields of that name directly in a selection, in its fragments too. */
function fieldsNamed(set: SelectionSetNode | undefined, name: string, { fragments }: Place): FieldNode[] {
  return (set?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value === name ? [selection] : [];
    const inner =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection
        : (fragments[selection.name.value] ?? { selectionSet: undefined });
    return fieldsNamed(inner.selectionSet, name, { fragments } as Place);
  });
}

function at(nodes: readonly FieldNode[], path: readonly string[], place: Place): readonly FieldNode[] {
  return path.reduce<readonly FieldNode[]>(
    (found, name) => found.flatMap(({ selectionSet }) => fieldsNamed(selectionSet, name, place)),
    nodes,
  );
}

/** Where the records of connections are asked for. */
const records = (nodes: readonly FieldNode[], place: Place): readonly FieldNode[] => [
  ...at(nodes, ['nodes'], place),
  ...at(nodes, ['edges', 'node'], place),
];

interface AskedVariants {
  /** Undefined = the usual size of a page. */
  readonly first: ValueNode | undefined;
  readonly stock: boolean;
}

/** Null when variants are not asked for, in two ways, or not from the first on. */
function variantsOf(products: readonly FieldNode[], place: Place): AskedVariants | null {
  const [only, ...others] = at(products, ['variants'], place);
  if (only === undefined || others.length > 0) return null;
  const given = only.arguments ?? [];
  if (given.some(({ name }) => name.value !== 'first')) return null;
  return { first: given[0]?.value, stock: at(records([only], place), ['stock'], place).length > 0 };
}

/** What the text says is found once per operation. */
function remembered<T>(find: (place: Place) => T): (place: Place) => T {
  const known = new WeakMap<FieldNode, { readonly found: T }>();
  return (place) => {
    const node = place.fieldNodes[0]!;
    const { found } = known.get(node) ?? { found: find(place) };
    known.set(node, { found });
    return found;
  };
}

function sizeOf(value: ValueNode | undefined, { variableValues }: Place): number | null {
  const size =
    value?.kind === Kind.INT
      ? Number(value.value)
      : value?.kind === Kind.VARIABLE
        ? (variableValues[value.name.value] ?? pageDefault)
        : pageDefault;
  return Number.isInteger(size) && (size as number) >= 1 && (size as number) <= pageLimit ? (size as number) : null;
}

const nothing: AlongProduct = { variants: null, stock: false };

function along(asked: AskedVariants | null, place: Place): AlongProduct {
  return asked === null ? nothing : { variants: sizeOf(asked.first, place), stock: asked.stock };
}

const ofProducts = remembered((place) => variantsOf(records(place.fieldNodes, place), place));
const ofProduct = remembered((place) => variantsOf(place.fieldNodes, place));
const ofOrders = remembered((place): AlongOrder => ({
  customer: at(records(place.fieldNodes, place), ['customer'], place).length > 0,
}));

/** Below a connection of products. */
export const alongProducts = (place: Place): AlongProduct => along(ofProducts(place), place);
/** Below one product. */
export const alongProduct = (place: Place): AlongProduct => along(ofProduct(place), place);
/** Below a connection of orders. */
export const alongOrders = (place: Place): AlongOrder => ofOrders(place);

const recordSelections = new WeakMap<Selection, { readonly found: Selection | null }>();

/** Where the records of a connection are asked for; null when that is in several places, or in none. */
function onlyRecords(connection: Selection): Selection | null {
  const known = recordSelections.get(connection);
  if (known !== undefined) return known.found;
  const named = ({ fields }: Selection, name: string) => fields.filter((field) => field.name === name);
  const edges = named(connection, 'edges').flatMap(({ below }) => (below === null ? [] : named(below, 'node')));
  const [only, ...others] = [...named(connection, 'nodes'), ...edges];
  const found = others.length > 0 ? null : (only?.below ?? null);
  recordSelections.set(connection, { found });
  return found;
}

type Told = Pick<GraphQLResolveInfo, 'variableValues'> & PlaceToWrite;

/** What is asked of a record, when whoever writes the answer can take its text. */
export const recordToWrite = ({ toWrite, variableValues: values }: Told): ToWrite | undefined =>
  toWrite ? { selection: toWrite, values } : undefined;

/** The same of each record of a connection. */
export function recordsToWrite({ toWrite, variableValues: values }: Told): ToWrite | undefined {
  const selection = toWrite ? onlyRecords(toWrite) : null;
  return selection === null ? undefined : { selection, values };
}
