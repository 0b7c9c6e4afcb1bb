/** Levels of brackets in JSON. No file that Glossator reads has ten; a stack overflows at some thousands. */
const DEEPEST = 200;

/**
 * `JSON.parse` for files that anybody may have made: what it returns can be walked, checked and written again by
 * recursion.
 * @throws SyntaxError where the text is not JSON, or is nested too deeply
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (inString) {
      if (unit === 0x5c) i++;
      else if (unit === 0x22) inString = false;
    } else if (unit === 0x22) inString = true;
    else if (unit === 0x5b || unit === 0x7b) depth++;
    else if (unit === 0x5d || unit === 0x7d) depth--;
    if (depth > DEEPEST) throw new SyntaxError(`it is nested more than ${DEEPEST} levels deep`);
  }
  return value;
}
