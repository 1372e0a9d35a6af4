/** A type as the recorded shapes of the contract write it. */
export type Shape =
  | { kind: 'scalar'; name: string }
  | { kind: 'list'; of: Shape }
  | { kind: 'object'; fields: { name: string; isOptional: boolean; shape: Shape }[] }
  | { kind: 'union'; of: Shape[] };

export interface Endpoint {
  path: string;
  shape: Shape;
}

/** Reads a file of endpoints: a line `GET <path>  query: …` and then the shape of the answer. */
export function parseEndpoints(text: string): Endpoint[] {
  return text
    .split(/^GET /m)
    .slice(1)
    .map((part) => {
      const [head = '', ...lines] = part.split('\n');
      return { path: head.split(' ')[0] ?? '', shape: parseShape(lines.join('\n')) };
    });
}

function parseShape(text: string): Shape {
  const tokens = text.match(/\[\]|[{}|:?]|[\w.-]+(?:\([\w-]+\))?/g) ?? [];
  let at = 0;
  const next = () => {
    at += 1;
    return tokens[at - 1] ?? '';
  };
  const union = (): Shape => {
    const of = [term()];
    while (tokens[at] === '|') {
      next();
      of.push(term());
    }
    return of.length === 1 && of[0] ? of[0] : { kind: 'union', of };
  };
  const term = (): Shape => {
    let shape = tokens[at] === '{' ? object() : ({ kind: 'scalar', name: next() } as Shape);
    for (; tokens[at] === '[]'; next()) shape = { kind: 'list', of: shape };
    return shape;
  };
  const object = (): Shape => {
    const fields: { name: string; isOptional: boolean; shape: Shape }[] = [];
    next();
    while (tokens[at] !== '}' && at < tokens.length) {
      const name = next();
      const isOptional = tokens[at] === '?';
      if (isOptional) next();
      next();
      fields.push({ name, isOptional, shape: union() });
    }
    next();
    return { kind: 'object', fields };
  };
  return union();
}

const scalars: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  'string(date-time)': (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
  integer: Number.isSafeInteger,
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  // Where the recorded server had nothing, something is fine too.
  null: () => true,
  any: () => true,
};

/** Every way in which a value is not of a shape. Keys beyond those of the shape are allowed. */
export function differences(value: unknown, shape: Shape, path = ''): string[] {
  switch (shape.kind) {
    case 'scalar':
      return scalars[shape.name]?.(value) ? [] : [`${path}: ${JSON.stringify(value)} is no ${shape.name}`];
    case 'list':
      if (!Array.isArray(value)) return [`${path}: ${JSON.stringify(value)} is no list`];
      return value.flatMap((one, index) => differences(one, shape.of, `${path}[${index}]`));
    case 'object':
      if (value === null || typeof value !== 'object') return [`${path}: ${JSON.stringify(value)} is no object`];
      return shape.fields.flatMap(({ name, isOptional, shape: of }) => {
        const own = (value as Record<string, unknown>)[name];
        if (own === undefined) return isOptional ? [] : [`${path}.${name}: is missing`];
        return differences(own, of, `${path}.${name}`);
      });
    case 'union': {
      const isNullable = shape.of.some((one) => one.kind === 'scalar' && one.name === 'null');
      if (value === null) return isNullable ? [] : [`${path}: is null`];
      const others = shape.of.filter((one) => one.kind !== 'scalar' || one.name !== 'null');
      const tries = others.map((one) => differences(value, one, path));
      return tries.find((one) => one.length === 0) ?? tries[0] ?? [];
    }
  }
}
