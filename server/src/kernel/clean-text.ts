/**
 * What an agent sent, as PostgreSQL can keep it: without U+0000, which osquery 5.20 appends to the processor's name, and
 * without halves of surrogate pairs.
 */
export const cleanText = (text: string) => text.replaceAll('\0', '').toWellFormed();
