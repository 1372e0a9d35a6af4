import { parseArgs } from 'node:util';

/** What a run was asked for. */
export interface Options {
  name: string;
  hosts: number;
  /** Hosts in the database in all: those above `hosts` are copied there and never speak. */
  total: number;
  software: number;
  seed: string;
  connections: number;
  seconds: number;
  churn: number;
  /** Run it at three sizes, to see how it grows. */
  growth: boolean;
  serverUrl: string;
  secret: string;
  /** Folder whose server is kept, and used again when it is there; empty: a temporary one. */
  keep: string;
}

/** @throws Error with a sentence about what is wrong */
export function readOptions(args: string[]): Options {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      hosts: { type: 'string', default: '2000' },
      total: { type: 'string', default: '0' },
      software: { type: 'string', default: '300' },
      seed: { type: 'string', default: '1' },
      connections: { type: 'string', default: '64' },
      seconds: { type: 'string', default: '0' },
      churn: { type: 'string', default: '0.02' },
      growth: { type: 'boolean', default: false },
      'server-url': { type: 'string', default: '' },
      secret: { type: 'string', default: '' },
      keep: { type: 'string', default: '' },
    },
  });
  const number = (name: 'hosts' | 'total' | 'software' | 'connections' | 'seconds' | 'churn') => {
    const value = Number(values[name]);
    if (!Number.isFinite(value) || value < 0) throw new Error(`--${name} must be a number`);
    return value;
  };
  return {
    name: positionals[0] ?? '',
    hosts: number('hosts'),
    total: number('total'),
    software: number('software'),
    seed: values.seed,
    connections: number('connections'),
    seconds: number('seconds'),
    churn: number('churn'),
    growth: values.growth,
    serverUrl: values['server-url'],
    secret: values.secret,
    keep: values.keep,
  };
}
