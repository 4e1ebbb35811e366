/** What people do with alerts and how messages go out, over a database of a test. */
import { makeAlertCare, type AlertCare } from '../../src/alerts/alert-care.js';
import { makeAlertEdits } from '../../src/alerts/alert-edits.js';
import { makeDeliver, type Deliver } from '../../src/alerts/deliver.js';
import { makeMail, type MailSettings } from '../../src/alerts/mail.js';
import { makeNotify, type Notify } from '../../src/alerts/notify.js';
import { makeWatch, type Watch } from '../../src/alerts/watch.js';
import { makeWebhook } from '../../src/alerts/webhook.js';
import { systemClock } from '../../src/base/clock.js';
import { makeHttpClient } from '../../src/base/http-client.js';
import { silentLogger } from '../../src/base/logger.js';
import { secretsOfChannels } from '../../src/security/secrets.js';
import * as channels from '../../src/store/alert-channels.js';
import { makeAlertFacts } from '../../src/store/alert-facts.js';
import * as rounds from '../../src/store/alert-rounds.js';
import * as rules from '../../src/store/alert-rules.js';
import * as sending from '../../src/store/alert-sending.js';
import * as alerts from '../../src/store/alerts.js';
import type { Database } from '../../src/store/database.js';
import { testStreams } from './test-streams.js';

export interface AlertCareOptions {
  readonly masterKey: Buffer;
  readonly mail: MailSettings | null;
  readonly publicUrl?: string;
}

export function deliverFor({ masterKey, mail, publicUrl }: AlertCareOptions): Deliver {
  return makeDeliver({
    clock: systemClock,
    mail: mail && makeMail(mail),
    webhook: makeWebhook(makeHttpClient(2), '0.0.0-test'),
    openSecrets: secretsOfChannels(masterKey).openSecrets,
    publicUrl,
    namesIn: () => ({ field: () => undefined, list: () => undefined }),
  });
}

export function alertCareOver(database: Database, options: AlertCareOptions): AlertCare {
  const { sealSecrets, openSecrets } = secretsOfChannels(options.masterKey);
  const store = { ...alerts, ...rules, ...channels };
  const mailFrom = options.mail?.from ?? null;
  const edits = makeAlertEdits({ store, sealSecrets, openSecrets });
  return makeAlertCare({ database, store, edits, deliver: deliverFor(options), mailFrom });
}

/** A process that looks after alerts; nothing of it runs by itself unless it is started. */
export function alertProcess(
  database: Database,
  owner: string,
  deliver: Deliver,
): { readonly watch: Watch; readonly notify: Notify } {
  const base = { clock: systemClock, logger: silentLogger, database, owner };
  const notify = makeNotify({ ...base, store: { ...sending, ...channels }, deliver });
  const store = { ...rounds, ...rules, ...alerts };
  const facts = makeAlertFacts(testStreams);
  return { notify, watch: makeWatch({ ...base, store, facts, told: () => notify.wake() }) };
}
