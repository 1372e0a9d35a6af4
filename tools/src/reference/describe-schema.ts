/** JSON Schema as far as the contract uses it. */
export interface Schema {
  type?: string;
  description?: string;
  default?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  patternProperties?: Record<string, Schema>;
}

/** A type in a few words: `integer`, `string or null`, `one of online, offline`, `array of objects`. */
export function describeType(schema: Schema): string {
  if (schema.enum) return `one of ${schema.enum.map((value) => `\`${value}\``).join(', ')}`;
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.anyOf) return [...new Set(schema.anyOf.map(describeType))].join(' or ');
  if (schema.type === 'array' && schema.items) return `array of ${plural(describeType(schema.items))}`;
  if (schema.patternProperties) return 'object by name';
  return schema.format === 'date-time' ? 'time' : (schema.type ?? 'any');
}

const plural = (type: string) => (/^[a-z]+$/.test(type) ? `${type}s` : `(${type})`);

/** The bounds of a value: `0 to 10000`, `at most 255 characters`. */
export function describeBounds({ minimum, maximum, minLength, maxLength }: Schema): string {
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  if (minimum !== undefined) return `at least ${minimum}`;
  if (maximum !== undefined) return `at most ${maximum}`;
  if (minLength !== undefined && maxLength !== undefined) return `${minLength} to ${maxLength} characters`;
  return maxLength === undefined ? '' : `at most ${maxLength} characters`;
}

export interface Field {
  name: string;
  type: string;
  isRequired: boolean;
  about: string;
}

/** The fields of an object, with those of objects inside it as `outer.inner` and of lists as `outer[].inner`. */
export function fieldsOf(schema: Schema, prefix = ''): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = prefix + name;
    const about = [field.description, describeBounds(field)].filter(Boolean).join('; ');
    const here = { name: path, type: describeType(field), isRequired: schema.required?.includes(name) ?? false, about };
    return [here, ...fieldsInside(field, path)];
  });
}

function fieldsInside(field: Schema, path: string): Field[] {
  if (field.properties) return fieldsOf(field, `${path}.`);
  if (field.items) return fieldsInside(field.items, `${path}[]`);
  return (field.anyOf ?? []).flatMap((each) => fieldsInside(each, path));
}
