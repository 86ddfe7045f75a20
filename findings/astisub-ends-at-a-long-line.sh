#!/bin/sh
# github.com/asticode/go-astisub v0.34.0 reads an SRT file of three cues, of which
# the second is one line of 70,000 letters, as two: the second is empty, the third
# is missing, and there is no error. A line of 60,000 letters is read, and so is
# what follows it.
# Guess before: all three cues, or an error.
# Seen: "60000: [5 60000 5] error <nil>", "70000: [5 0] error <nil>".
set -eu
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
cd "$T"
cat >go.mod <<'MOD'
module finding

go 1.23

require github.com/asticode/go-astisub v0.34.0
MOD
cat >main.go <<'GO'
package main

import (
	"fmt"
	"strings"

	astisub "github.com/asticode/go-astisub"
)

func main() {
	for _, n := range []int{60_000, 70_000} {
		text := "1\n00:00:01,000 --> 00:00:02,000\nfirst\n\n" +
			"2\n00:00:03,000 --> 00:00:04,000\n" + strings.Repeat("a", n) + "\n\n" +
			"3\n00:00:05,000 --> 00:00:06,000\nthird\n"
		s, err := astisub.ReadFromSRT(strings.NewReader(text))
		if s == nil {
			s = new(astisub.Subtitles)
		}
		letters := []int{}
		for _, cue := range s.Items {
			letters = append(letters, len(cue.String()))
		}
		fmt.Printf("%d: %v error %v\n", n, letters, err)
	}
}
GO
go mod tidy >/dev/null 2>&1
go run . | tee seen
printf '60000: [5 60000 5] error <nil>\n70000: [5 0] error <nil>\n' | cmp - seen
