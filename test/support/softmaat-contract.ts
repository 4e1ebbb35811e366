/**
 * Holds traffic against docs/softmaat-openapi.yaml. In: a sandbox that runs in this process. Out: an address that passes
 * requests on to it and checks each request and each answer, bodies and error bodies included, by the schema of the
 * operation. Violations are collected, because the side that breaks the contract must not learn of it by an error.
 */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

interface MediaTypes {
  readonly content?: Readonly<Record<string, unknown>>;
  readonly $ref?: string;
}
interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly requestBody?: MediaTypes;
  readonly responses: Readonly<Record<string, MediaTypes>>;
}
interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, unknown>>;
    readonly responses: Readonly<Record<string, MediaTypes>>;
  };
}

export interface Exchange {
  readonly operationId: string;
  readonly status: number;
}

export interface ContractProxy {
  readonly url: string;
  readonly violations: string[];
  /** What went through, for telling that something was checked at all. */
  readonly exchanges: Exchange[];
  close(): Promise<void>;
}

const id = 'softmaat';

export function loadContract(): { contract: Contract; check: (pointer: string, value: unknown) => string | undefined } {
  const contract = parse(readFileSync('docs/softmaat-openapi.yaml', 'utf8')) as Contract;
  const ajv = new Ajv2020({
    strict: true,
    strictRequired: false,
    strictTypes: false,
    allowUnionTypes: true,
    allErrors: true,
  });
  (addFormats as unknown as (on: Ajv2020) => void)(ajv);
  ajv.addVocabulary(['openapi', 'info', 'servers', 'security', 'tags', 'paths', 'components']);
  ajv.addSchema({ $id: id, ...contract }, id);
  return {
    contract,
    check(pointer, value) {
      const validate = ajv.getSchema(`${id}#${pointer}`);
      if (validate === undefined) throw new Error(`the contract has no ${pointer}`);
      return validate(value) === true ? undefined : ajv.errorsText(validate.errors);
    },
  };
}

/** What is checked in a test file of its own. */
export const salesTags: readonly string[] = ['debtors', 'contacts', 'orders'];

/** The names of all operations whose tags are wanted. */
export function operationsOf(wanted: (tag: string) => boolean): readonly string[] {
  return Object.values(loadContract().contract.paths)
    .flatMap((operations) => Object.values(operations))
    .filter(({ operationId, tags }) => operationId !== undefined && tags.some(wanted))
    .map(({ operationId }) => operationId);
}

const escape = (part: string): string => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

export async function openContractProxy(target: () => string): Promise<ContractProxy> {
  const { contract, check } = loadContract();
  const violations: string[] = [];
  const exchanges: Exchange[] = [];

  const judge = (
    method: string,
    path: string,
    request: { body: string },
    status: number,
    headers: Headers,
    answer: string,
  ): void => {
    const found = findOperation(contract, method, path);
    const fault = (what: string): void => void violations.push(`${method} ${path} → ${status}: ${what}`);
    if (found === undefined) {
      if (status !== 404 && status !== 405 && status !== 401 && status !== 429) fault('is not in the contract');
      return;
    }
    const { template, operation } = found;
    exchanges.push({ operationId: operation.operationId, status });
    const at = `/paths/${escape(template)}/${method.toLowerCase()}`;
    if (operation.requestBody !== undefined && status < 300) {
      const wrong = check(`${at}/requestBody/content/application~1json/schema`, JSON.parse(request.body));
      if (wrong !== undefined) fault(`accepted a request that the contract does not allow: ${wrong}`);
    }
    const response = operation.responses[String(status)];
    if (response === undefined) return fault('has no such status in the contract');
    if (status === 204) return;
    const where = response.$ref === undefined ? `${at}/responses/${status}` : response.$ref.slice(1);
    const content =
      response.$ref === undefined ? response : contract.components.responses[response.$ref.split('/').pop() ?? ''];
    const type = (headers.get('content-type') ?? '').split(';')[0] ?? '';
    if (content?.content?.[type] === undefined) return fault(`has the content type ${type}`);
    const wrong = check(`${where}/content/${escape(type)}/schema`, JSON.parse(answer));
    if (wrong !== undefined) fault(wrong);
    checkHeaders(status, headers, fault);
  };

  const pass = async (incoming: IncomingMessage, out: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    const method = incoming.method ?? 'GET';
    const url = new URL(incoming.url ?? '/', target());
    const headers = Object.fromEntries(
      Object.entries(incoming.headers).filter(
        ([name]) => !['host', 'connection', 'content-length', 'accept-encoding'].includes(name),
      ),
    ) as Record<string, string>;
    let response: Response;
    try {
      response = await fetch(url, { method, headers, redirect: 'manual', ...(body === '' ? {} : { body }) });
    } catch {
      out.destroy();
      return;
    }
    const answer = await response.text();
    if (!url.pathname.startsWith('/__sandbox'))
      judge(method, url.pathname.replace(/^\/api\/v1/, ''), { body }, response.status, response.headers, answer);
    const back: Record<string, string> = {};
    response.headers.forEach((value, name) => {
      if (!['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date'].includes(name))
        back[name] = value;
    });
    out.writeHead(response.status, back);
    out.end(answer);
  };

  const server = createServer((incoming, out) => {
    pass(incoming, out).catch((error: unknown) => {
      violations.push(String(error));
      out.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    violations,
    exchanges,
    async close() {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}

function checkHeaders(status: number, headers: Headers, fault: (what: string) => void): void {
  for (const name of ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset']) {
    if (!/^\d+$/.test(headers.get(name) ?? '')) fault(`lacks ${name}`);
  }
  if (status === 429 && !/^\d+$/.test(headers.get('retry-after') ?? '')) fault('lacks retry-after');
}

function findOperation(
  contract: Contract,
  method: string,
  path: string,
): { template: string; operation: Operation } | undefined {
  for (const [template, operations] of Object.entries(contract.paths)) {
    const pattern = new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`);
    const operation = operations[method.toLowerCase()];
    if (pattern.test(path) && operation !== undefined) return { template, operation };
  }
  return undefined;
}
