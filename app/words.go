package app

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2/lang"
	"golang.org/x/text/number"
)

// bytesText says a number of bytes as people do: "3.4 GB", "512 bytes".
// Units are powers of 1000, as on the label of a disk.
func bytesText(n int64) string {
	if n < 1000 {
		return countText(n, phrase("{{.Count}} bytes"))
	}
	f, units := float64(n)/1000, []string{
		phrase("kB"), phrase("MB"), phrase("GB"), phrase("TB"), phrase("PB"), phrase("EB"),
	}
	for f >= 999.5 && len(units) > 1 {
		f, units = f/1000, units[1:]
	}
	digits := 0
	if f < 9.95 {
		digits = 1
	}
	return numbers.Sprint(number.Decimal(f, number.MaxFractionDigits(digits))) + " " + lang.L(units[0])
}

// countText says a text for so many, which {{.Count}} in it stands for.
func countText(n int64, text string) string {
	return lang.N(text, int(n), map[string]any{"Count": groupText(n)})
}

// groupText writes a number with its digits in groups: "1,243".
func groupText(n int64) string { return numbers.Sprint(number.Decimal(n)) }

// spanText says how long something has lasted so far, without its seconds: each
// new text draws the window anew, and that would be most of what a share costs
// while nothing happens.
func spanText(d time.Duration) string {
	switch {
	case d < time.Minute:
		return lang.L("{{.Minutes}} min", map[string]any{"Minutes": "< 1"})
	case d < time.Hour:
		return lang.L("{{.Minutes}} min", map[string]any{"Minutes": int(d / time.Minute)})
	}
	return lang.L("{{.Time}} h", map[string]any{"Time": fmt.Sprintf("%d:%02d", int(d/time.Hour), int(d/time.Minute)%60)})
}

// clockText says how long something lasted: "0:07", "12:34", "1:02:03".
func clockText(d time.Duration) string {
	s := max(0, int(d/time.Second))
	if s < 3600 {
		return fmt.Sprintf("%d:%02d", s/60, s%60)
	}
	return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
}
