package app

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/app/words"
)

// The limits that a person can choose from; 0 is none.
var (
	speeds      = []int{0, 250_000, 1_000_000, 5_000_000, 20_000_000} // bytes per second
	connections = []int{0, 20, 100, 500}
	fileSizes   = []int{0, 10_000_000, 100_000_000, 1_000_000_000, 4_000_000_000}
	addedSizes  = []int{0, 1_000_000_000, 10_000_000_000, 50_000_000_000, 200_000_000_000}
)

// newLimitsChoice is how much of the network and of this computer visitors get,
// and how much they may add. It counts at once, also for what is on its way.
func newLimitsChoice(store *settings.Store, onBounds func()) fyne.CanvasObject {
	speed := func(n int) string {
		return lang.L("{{.Size}} per second", map[string]any{"Size": words.Bytes(int64(n))})
	}
	size := func(n int) string { return words.Bytes(int64(n)) }
	count := func(n int) string {
		return lang.N("{{.Count}} connections", n, map[string]any{"Count": words.Number(int64(n))})
	}
	row := func(label string, key settings.Key[int], values []int, text func(int) string) fyne.CanvasObject {
		return newNumberRow(label, values, max(key.Get(store), 0), text, func(n int) { key.Set(store, n); onBounds() })
	}
	return kit.Paragraphs(
		kit.SelectRows(
			row(lang.L("Downloads, all together"), settings.Speed, speeds, speed),
			row(lang.L("Downloads, each device"), settings.SpeedPerDevice, speeds, speed),
			row(lang.L("At the same time"), settings.Connections, connections, count),
			row(lang.L("Added files, each"), settings.AddedFile, fileSizes, size),
			row(lang.L("Added files, all together"), settings.AddedTotal, addedSizes, size)),
		kit.NewHint(lang.L("So that something is left for others on your network. A browser takes up to six connections.")),
		kit.NewHint(lang.L("Whatever visitors add, 512 MB of the drive stay free.")))
}

// newNumberRow is a choice among numbers, with what it is about before it.
func newNumberRow(label string, values []int, now int, text func(int) string, onChosen func(int)) fyne.CanvasObject {
	options := make([]string, len(values))
	for i, n := range values {
		options[i] = text(n)
		if n == 0 {
			options[i] = lang.L("no limit")
		}
	}
	return kit.NewSelectRow(label, options, max(slices.Index(values, now), 0), func(i int) { onChosen(values[i]) })
}
