/** What a password must have, as the server checks it. */
export const passwordRules = [
  { words: 'At least 12 characters', holds: (password: string) => [...password].length >= 12 },
  { words: 'A digit', holds: (password: string) => /\d/.test(password) },
  { words: 'A symbol, such as - or !', holds: (password: string) => /[^\p{L}\p{N}\s]/u.test(password) },
] as const;

export const isGoodPassword = (password: string): boolean => passwordRules.every((rule) => rule.holds(password));
