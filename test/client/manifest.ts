import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const root = path.resolve(__dirname, '..', '..', '..');

const colors = z.object({
  light: z.string(),
  dark: z.string(),
  highContrast: z.string(),
  highContrastLight: z.string(),
});

const manifestSchema = z.object({
  contributes: z.object({
    commands: z.array(z.object({ command: z.string(), title: z.string(), category: z.string() })),
    keybindings: z.array(
      z.object({ command: z.string(), key: z.string(), mac: z.string().optional(), when: z.string() }),
    ),
    colors: z.array(z.object({ id: z.string(), description: z.string(), defaults: colors })),
    configuration: z.object({
      properties: z.record(z.string(), z.object({ default: z.unknown(), markdownDescription: z.string() })),
    }),
    semanticTokenModifiers: z.array(z.object({ id: z.string() })),
  }),
});

/** What package.json tells the editor. */
export function manifest(): z.infer<typeof manifestSchema> {
  return manifestSchema.parse(JSON.parse(manifestText()));
}

export function manifestText(): string {
  return readFileSync(path.join(root, 'package.json'), 'utf8');
}

/** The texts that package.json refers to as `%key%`. */
export function manifestStrings(): Readonly<Record<string, string>> {
  const text = readFileSync(path.join(root, 'package.nls.json'), 'utf8');
  return z.record(z.string(), z.string()).parse(JSON.parse(text));
}
