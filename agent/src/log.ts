export type Fields = Record<string, unknown>;

/** Writes JSON lines: a fixed message, and what varies as fields. Secrets are never given to it. */
export interface Log {
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

export function createLog(write: (line: string) => void = (line) => void process.stdout.write(line)): Log {
  const at = (level: string) => (message: string, fields?: Fields) =>
    write(`${JSON.stringify({ level, time: new Date().toISOString(), ...fields, msg: message })}\n`);
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
