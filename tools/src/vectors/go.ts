import { writeVectors } from './ecosystem-vectors.ts';

const manifest = 'module asker\n\ngo 1.24\n\nrequire golang.org/x/mod v0.30.0\n';

/** Of the packages that the go command itself uses. */
const asker = `
package main

import (
	"bufio"
	"fmt"
	"go/version"
	"os"
	"strings"

	"golang.org/x/mod/semver"
)

type order struct {
	isValid func(string) bool
	compare func(string, string) int
}

func main() {
	modules := order{semver.IsValid, semver.Compare}
	releases := order{version.IsValid, version.Compare}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		a, b, _ := strings.Cut(lines.Text(), "\\t")
		if b == "" {
			b = a
		}
		order := modules
		if strings.HasPrefix(a, "go") {
			order = releases
		} else {
			a, b = "v"+strings.TrimPrefix(a, "v"), "v"+strings.TrimPrefix(b, "v")
		}
		if strings.HasPrefix(a, "go") != strings.HasPrefix(b, "go") || !order.isValid(a) || !order.isValid(b) {
			fmt.Println("!")
			continue
		}
		fmt.Println([]string{"<", "=", ">"}[order.compare(a, b)+1])
	}
}
`;

const pieces =
  '. - + 0 00 1 9 10 v .0 01 a Z -rc.1 -alpha rc1 rc2 beta1 +incompatible -0 -- -beta.10 ' +
  '-0.20200102030405-abcdefabcdef .0.20190930145003-cad42f6e0932';

writeVectors(
  {
    scheme: 'go',
    pieces: pieces.split(' '),
    command: ['go', 'run', '-mod=mod', '.'],
    sources: { 'go.mod': manifest, 'main.go': asker },
    // To the go command, go1.21 and later without a third number are languages and no releases.
    isLeftOut: (text) =>
      /^go1\.(2[1-9]|[3-9]\d|\d{3,})(-.*)?$/.test(text) ||
      /^go([2-9]|\d{2,})/.test(text) ||
      /^\d+(\.\d+)?[a-z]/.test(text),
  },
  process.argv[2],
);
