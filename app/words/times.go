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

// About formats how long something will take, as a person would say it: "about 4 min".
func About(d time.Duration) string {
	minutes := max(1, int((d+30*time.Second)/time.Minute))
	if minutes > 10 {
		minutes = (minutes + 2) / 5 * 5
	}
	switch {
	case d < 45*time.Second:
		return lang.L("under 1 min")
	case d >= 24*time.Hour:
		return lang.L("more than a day")
	case minutes == 1: // in some languages "about" is followed by a plural
		return lang.L("{{.Minutes}} min", map[string]any{"Minutes": Number(1)})
	case minutes < 60:
		return lang.L("about {{.Count}} min", map[string]any{"Count": Number(int64(minutes))})
	}
	return lang.L("about {{.Count}} h", map[string]any{"Count": Number(int64((d + 30*time.Minute) / time.Hour))})
}

// TimeOfDay formats the local time of day: "15:04".
func TimeOfDay(t time.Time) string { return t.Local().Format("15:04") }
