/**
 * Setting systems up: in one transaction each, that tells all processes. Secrets are those settings that the connector's schema
 * calls `writeOnly`: they are sealed before they are stored, and never come out again.
 */
import type { Document, Json } from '../base/document.js';
import { errorCodes } from '../base/error-codes.js';
import { asKoppelError, KoppelError, type ErrorDefinition } from '../base/errors.js';
import { newId } from '../base/ids.js';
import { problemsBySetting } from '../base/problems-by-setting.js';
import type { Database, Tx } from '../store/database.js';
import type { SystemRow } from '../store/configuration.js';
import type { ConnectionCheck, Connector } from '../systems/system.js';
import { leadsElsewhere } from './secrets-and-address.js';

export interface NewSystem {
  readonly connector: string;
  readonly key: string;
  readonly name: string;
  /** Secrets among them. */
  readonly settings: Document;
}

export interface SystemChange {
  /** The version that was read; another one is refused with SYSTEM_CHANGED. */
  readonly expectedVersion: number;
  readonly name: string | null;
  /**
   * Merged into what is stored, secrets among them; null removes a setting. An address that leads to another host is refused
   * (SETTINGS_INVALID) unless all secrets come with it.
   */
  readonly settings: Document;
}

export interface SystemAdmin {
  /** Connects a system. Nothing is read or written before a flow names it. */
  create(system: NewSystem): Promise<void>;
  update(key: string, change: SystemChange): Promise<void>;
  /** Nothing is read from it or written to it until it is resumed. */
  pause(key: string, reason: string | null): Promise<void>;
  resume(key: string): Promise<void>;
  /** Only while nothing names it any more. */
  remove(key: string): Promise<void>;
  /** Tries settings that are not stored. Nothing is kept. */
  tryOut(candidate: Pick<NewSystem, 'connector' | 'settings'>): Promise<readonly ConnectionCheck[]>;
}

export interface SystemAdminDeps {
  readonly database: Database;
  readonly connectors: readonly Connector[];
  /** What a connector needs to connect. */
  readonly connecting: Parameters<Connector['connect']>[1];
  readonly store: typeof import('../store/system-admin.js') &
    Pick<typeof import('../store/configuration.js'), 'installSystem' | 'announceConfiguration'>;
  readonly sealSecrets: (system: { readonly id: string }, secrets: Document) => Buffer | Promise<Buffer>;
  readonly openSecrets: (row: SystemRow) => Document | Promise<Document>;
  readonly reload: () => Promise<void>;
}

const running = ['CONNECTED', 'DEGRADED', 'UNREACHABLE', 'CREDENTIALS_REJECTED', 'DRAFT'] as const;

