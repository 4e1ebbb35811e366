/**
 * Passwords: whether one may be used, and what is kept of it. In: the password as it was typed. Out: text for the column,
 * with the parameters it was made by, so that these can become stronger while old ones still open. The same password typed on
 * another keyboard is the same (NFKC).
 */
import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { KoppelError } from '../base/errors.js';
import { isCommon } from './common-passwords.js';

export const passwordLength = { least: 12, most: 256 };

interface Parameters {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** 32 MB and about a tenth of a second on one core: as dear as is bearable for who signs in, and for a small machine. */
const present: Parameters = { N: 32_768, r: 8, p: 3 };
const keyLength = 32;

const normalised = (password: string): string => password.normalize('NFKC');

/** Throws PASSWORD_TOO_SHORT, PASSWORD_TOO_LONG, PASSWORD_COMMON or PASSWORD_IS_EMAIL. */
export function requireGoodPassword(password: string, email: string): void {
  const text = normalised(password);
  const found = [...text].length;
  const { least, most } = passwordLength;
  if (found < least) throw new KoppelError('PASSWORD_TOO_SHORT', { found, least });
  if (found > most) throw new KoppelError('PASSWORD_TOO_LONG', { most });
  const address = email.normalize('NFKC').toLowerCase();
  const typed = text.trim().toLowerCase();
  if (typed === address || typed === address.slice(0, address.lastIndexOf('@'))) {
    throw new KoppelError('PASSWORD_IS_EMAIL');
  }
  if (isCommon(text)) throw new KoppelError('PASSWORD_COMMON');
}

export interface Passwords {
  /** What is kept of a password. */
  hash(password: string): Promise<string>;
  /** Takes as long without a kept one as with one; null gives false. */
  verify(password: string, kept: string | null): Promise<boolean>;
  /** Whether it was kept with weaker parameters than those of today. */
  isOutdated(kept: string): boolean;
}

/** Hashes that are computed at the same time; each takes a core and 32 MB. */
const atOnce = 2;
const mostWaiting = 32;

export function makePasswords(): Passwords {
  const inTurn = makeTurns();
  const compute = (password: string, salt: Buffer, parameters: Parameters): Promise<Buffer> =>
    inTurn(() => derive(normalised(password), salt, parameters));
  // For addresses that nobody has: computed like any other, and no password fits it.
  const nobody = keptText(present, randomBytes(16), randomBytes(keyLength));
  return {
    async hash(password) {
      const salt = randomBytes(16);
      return keptText(present, salt, await compute(password, salt, present));
    },
    async verify(password, kept) {
      // A text that can be no password costs what a password costs, and no more.
      const isPossible = [...password.slice(0, 4 * passwordLength.most + 1)].length <= 4 * passwordLength.most;
      const { parameters, salt, hash } = readKept(kept ?? nobody);
      const isSame = timingSafeEqual(await compute(isPossible ? password : '', salt, parameters), hash);
      return isSame && isPossible && kept !== null;
    },
    isOutdated(kept) {
      const { N, r, p } = readKept(kept).parameters;
      return N !== present.N || r !== present.r || p !== present.p;
    },
  };
}

const keptText = ({ N, r, p }: Parameters, salt: Buffer, hash: Buffer): string =>
  ['scrypt', `N=${N},r=${r},p=${p}`, salt.toString('base64url'), hash.toString('base64url')].join('$');

function readKept(kept: string): { readonly parameters: Parameters; readonly salt: Buffer; readonly hash: Buffer } {
  const [, N, r, p, salt, hash] = /^scrypt\$N=(\d+),r=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/.exec(kept) ?? [];
  if (hash === undefined) throw new KoppelError('UNEXPECTED', { what: 'what is kept of a password cannot be read' });
  const parameters = { N: Number(N), r: Number(r), p: Number(p) };
  return { parameters, salt: Buffer.from(salt!, 'base64url'), hash: Buffer.from(hash, 'base64url') };
}

function derive(password: string, salt: Buffer, parameters: Parameters): Promise<Buffer> {
  const options: ScryptOptions = { ...parameters, maxmem: 256 * parameters.N * parameters.r };
  return new Promise((resolve, reject) =>
    scrypt(password, salt, keyLength, options, (error, key) => (error === null ? resolve(key) : reject(error))),
  );
}

/** Few at once, the others in a short queue; SIGN_IN_BUSY when that is full. */
function makeTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let free = atOnce;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free--;
    else {
      if (waiting.length >= mostWaiting) throw new KoppelError('SIGN_IN_BUSY', {}, { retryAfterMs: 5_000 });
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}
