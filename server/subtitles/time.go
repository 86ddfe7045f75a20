package subtitles

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// timing matches a line that says when a subtitle is shown: "0:01:02,345 -->
// 0:01:04". WebVTT leaves out the hours, and has settings behind.
var timing = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\s*(` + clock + `)\s*-->\s*(` + clock + `)(\s.*)?$`)
})

const clock = `(?:\d{1,4}:)?\d{1,2}:\d{1,2}(?:[.,:]\d{1,9})?`

// readTiming reads such a line.
func readTiming(line string) (from, to time.Duration, settings string, ok bool) {
	m := timing().FindStringSubmatch(line)
	if m == nil {
		return 0, 0, "", false
	}
	return readClock(m[1]), readClock(m[2]), strings.TrimSpace(m[3]), true
}

// readClock reads what clock matches.
func readClock(text string) (t time.Duration) {
	parts := strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(".,:", c) })
	whole := strings.Count(text, ":") + 1
	if i := strings.LastIndexAny(text, ".,"); i < 0 && whole == 4 { // "0:01:02:345"
		whole = 3
	}
	for _, part := range parts[:min(whole, len(parts))] {
		n, _ := strconv.Atoi(part)
		t = t*60 + time.Duration(n)
	}
	t *= time.Second
	if len(parts) > whole {
		fraction, _ := strconv.ParseFloat("0."+parts[whole], 64)
		t += time.Duration(fraction*1000+.5) * time.Millisecond
	}
	return t
}

// vttClock writes a time as WebVTT has it.
func vttClock(t time.Duration) string {
	return fmt.Sprintf("%02d:%02d:%02d.%03d", t/time.Hour, t/time.Minute%60, t/time.Second%60, t/time.Millisecond%1000)
}
