package page

import "strconv"

// noBreak is a space at which a line does not end.
const noBreak = "\u00a0"

// size writes bytes as people do: decimal units, one digit after the point at most, "2.4 MB".
func size(bytes int64) string {
	if bytes < 1000 {
		return strconv.FormatInt(bytes, 10) + noBreak + "B"
	}
	// In tenths of the unit, so that 999,950 bytes are 1 MB and not 1000 kB.
	tenths, unit := (bytes/50+1)/2, 0
	for tenths >= 10_000 && unit < len(units)-1 {
		bytes, unit = bytes/1000, unit+1
		tenths = (bytes/50 + 1) / 2
	}
	number := strconv.FormatInt(tenths/10, 10)
	if tenths%10 != 0 {
		number += "." + strconv.FormatInt(tenths%10, 10)
	}
	return number + noBreak + units[unit]
}

var units = [...]string{"kB", "MB", "GB", "TB", "PB", "EB"}

// count writes a number with commas: "100,000".
func count(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// counted writes a number of things: "1 file", "1,200 files".
func counted(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return count(n) + " " + one + "s"
}
