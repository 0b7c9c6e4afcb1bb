/** What a link says, and the command of the client that it runs. */
export type LinkedAction = readonly [title: string, command: string];

/** Links to commands with one argument, in a line of Markdown. */
export function commandLinks(actions: readonly LinkedAction[], argument: object): string {
  const encoded = encodeURIComponent(JSON.stringify([argument])).replace(/[()]/g, (sign) =>
    sign === '(' ? '%28' : '%29',
  );
  return actions.map(([title, command]) => `[${title}](command:${command}?${encoded})`).join(' · ');
}
