import * as z from 'zod';
import { labelSchema } from '../../models/annotations/labelLine';
import { projectSchema } from './projectSchema';

/** A schema for editors and other programs, made from the one that this program reads with. */
const schemaText = (schema: z.ZodType, title: string): string => {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
};

/** The JSON schemas that are published, by their file names in `schemas/`. */
export function jsonSchemas(): ReadonlyMap<string, string> {
  return new Map([
    ['project.schema.json', schemaText(projectSchema, 'Project of Glossator')],
    ['annotation.schema.json', schemaText(labelSchema, 'Line of a Glossator annotation file')],
  ]);
}
