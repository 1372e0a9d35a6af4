import { writeVectors } from './ecosystem-vectors.ts';

const manifest = `
[package]
name = "asker"
version = "1.0.0"
edition = "2021"
[dependencies]
semver = "=1.0.27"
`;

/** Of the crate that Cargo itself uses. */
const asker = `
use semver::Version;
use std::{cmp::Ordering, io};
fn main() {
    for line in io::stdin().lines().map(|line| line.expect("a line")) {
        let (a, b) = line.split_once('\\t').expect("two versions");
        let second = if b.is_empty() { a } else { b };
        let answer = match (Version::parse(a), Version::parse(second)) {
            (Ok(a), Ok(b)) => match a.cmp_precedence(&b) {
                Ordering::Less => "<",
                Ordering::Equal => "=",
                Ordering::Greater => ">",
            },
            _ => "!",
        };
        println!("{answer}");
    }
}
`;

const pieces =
  '. - + 0 00 1 9 10 v .0 01 a Z -rc.1 -alpha .x +build -0 -- -beta.10 +1.001 -01 .9999999999999 -a.b ' + '.1 alpha';

writeVectors(
  {
    scheme: 'semver',
    pieces: pieces.split(' '),
    command: ['cargo', 'run', '--quiet'],
    sources: { 'Cargo.toml': manifest, 'src/main.rs': asker },
    // The crate refuses numbers of more than 64 bits.
    isLeftOut: (text) => /\d{19}/.test(text),
  },
  process.argv[2],
);
