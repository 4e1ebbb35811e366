/** CEL for the editor: what is what in a text, read from the left without looking back. */
import { StreamLanguage, type StreamParser } from '@codemirror/language';

const parser: StreamParser<{ afterDot: boolean }> = {
  name: 'cel',
  startState: () => ({ afterDot: false }),
  token(stream, state) {
    const { afterDot } = state;
    state.afterDot = false;
    if (stream.eatSpace()) return null;
    if (stream.match(/^\/\/.*/u)) return 'comment';
    if (stream.match(/^[rR]?(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)/u)) return 'string';
    if (stream.match(/^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?u?/u)) return 'number';
    if (stream.match(/^\.\??/u)) {
      state.afterDot = true;
      return 'punctuation';
    }
    if (stream.match(/^[A-Za-z_]\w*/u))
      return word(stream.current(), stream.match(/^\s*\(/u, false) !== null, afterDot);
    if (stream.match(/^(?:&&|\|\||[=!<>]=|[-+*/%<>!?:])/u)) return 'operator';
    stream.next();
    return 'bracket';
  },
};

function word(name: string, isCalled: boolean, afterDot: boolean): string {
  if (isCalled) return 'keyword';
  if (afterDot) return 'propertyName';
  if (name === 'true' || name === 'false' || name === 'null') return 'atom';
  return name === 'in' ? 'operator' : 'variableName';
}

export const cel = StreamLanguage.define(parser);
