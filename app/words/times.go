package words

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2/lang"
	"golang.org/x/text/number"
)

// Duration formats how long something took, to be exact: "12 ms", "3.4 s",
// "12:34".
func Duration(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return lang.L("< 1 ms")
	case d < time.Second:
		return lang.L("{{.Count}} ms", map[string]any{"Count": Number(d.Milliseconds())})
	case d < time.Minute:
		tenths := number.Decimal(d.Truncate(100*time.Millisecond).Seconds(), number.Scale(1))
		return lang.L("{{.Count}} s", map[string]any{"Count": numbers.Sprint(tenths)})
	}
	return Clock(d)
}

// Clock formats a duration as a clock would: "0:07", "12:34", "1:02:03".
func Clock(d time.Duration) string {
	s := max(0, int(d/time.Second))
	if s < 3600 {
		return fmt.Sprintf("%d:%02d", s/60, s%60)
	}
	return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
}

// Minutes formats how long something has lasted so far: "< 1 min", "12 min",
// "1:02 h". It leaves the seconds out because each new text redraws the window,
// which would be most of what an idle share costs.
func Minutes(d time.Duration) string {
	switch {
	case d < time.Minute:
		return lang.L("{{.Minutes}} min", map[string]any{"Minutes": "< 1"})
	case d < time.Hour:
		return lang.L("{{.Minutes}} min", map[string]any{"Minutes": int(d / time.Minute)})
	}
	return lang.L("{{.Time}} h", map[string]any{"Time": fmt.Sprintf("%d:%02d", int(d/time.Hour), int(d/time.Minute)%60)})
}

// TimeOfDay formats the local time of day: "15:04".
func TimeOfDay(t time.Time) string { return t.Local().Format("15:04") }
