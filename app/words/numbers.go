package words

import (
	"math"

	"fyne.io/fyne/v2/lang"
	"golang.org/x/text/number"
)

// Bytes formats a number of bytes: "3.4 GB", "512 bytes". Units are powers of
// 1000, as on the label of a disk.
func Bytes(n int64) string {
	if n < 1000 {
		return Count(n, Phrase("{{.Count}} bytes"))
	}
	size, unit := unitOf(n)
	return inUnit(n, size) + " " + lang.L(unit)
}

// BytesOf formats how much of something is done, both in one unit: "34 of 60 MB".
func BytesOf(done, all int64) string {
	text := lang.N("{{.Count}} bytes", int(all), map[string]any{"Count": Number(all)})
	part := Number(done)
	if all >= 1000 {
		size, unit := unitOf(all)
		text, part = inUnit(all, size)+" "+lang.L(unit), inUnit(done, size)
	}
	return lang.L("{{.Done}} of {{.All}}", map[string]any{"Done": part, "All": text})
}

// unitOf returns how many bytes the unit is in which n is told, and its name.
func unitOf(n int64) (size float64, unit string) {
	units := []string{Phrase("kB"), Phrase("MB"), Phrase("GB"), Phrase("TB"), Phrase("PB"), Phrase("EB")}
	size = 1000
	for float64(n)/size >= 999.5 && len(units) > 1 {
		size, units = size*1000, units[1:]
	}
	return size, units[0]
}

// inUnit formats n in a unit of so many bytes, with two digits where it is small.
func inUnit(n int64, size float64) string {
	f, digits := float64(n)/size, 0
	if f < 9.95 {
		digits = 1
	}
	return numbers.Sprint(number.Decimal(f, number.MaxFractionDigits(digits)))
}

// Count translates text in the plural form for n, with n in place of
// {{.Count}}.
func Count(n int64, text string) string {
	return lang.N(text, int(n), map[string]any{"Count": Number(n)})
}

// Percent formats how much of something is done: "41%". It never says more than is done.
func Percent(done, all int64) string {
	whole := 100 * float64(done) / float64(max(all, 1))
	return numbers.Sprint(number.Percent(math.Floor(whole)/100, number.MaxFractionDigits(0)))
}

// Number formats a number with its digits in groups: "1,243".
func Number(n int64) string { return numbers.Sprint(number.Decimal(n)) }
