/** Alerts, wired: what people do with them, and how messages go out. */
import { makeAlertCare, type AlertCare } from '../alerts/alert-care.js';
import { makeDeliver } from '../alerts/deliver.js';
import { makeMail } from '../alerts/mail.js';
import { makeWebhook } from '../alerts/webhook.js';
import { makeHttpClient } from '../base/http-client.js';
import { secretsOfChannels } from '../security/secrets.js';
import * as channels from '../store/alert-channels.js';
import * as rules from '../store/alert-rules.js';
import * as alerts from '../store/alerts.js';
import type { Ground } from './ground.js';
import { version } from './version.js';

/** Most messages at once to one host. */
const connections = 2;

export function makeAlerts({ base, config, database, masterKey }: Ground): { readonly care: AlertCare } {
  const { mail: settings } = config;
  const { sealSecrets, openSecrets } = secretsOfChannels(masterKey);
  const deliver = makeDeliver({
    clock: base.clock,
    mail: settings === undefined ? null : makeMail(settings),
    webhook: makeWebhook(makeHttpClient(connections), version),
    openSecrets,
    publicUrl: config.publicUrl,
  });
  const store = { ...alerts, ...rules, ...channels };
  const mailFrom = settings?.from ?? null;
  const care = makeAlertCare({ database, store, sealSecrets, openSecrets, deliver, mailFrom });
  return { care };
}
