/**
 * The vendor's own description of MplusKASSA's messages, when its file is at hand, as a structural validator: names, order,
 * cardinality, simple types and enumerations. In: the WSDL's text and a message. Out: sentences; none = it is valid.
 * The file is not part of the project; tests say loudly when they go without it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { SaxesParser } from 'saxes';

export const wsdlPath = resolve('../shared/mpluskassa/mplusqapi.wsdl');

interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  text: string;
}

interface Particle {
  readonly name: string;
  readonly type: string;
  readonly min: number;
  readonly max: number;
}

export interface WsdlSchema {
  /** Body element → its fields in order. */
  readonly elements: ReadonlyMap<string, readonly Particle[]>;
  readonly complexTypes: ReadonlyMap<string, readonly Particle[]>;
  readonly enumerations: ReadonlyMap<string, ReadonlySet<string>>;
  /** Operation → names of the body elements of request and answer. */
  readonly operations: ReadonlyMap<string, { readonly request: string; readonly response: string }>;
}

/** The schema, or undefined when the file is not there. */
export function loadWsdl(path: string = wsdlPath): WsdlSchema | undefined {
  if (!existsSync(path)) return undefined;
  const root = parse(readFileSync(path, 'utf8'));
  const schema = find(root, 'schema');
  const complex = new Map(childrenOf(schema, 'complexType').map((node) => [node.attributes['name'] ?? '', node]));
  const complexTypes = new Map([...complex].map(([name, node]) => [name, particlesOf(node, complex)]));
  const elements = new Map(
    childrenOf(schema, 'element').map((node) => {
      const type = node.attributes['type'];
      const fields =
        type === undefined ? particlesOf(node.children[0]!, complex) : (complexTypes.get(local(type)) ?? []);
      return [node.attributes['name'] ?? '', fields];
    }),
  );
  const enumerations = new Map(
    childrenOf(schema, 'simpleType').map((node) => [
      node.attributes['name'] ?? '',
      new Set(all(node, 'enumeration').map((value) => value.attributes['value'] ?? '')),
    ]),
  );
  return { elements, complexTypes, enumerations, operations: operationsOf(root) };
}

function operationsOf(root: XmlNode): WsdlSchema['operations'] {
  const messages = new Map(
    childrenOf(root, 'message').map((node) => [
      node.attributes['name'],
      local(node.children[0]?.attributes['element'] ?? ''),
    ]),
  );
  const elementOf = (operation: XmlNode, direction: string): string =>
    messages.get(local(childrenOf(operation, direction)[0]?.attributes['message'] ?? '')) ?? '';
  return new Map(
    childrenOf(find(root, 'portType'), 'operation').map((node) => [
      node.attributes['name'] ?? '',
      { request: elementOf(node, 'input'), response: elementOf(node, 'output') },
    ]),
  );
}

/** Own fields after those of the type that is extended. */
function particlesOf(type: XmlNode, complex: ReadonlyMap<string, XmlNode>): Particle[] {
  const extension = all(type, 'extension')[0];
  const base = extension === undefined ? undefined : complex.get(local(extension.attributes['base'] ?? ''));
  const sequence = childrenOf(extension ?? type, 'sequence')[0];
  const own = sequence === undefined ? [] : childrenOf(sequence, 'element');
  return [
    ...(base === undefined ? [] : particlesOf(base, complex)),
    ...own.map(({ attributes }) => ({
      name: attributes['name'] ?? '',
      type: attributes['type'] ?? '',
      min: Number(attributes['minOccurs'] ?? 1),
      max: attributes['maxOccurs'] === 'unbounded' ? Infinity : Number(attributes['maxOccurs'] ?? 1),
    })),
  ];
}

/** Everything that is wrong with one envelope. */
export function validateMessage(schema: WsdlSchema, xml: string): string[] {
  const root = parse(xml);
  const body = root.children.find((child) => child.name === 'Body');
  if (root.name !== 'Envelope' || body === undefined) return ['it is not an envelope with a body'];
  const [content, ...rest] = body.children;
  if (content === undefined || rest.length > 0) return ['its body does not hold one element'];
  const fields = schema.elements.get(content.name);
  if (fields === undefined) return [`there is no element ${content.name}`];
  const problems: string[] = [];
  validateFields(schema, content, fields, content.name, problems);
  return problems;
}

function validateFields(
  schema: WsdlSchema,
  node: XmlNode,
  fields: readonly Particle[],
  path: string,
  problems: string[],
): void {
  let at = 0;
  for (const field of fields) {
    let count = 0;
    for (; node.children[at]?.name === field.name && count < field.max; at++, count++) {
      validateValue(schema, node.children[at]!, field.type, `${path}/${field.name}`, problems);
    }
    if (count < field.min) problems.push(`${path}: ${field.name} is missing or stands elsewhere`);
  }
  const extra = node.children[at];
  if (extra !== undefined) problems.push(`${path}: ${extra.name} is unknown, too many or in the wrong place`);
}

const simple: Readonly<Record<string, RegExp>> = {
  string: /^/,
  boolean: /^(?:true|false|0|1)$/,
  decimal: /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/,
  date: /^\d{4}-\d\d-\d\d(?:Z|[+-]\d\d:\d\d)?$/,
  dateTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/,
  base64: /^[A-Za-z0-9+/=\s]*$/,
};
const ranges: Readonly<Record<string, readonly [bigint, bigint]>> = {
  short: [-32768n, 32767n],
  int: [-2147483648n, 2147483647n],
  unsignedInt: [0n, 4294967295n],
  long: [-(2n ** 63n), 2n ** 63n - 1n],
};

function validateValue(schema: WsdlSchema, node: XmlNode, type: string, path: string, problems: string[]): void {
  const name = local(type);
  const fields = schema.complexTypes.get(name);
  if (fields !== undefined) return validateFields(schema, node, fields, path, problems);
  if (node.children.length > 0) return void problems.push(`${path}: it holds elements`);
  const values = schema.enumerations.get(name);
  const range = ranges[name];
  const isValid =
    values !== undefined
      ? values.has(node.text)
      : range !== undefined
        ? /^[+-]?\d+$/.test(node.text) && BigInt(node.text) >= range[0] && BigInt(node.text) <= range[1]
        : (simple[name]?.test(node.text) ?? false);
  if (!isValid) problems.push(`${path}: "${node.text}" is not a ${name}`);
}

function parse(xml: string): XmlNode {
  const root: XmlNode = { name: '', attributes: {}, children: [], text: '' };
  const stack = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const attributes = Object.fromEntries(Object.values(tag.attributes).map(({ name, value }) => [name, value]));
    const node: XmlNode = { name: tag.local, attributes, children: [], text: '' };
    stack.at(-1)!.children.push(node);
    stack.push(node);
  });
  parser.on('text', (text) => (stack.at(-1)!.text += text));
  parser.on('closetag', () => stack.pop());
  parser.write(xml.replace(/^\uFEFF/, '')).close();
  return root.children[0]!;
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);
const childrenOf = (node: XmlNode, name: string): XmlNode[] => node.children.filter((child) => child.name === name);
const all = (node: XmlNode, name: string): XmlNode[] =>
  node.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)]);

function find(node: XmlNode, name: string): XmlNode {
  const found = all(node, name)[0];
  if (found === undefined) throw new Error(`the WSDL has no ${name}`);
  return found;
}
