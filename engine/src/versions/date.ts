import type { Order, Unparsable, VersionScheme } from './scheme.ts';

const day = /^([0-9]{4})([-./]?)([0-9]{1,2})\2([0-9]{1,2})(?:T(.+))?$/;
const time = /^([0-9]{2})([-:]?)([0-9]{2})\2([0-9]{2})Z?$/;

/**
 * Versions that are a date, with or without a time: 2024-01-15, 20240115, 2024.1.15, RELEASE.2024-01-16T16-07-38Z. A date
 * alone is the start of its day. They are read as YYYYMMDDhhmmss.
 */
export const date: VersionScheme<number> = {
  parse,
  compare: (a, b): Order => (a === b ? 0 : a < b ? -1 : 1),
};

function parse(text: string): number | Unparsable {
  const [, year = '', separator, month = '', dayOfMonth = '', clock] =
    day.exec(text.startsWith('RELEASE.') ? text.slice(8) : text) ?? [];
  if (separator === undefined) return { problem: 'the version is not a date' };
  if (separator === '' && month.length + dayOfMonth.length < 4) return { problem: 'the date has too few digits' };
  if (!isDay(Number(year), Number(month), Number(dayOfMonth))) return { problem: 'there is no such day' };
  const seconds = clock === undefined ? 0 : parseClock(clock);
  if (seconds === null) return { problem: 'what follows the date is not a time' };
  return (Number(year) * 10_000 + Number(month) * 100 + Number(dayOfMonth)) * 1_000_000 + seconds;
}

function parseClock(text: string): number | null {
  const [, hours = '', separator, minutes = '', seconds = ''] = time.exec(text) ?? [];
  if (separator === undefined || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 60) return null;
  return Number(hours) * 10_000 + Number(minutes) * 100 + Number(seconds);
}

/** Software is younger than 1970. */
function isDay(year: number, month: number, dayOfMonth: number): boolean {
  if (year < 1970 || month < 1 || month > 12) return false;
  return dayOfMonth >= 1 && dayOfMonth <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
