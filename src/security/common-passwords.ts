/**
 * Passwords that are guessed first. Pure. Only those that are long enough to get here matter, so what counts is how people
 * lengthen a short one: digits and signs around a word, a word twice, a row of the keyboard, one character again and again.
 */

/** Words around which people put digits; compared without anything that is not a letter, and with usual stand-ins undone. */
const words = new Set(
  `password passwort passw wachtwoord motdepasse paswoord welkom welcome bienvenue bonjour admin administrator beheerder
  administrateur changeme letmein login geheim geheimwoord secret secretsecret iloveyou ikhouvanjou jetaime sunshine princess
  football baseball basketball voetbal superman batman starwars pokemon dragon monkey shadow master computer internet
  google facebook linkedin amsterdam rotterdam brussel bruxelles antwerpen antwerp gent nederland belgie belgique france
  qwerty qwertyuiop azerty azertyuiop asdfghjkl zxcvbnm wxcvbn qwertz koppel mpluskassa softmaat mplus kassa webshop
  winkel magasin boutique default guest gast test testtest testing user gebruiker utilisateur root toor company bedrijf
  societe summer winter spring zomer zondag maandag january januari janvier december michael jennifer jordan hunter
  whatever trustno correcthorsebatterystaple opensesame abracadabra mustang corvette ferrari mercedes liverpool arsenal
  barcelona chelsea juventus feyenoord ajax anderlecht clubbrugge standard loveyou lovelove babygirl chocolate cheese`.split(
    /\s+/,
  ),
);

/** Rows that fingers run along, forwards and backwards. */
const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  '1234567890qwertyuiopasdfghjklzxcvbnm',
  '1234567890azertyuiopqsdfghjklmwxcvbn',
  'qwertyuiopasdfghjklzxcvbnm1234567890',
  'azertyuiopqsdfghjklmwxcvbn1234567890',
  '1q2w3e4r5t6y7u8i9o0p',
  '1a2z3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '1aqz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  'qazwsxedcrfvtgbyhnujmikolp',
  'aqwzsxedcrfvtgbyhnujikolp',
];

const standIns: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

const lettersOf = (text: string): string => text.replace(/[^\p{L}]/gu, '');

/** Whether a password, in the form in which it is checked, is one that is guessed first. */
export function isCommon(password: string): boolean {
  const text = password.toLowerCase();
  const shortest = unrepeated(text);
  if (shortest.length <= 3) return true;
  if (isRow(shortest)) return true;
  const bare = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const spelled = [...bare].map((character) => standIns[character] ?? character).join('');
  return [shortest, bare, spelled].some((form) => words.has(unrepeated(lettersOf(form))));
}

/** The least part of which the text is made by repetition; the last time may be cut short. */
function unrepeated(text: string): string {
  for (let length = 1; length <= text.length / 2; length++) {
    const part = text.slice(0, length);
    if (part.repeat(Math.ceil(text.length / length)).startsWith(text)) return part;
  }
  return text;
}

function isRow(text: string): boolean {
  const backwards = [...text].reverse().join('');
  return rows.some((row) => row.includes(text) || row.includes(backwards));
}
