/** Writes XML text: escaping and elements of one prefix. Empty texts become an open-close pair, because one of the vendor's clients fails on a self-closed element. */
import { dropControls } from './xml-reader.js';

const special = /[&<>\r]/g;
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

/** Text as element content. Control characters that XML cannot carry are dropped. */
export function escapeText(text: string): string {
  return dropControls(text).replace(special, (char) => escapes[char]!);
}

/** One element around content that is already XML. */
export function element(prefix: string, name: string, content: string): string {
  return `<${prefix}${name}>${content}</${prefix}${name}>`;
}

/** A whole envelope without a header. `prefix` with its colon is declared as the vendor's namespace. */
export function envelope(prefix: string, body: string): string {
  const declared = prefix === '' ? '' : ` xmlns:${prefix.slice(0, -1)}="urn:mplusqapi"`;
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"${declared}>` +
    `<SOAP-ENV:Body>${body}</SOAP-ENV:Body></SOAP-ENV:Envelope>`
  );
}
