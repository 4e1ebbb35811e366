/**
 * Certificates for a test, made by the `keytool` of the Java that runs Kafka: nothing else has to be there. In: a folder. Out: files in
 * PEM of an authority, of a broker on this machine and of a client that it has signed, and of a stranger whom nobody trusts.
 */
import { spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names of files. */
interface Party {
  readonly cert: string;
  readonly key: string;
  /** Both in one, as brokers like it. */
  readonly both: string;
}

const parties = ['authority', 'stranger', 'broker', 'client'] as const;
export type Certificates = Readonly<Record<(typeof parties)[number], Party>>;

const password = 'only-for-a-test';

export function makeCertificates(folder: string): Certificates {
  const store = join(folder, 'all.p12');
  const keytool = (...args: readonly string[]): string => {
    const how = ['-keystore', store, '-storetype', 'PKCS12', '-storepass', password];
    const done = spawnSync('keytool', ['-J-XX:TieredStopAtLevel=1', ...args, ...how], { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`keytool ${args.join(' ')}: ${done.stdout}${done.stderr}`);
    return done.stdout;
  };
  const make = (name: string, ...more: readonly string[]): string =>
    keytool('-genkeypair', '-keyalg', 'EC', '-alias', name, '-dname', `CN=${name}`, '-validity', '2', ...more); // prettier-ignore
  make('authority', '-ext', 'bc:c');
  make('stranger', '-ext', 'bc:c');
  make('broker', '-signer', 'authority', '-ext', 'san=ip:127.0.0.1,dns:localhost');
  make('client', '-signer', 'authority');

  const listed = keytool('-list', '-rfc').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/g) ?? [];
  const keys = keysOf(readFileSync(store));
  const save = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const found = parties.map((name): readonly [string, Party] => {
    const cert = listed.find((pem) => new X509Certificate(pem).subject === `CN=${name}`) ?? '';
    const key = keys.find((each) => new X509Certificate(cert).checkPrivateKey(each));
    const secret = String(key?.export({ type: 'pkcs8', format: 'pem' }));
    const of = (kind: string): string => `${name}${kind}.pem`;
    return [name, { cert: save(of(''), cert), key: save(of('-key'), secret), both: save(of('-both'), secret + cert) }];
  });
  return Object.fromEntries(found) as unknown as Certificates;
}

/** Says in a PKCS12 that an encrypted private key follows, behind a tag and its length. */
const beginsKey = Buffer.from('060b2a864886f70d010c0a0102', 'hex');

/** keytool gives no private key away, but Node reads one of its store when it finds it. */
function keysOf(store: Buffer): readonly KeyObject[] {
  const keys: KeyObject[] = [];
  for (let at = store.indexOf(beginsKey); at >= 0; at = store.indexOf(beginsKey, at + 1)) {
    const length = store[at + beginsKey.length + 1] ?? 0;
    const behind = at + beginsKey.length + 2 + (length < 0x80 ? 0 : length & 0x7f);
    keys.push(createPrivateKey({ key: store.subarray(behind), format: 'der', type: 'pkcs8', passphrase: password }));
  }
  return keys;
}
