/** Alerts, wired: what people do with them, the watch that lets them begin and end, and how messages go out. */
import { makeAlertCare, type AlertCare } from '../alerts/alert-care.js';
import { alertChecks as checks, makeAlertEdits } from '../alerts/alert-edits.js';
import { makeDeliver } from '../alerts/deliver.js';
import { makeMail } from '../alerts/mail.js';
import { makeNotify } from '../alerts/notify.js';
import { makeWatch } from '../alerts/watch.js';
import { makeWebhook } from '../alerts/webhook.js';
import { makeHttpClient } from '../base/http-client.js';
import type { Language } from '../base/languages.js';
import type { Service } from '../base/lifecycle.js';
import { fieldWords } from '../base/sentences/field-words.js';
import type { Names } from '../base/sentences/say.js';
import { secretsOfChannels } from '../security/secrets.js';
import * as channels from '../store/alert-channels.js';
import { makeAlertFacts } from '../store/alert-facts.js';
import * as rounds from '../store/alert-rounds.js';
import * as rules from '../store/alert-rules.js';
import * as sending from '../store/alert-sending.js';
import * as alerts from '../store/alerts.js';
import type { ConfiguredAlertsDeps } from '../sync/configuration-alerts.js';
import { makeSpokenNames } from '../sync/spoken-names.js';
import { streamsOfFlows } from './flow-streams.js';
import type { Ground } from './ground.js';
import { version } from './version.js';

/** Most messages at once to one host. */
const connections = 2;

/** An alert is about a flow or a system, so a path may stand in any kind of record. */
const anyRecord = { entity: null, system: null };

export function makeAlerts(ground: Ground): {
  readonly care: AlertCare;
  /** For a configuration file. */
  readonly configured: ConfiguredAlertsDeps['alerts'];
  /** For processes that may send: those that know the mail server and by which address people open the hub. */
  readonly services: readonly Service[];
} {
  const { base, config, database, masterKey, owner, configuration } = ground;
  const { mail: settings, publicUrl } = config;
  const { sealSecrets, openSecrets } = secretsOfChannels(masterKey);
  const mail = settings === undefined ? null : makeMail(settings);
  const webhook = makeWebhook(makeHttpClient(connections), version);
  const spoken = makeSpokenNames(configuration);
  const namesIn = (language: Language): Names => ({
    field: (path) => fieldWords(language, path, spoken.kinds(anyRecord)),
    list: (key) => spoken.list(key),
  });
  const deliver = makeDeliver({ clock: base.clock, mail, webhook, openSecrets, publicUrl, namesIn });
  const notify = makeNotify({ ...base, database, store: { ...sending, ...channels }, deliver, owner });
  const told = (): void => notify.wake();
  const facts = makeAlertFacts(streamsOfFlows(ground));
  const watch = makeWatch({ ...base, database, store: { ...rounds, ...rules, ...alerts }, facts, owner, told });
  const store = { ...alerts, ...rules, ...channels };
  const mailFrom = settings?.from ?? null;
  const edits = makeAlertEdits({ store, sealSecrets, openSecrets });
  const care = makeAlertCare({ database, store, edits, deliver, mailFrom });
  return { care, configured: { ...edits, checks }, services: [notify, watch] };
}
