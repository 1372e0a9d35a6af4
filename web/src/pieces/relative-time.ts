const units = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** The server writes a moment of the distant past where it has none. */
export const isNever = (moment: string | null | undefined): boolean =>
  moment == null || !(new Date(moment).getUTCFullYear() > 2000);

/** "4 minutes", "3 days": how long, in its largest unit. */
export function duration(seconds: number): string {
  for (const [unit, size] of units) {
    const amount = Math.floor(seconds / size);
    if (amount >= 1) return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
  }
  return 'less than a minute';
}

/** "4 minutes ago"; clocks differ a little, so the near future is now as well. */
export function ago(moment: string | null | undefined, now: number): string {
  if (moment == null || isNever(moment)) return 'never';
  const seconds = (now - Date.parse(moment)) / 1000;
  if (seconds < -60) return `in ${duration(-seconds)}`;
  return seconds < 60 ? 'just now' : `${duration(seconds)} ago`;
}

/** "4 minutes old"; for what was never there, see `isNever`. */
export function age(moment: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(moment)) / 1000);
  return seconds < 60 ? 'less than a minute old' : `${duration(seconds)} old`;
}

// Made once: a formatter takes as long to make as a row of a list to draw.
const moments = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' });
const days = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });

/** The exact moment with its zone, as the person's own settings write it. */
export const exact = (moment: string): string => moments.format(new Date(moment));

/** The day of a moment, where the person is, as the person's own settings write it. */
export const day = (moment: string): string => days.format(new Date(moment));

/** A moment as a date-and-time field holds it (local, to the minute), and back. */
export function toField(moment: string): string {
  const date = new Date(moment);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

export function fromField(text: string): string | undefined {
  const date = new Date(text);
  return text === '' || Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** "0.4 s", "12 s", "3 min 20 s", "2 h 5 min": how long something takes or took. */
export function took(seconds: number): string {
  if (seconds < 0) return '0 s';
  if (seconds < 1) return `${seconds.toFixed(1)} s`;
  const whole = Math.floor(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
}