export function makeSystemAdmin(deps: SystemAdminDeps): SystemAdmin {
  const { database, store } = deps;
  const change = async (work: (tx: Tx) => Promise<void>): Promise<void> => {
    await database.tx(async (tx) => {
      await work(tx);
      await store.announceConfiguration(tx);
    });
    await deps.reload();
  };
  const connectorOf = (kind: string): Connector => {
    const found = deps.connectors.find((each) => each.kind === kind);
    if (found !== undefined) return found;
    const accepted = deps.connectors.map((each) => each.kind).join(', ');
    throw new KoppelError('CONNECTOR_UNKNOWN', { kind, accepted });
  };
  /** Throws SETTINGS_INVALID when the connector does not take them. */
  const check = async (connector: Connector, settings: Document): Promise<void> => {
    await connector.connect(settings, deps.connecting).close();
  };
  const locked = async (tx: Tx, key: string) => {
    const found = await store.lockSystem(tx, key);
    if (found === undefined) throw new KoppelError('SYSTEM_UNKNOWN', { system: key });
    return found;
  };

  return {
    async create({ connector: kind, key, name, settings }) {
      const connector = connectorOf(kind);
      await check(connector, settings);
      const { open, secret } = parted(connector, settings);
      const id = newId('system');
      const secrets = Object.keys(secret).length === 0 ? null : await deps.sealSecrets({ id }, secret);
      await change(async (tx) => {
        const isNew = await store.installSystem(tx, { id, key, connector: kind, name, settings: open, secrets });
        if (!isNew) throw new KoppelError('SYSTEM_EXISTS', { system: key });
      });
    },
    update: (key, { expectedVersion, name, settings }) =>
      change(async (tx) => {
        const found = await locked(tx, key);
        if (found.version !== expectedVersion)
          throw new KoppelError('SYSTEM_CHANGED', { system: key, found: found.version, expected: expectedVersion });
        const connector = connectorOf(found.connector);
        const before = await deps.openSecrets(found);
        const merged = merge({ ...found.settings, ...before }, settings);
        await check(connector, merged);
        const { open, secret } = parted(connector, merged);
        const kept = Object.keys(secret).filter((setting) => !(setting in settings));
        if (kept.length > 0 && leadsElsewhere(connector.settingsSchema, found.settings, open))
          throw new KoppelError('SETTINGS_INVALID', { system: found.name, problems: kept.map(neededAgain).join('; ') });
        const isSecretGiven = Object.keys(settings).some((setting) => isSecret(connector, setting));
        const secrets = isSecretGiven ? await deps.sealSecrets(found, secret) : null;
        await store.storeSystem(tx, key, { name: name ?? found.name, settings: open, secrets });
      }),
    pause: (key, reason) =>
      change(async (tx) => {
        await locked(tx, key);
        if (!(await store.setSystemStatus(tx, key, running, 'PAUSED', reason)))
          throw new KoppelError('SYSTEM_STATE', { system: key, state: 'paused already' });
      }),
    resume: (key) =>
      change(async (tx) => {
        const { status } = await locked(tx, key);
        if (!(await store.setSystemStatus(tx, key, ['PAUSED', 'CREDENTIALS_REJECTED', 'DRAFT'], 'CONNECTED', null)))
          throw new KoppelError('SYSTEM_STATE', { system: key, state: status.toLowerCase() });
      }),
    remove: (key) =>
      change(async (tx) => {
        await locked(tx, key);
        const uses = await store.usesOfSystem(tx, key);
        if (uses.length > 0) throw new KoppelError('SYSTEM_IN_USE', { system: key, uses: uses.join(', ') });
        await store.deleteSystem(tx, key);
      }),
    async tryOut({ connector: kind, settings }) {
      let system;
      try {
        system = connectorOf(kind).connect(settings, deps.connecting);
      } catch (thrown) {
        const error = asKoppelError(thrown);
        if (error.class === 'bug') throw error;
        return asChecks(error);
      }
      try {
        return (await system.test(AbortSignal.timeout(30_000))).map(asOfCandidate);
      } finally {
        await system.close();
      }
    },
  };
}

const neededAgain = (secret: string): string => `${secret} is needed again, because the address leads to another host`;

/** What is wrong with the settings, each at the one that it is about. */
function asChecks({ code, values, message, hint }: KoppelError): readonly ConnectionCheck[] {
  const check = { name: 'settings', status: 'fail' } as const;
  const problems = code === 'SETTINGS_INVALID' ? problemsBySetting(values) : [];
  if (problems.length === 0) return [{ ...check, message, hint }];
  const last = problems.length - 1;
  // What to do about them is said once.
  return problems.map(({ setting, problem }, i) => ({ ...check, message: problem, settings: [setting], ...(i === last ? { hint } : {}) })); // prettier-ignore
}

/** What the catalogue advises about systems that the hub works with: it goes on trying them, and nothing is tried for a candidate. */
const retriedHints: ReadonlySet<string> = new Set(
  Object.values<ErrorDefinition>(errorCodes)
    .map(({ hint }) => hint)
    .filter((hint) => hint.includes('goes on trying')),
);

const asOfCandidate = (check: ConnectionCheck): ConnectionCheck =>
  check.hint === undefined || !retriedHints.has(check.hint)
    ? check
    : { ...check, hint: 'Check address, port and network, and whether the system is up; then test again.' };

function isSecret({ settingsSchema }: Connector, setting: string): boolean {
  const properties = settingsSchema['properties'] as Readonly<Record<string, Document>> | undefined;
  return properties?.[setting]?.['writeOnly'] === true;
}

function parted(connector: Connector, settings: Document): { readonly open: Document; readonly secret: Document } {
  const entries = Object.entries(settings);
  return {
    open: Object.fromEntries(entries.filter(([name]) => !isSecret(connector, name))),
    secret: Object.fromEntries(entries.filter(([name]) => isSecret(connector, name))),
  };
}

const merge = (before: Document, patch: Document): Document =>
  Object.fromEntries(Object.entries<Json>({ ...before, ...patch }).filter(([, value]) => value !== null));
