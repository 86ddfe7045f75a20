package cli

import (
	"io"
	"regexp"
)

// fyneLog passes on what is logged, except for what Fyne says about things that
// Windowsill does not use, or that nobody has to mend: a person who starts the
// program for the first time would take it for a failure.
type fyneLog struct {
	out      io.Writer
	dropping bool // the lines that explain a dropped one are dropped too
}

var (
	// Fyne's own preferences, settings and caches, for which Windowsill has its
	// own; a system without D-Bus, where the window does not follow the desktop's
	// colours; and a locale that is no language, where it speaks English.
	harmless = regexp.MustCompile(`(?i)Fyne error: .*(preferences|settings|(cache|storage) space|D-Bus|message to bus|locale)`)
	// Fyne logs a cause and a place as entries of their own.
	explanation = regexp.MustCompile(`  (Cause|At): ?`)
)

// Write is called once for each entry, by one goroutine at a time.
func (l *fyneLog) Write(entry []byte) (int, error) {
	l.dropping = harmless.Match(entry) || l.dropping && explanation.Match(entry)
	if l.dropping {
		return len(entry), nil
	}
	return l.out.Write(entry)
}
