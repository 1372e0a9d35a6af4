import { writeVectors } from './ecosystem-vectors.ts';

const asker = `
STDIN.each_line(chomp: true) do |line|
  a, b = line.split("\\t", -1)
  b = a if b.empty?
  valid = [a, b].all? { |text| Gem::Version.correct?(text) }
  puts(valid ? %w[= > <][Gem::Version.new(a) <=> Gem::Version.new(b)] : '!')
end
`;

const pieces =
  '. - .. 0 00 1 9 10 .0 a Z b2 .pre .rc1 .beta.2 .alpha -java -1 .pre.1 .0.a .0.0 _ + ' +
  '99999999999999999999 .RC --';

writeVectors(
  {
    scheme: 'rubygems',
    pieces: pieces.split(' '),
    command: ['ruby', '-e', asker],
  },
  process.argv[2],
);
