/** Text as a LIKE pattern that matches it and nothing else. */
export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
