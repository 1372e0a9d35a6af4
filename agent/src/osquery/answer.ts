/** The answer to one query, as osquery's distributed write has it. */
export interface Answer {
  /** A JSON array of objects whose cells are all strings. Kept as text: as objects a large one takes ten times as much. */
  rows: string;
  rowCount: number;
  /** 0, or 1 when the query failed. */
  status: 0 | 1;
  /** Why it failed. */
  message: string;
}

export const failed = (message: string): Answer => ({ rows: '[]', rowCount: 0, status: 1, message });

export const answered = (rows: string, rowCount = 1): Answer => ({ rows, rowCount, status: 0, message: '' });
