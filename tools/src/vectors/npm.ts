import { writeVectors } from './ecosystem-vectors.ts';

const asker = `
const { parse, compareLoose } = require('semver');
const lines = require('node:fs').readFileSync(0, 'utf8').replace(/\\n$/, '').split('\\n');
const isValid = (text) => parse(text, { loose: true }) !== null;
for (const line of lines) {
  const [a, b] = line.split('\\t');
  if (!isValid(a) || (b !== '' && !isValid(b))) console.log('!');
  else console.log(b === '' ? '=' : { '-1': '<', 0: '=', 1: '>' }[compareLoose(a, b)]);
}`;

const pieces =
  '. - + 0 00 1 9 10 v = .0 01 9007199254740992 alpha beta rc next canary A z -rc.1 -alpha .x +build -0 ' +
  '-- -beta.10';

writeVectors(
  {
    scheme: 'npm',
    pieces: pieces.split(' '),
    command: [process.execPath, '-e', asker],
    // It splits a number in two where a fourth one follows, and compares long numbers of pre-releases inexactly.
    isLeftOut: (text) => /^[v=]*\d+\.\d+\.\d+\./.test(text) || /[-.]\d{16}/.test(text),
  },
  process.argv[2],
);
