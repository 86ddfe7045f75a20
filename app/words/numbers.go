package words

import (
	"fyne.io/fyne/v2/lang"
	"golang.org/x/text/number"
)

// Bytes formats a number of bytes: "3.4 GB", "512 bytes". Units are powers of
// 1000, as on the label of a disk.
func Bytes(n int64) string {
	if n < 1000 {
		return Count(n, Phrase("{{.Count}} bytes"))
	}
	f, units := float64(n)/1000, []string{
		Phrase("kB"), Phrase("MB"), Phrase("GB"), Phrase("TB"), Phrase("PB"), Phrase("EB"),
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

// Speed formats bytes per second: "1.2 MB/s".
func Speed(n int64) string {
	return lang.L("{{.Size}}/s", map[string]any{"Size": Bytes(n)})
}

// Count translates text in the plural form for n, with n in place of
// {{.Count}}.
func Count(n int64, text string) string {
	return lang.N(text, int(n), map[string]any{"Count": Number(n)})
}

// Number formats a number with its digits in groups: "1,243".
func Number(n int64) string { return numbers.Sprint(number.Decimal(n)) }
