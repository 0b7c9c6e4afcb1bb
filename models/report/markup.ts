/** HTML that is safe to put into a page as it is. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What a template may hold: text is escaped, nothing is left out silently but `undefined` and `null`. */
export type Content = Markup | string | number | undefined | null | readonly Content[];

/** A template of HTML: whatever is put into it is escaped unless it is `Markup` itself. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const text = strings.map((string, i) => (i === 0 ? string : `${textOf(values[i - 1])}${string}`));
  return new Markup(text.join(''));
}

function textOf(content: Content): string {
  if (content === undefined || content === null) return '';
  if (content instanceof Markup) return content.text;
  if (typeof content === 'object') return content.map(textOf).join('');
  return escapeHtml(String(content));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
