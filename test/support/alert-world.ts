/** A hub whose alerts a test drives by hand: two processes that could look and send, a real mail server, and the graph. */
import { randomBytes } from 'node:crypto';
import { expect } from '@jest/globals';
import type { AlertCare } from '../../src/alerts/alert-care.js';
import { alertCareOver, alertProcess, deliverFor } from './alert-care.js';
import { askAs, personWith } from './graph-people.js';
import { fillCatalogue, openGraphWorld } from './graph-server.js';
import { openMailServer } from './mail-server.js';

// Answers are looked at field by field; a wrong path fails the assertion.
type Answer = any; // eslint-disable-line @typescript-eslint/no-explicit-any

export async function openAlertWorld() {
  const mail = await openMailServer();
  const given: { care?: AlertCare } = {};
  const alerts = new Proxy({} as AlertCare, { get: (_, name) => Reflect.get(given.care!, name) as unknown });
  const world = await openGraphWorld({ commands: { alerts } });
  const { database } = world;
  const options = { masterKey: randomBytes(32), mail: mail.settings, publicUrl: 'https://hub.example.com' };
  given.care = alertCareOver(database, options);
  const deliver = deliverFor(options);
  const one = alertProcess(database, 'run_one', deliver);
  const two = alertProcess(database, 'run_two', deliver);
  await fillCatalogue(database, 1);
  const editor = await personWith(world, 'EDITOR');
  const sql = (text: string, values: readonly unknown[] = []) => database.query(text, values);
  const ask = async (query: string, variables: object = {}): Promise<Answer> => {
    const { body } = await askAs(world, editor.headers, query, variables);
    expect(body.errors).toBeUndefined();
    return body.data;
  };
  const change = async (name: string, input: object, shape: string): Promise<Answer> => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
    const text = `mutation ($input: ${type}) { ${name}(input: $input) { ${shape} userErrors { code field } } }`;
    return (await ask(text, { input }))[name];
  };
  const done = async (name: string, input: object, shape: string): Promise<Answer> => {
    const { userErrors, ...rest } = await change(name, input, shape);
    expect(userErrors).toEqual([]);
    return rest;
  };
  return {
    ...{ database, mail, editor, one, two, sql, ask, change, done },
    /** Nothing but a rule about three open problems and a channel for it; returns the id of the rule. */
    async begin(): Promise<string> {
      for (const table of ['alert', 'alert_rule', 'alert_channel', 'parked']) await sql(`delete from ${table}`);
      await sql(`update alert_watch set owner = null, lease_until = now(), since = now() - interval '1 day'`);
      mail.letters.splice(0);
      mail.refuse(null);
      const channel = await done('alertChannelSave', { name: 'Desk', target: { email: 'desk@example.com' } }, 'alertChannel { id }'); // prettier-ignore
      const rule = { name: 'Many', kind: 'OPEN_DEAD_LETTERS', severity: 'CRITICAL', threshold: 3 };
      const input = { ...rule, channelIds: [channel.alertChannel.id] };
      return (await done('alertRuleSave', input, 'alertRule { id }')).alertRule.id as string;
    },
    alerts: async (filter: object = {}): Promise<Answer[]> =>
      (
        await ask(
          `query ($filter: AlertFilter) { alerts(filter: $filter) { nodes { id status severity kind title path note resolvedAt rule { id }
             flow { key } system { key } notifications { reason isDelivered error channel { name } } } } }`,
          { filter },
        )
      ).alerts.nodes,
    problems: (n: number) =>
      sql(
        `insert into parked (id, stage, system, flow, entity, external_id, record_key, trace_id, code, message, hint, classification,
           fingerprint, payload)
         select 'prk_' || n, 'project', 'softmaat', 'products', 'product', 'A', 'product:' || n, 'trc_1', 'RECORD_REFUSED', 'm', 'h',
           'data', 'fp', '{}' from generate_series(1, $1::integer) n`,
        [n],
      ),
    noProblems: () => sql('delete from parked'),
    /** Of what was taken by the mail server, in order. */
    subjects: () => mail.letters.map(({ text }) => /^subject: (.*)$/im.exec(text)?.[1]),
    async send(process = one): Promise<void> {
      while ((await process.notify.sendDue()) > 0);
    },
    /** A process takes what is due and is never heard of again. */
    vanish: (): Promise<void> =>
      new Promise((taken) => {
        const gone = alertProcess(database, 'run_gone', () => new Promise(() => taken()));
        void gone.notify.sendDue();
      }),
    async close(): Promise<void> {
      await world.close();
      await mail.close();
    },
  };
}
export type AlertWorld = Awaited<ReturnType<typeof openAlertWorld>>;
