package app

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// bytesText says a number of bytes as people do: "3.4 GB", "512 bytes".
// Units are powers of 1000, as on the label of a disk.
func bytesText(n int64) string {
	if n == 1 {
		return "1 byte"
	}
	if n < 1000 {
		return strconv.FormatInt(n, 10) + " bytes"
	}
	f, units := float64(n)/1000, []string{"kB", "MB", "GB", "TB", "PB", "EB"}
	for f >= 999.5 && len(units) > 1 {
		f, units = f/1000, units[1:]
	}
	if f < 9.95 {
		return strings.TrimSuffix(strconv.FormatFloat(f, 'f', 1, 64), ".0") + " " + units[0]
	}
	return strconv.FormatFloat(f, 'f', 0, 64) + " " + units[0]
}

// countText says how many: "1 file", "1,243 files".
func countText(n int64, one, many string) string {
	return groupText(n) + " " + plural(n, one, many)
}

func plural(n int64, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// groupText writes a number with a comma after every three digits.
func groupText(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// clockText says how long something lasted: "0:07", "12:34", "1:02:03".
func clockText(d time.Duration) string {
	s := max(0, int(d/time.Second))
	if s < 3600 {
		return fmt.Sprintf("%d:%02d", s/60, s%60)
	}
	return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
}
