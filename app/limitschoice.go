package app

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
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
func newLimitsChoice(m memory, onBounds func()) fyne.CanvasObject {
	speed := func(n int) string {
		return lang.L("{{.Size}} per second", map[string]any{"Size": words.Bytes(int64(n))})
	}
	size := func(n int) string { return words.Bytes(int64(n)) }
	count := func(n int) string {
		return lang.N("{{.Count}} connections", n, map[string]any{"Count": words.Number(int64(n))})
	}
	row := func(label, key string, values []int, text func(int) string) fyne.CanvasObject {
		return newNumberRow(label, values, m.limit(key), text, func(n int) { m.setLimit(key, n); onBounds() })
	}
	return kit.Paragraphs(
		kit.SelectRows(
			row(lang.L("Downloads, all together"), keySpeed, speeds, speed),
			row(lang.L("Downloads, each device"), keyPerDevice, speeds, speed),
			row(lang.L("At the same time"), keyConnections, connections, count),
			row(lang.L("Added files, each"), keyFile, fileSizes, size),
			row(lang.L("Added files, all together"), keyAdded, addedSizes, size)),
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

// bounds are the limits that the person has chosen.
func (m memory) bounds() server.Bounds {
	return server.Bounds{
		Most:        server.Most{All: int64(m.limit(keySpeed)), PerDevice: int64(m.limit(keyPerDevice))},
		Connections: m.limit(keyConnections),
		File:        int64(m.limit(keyFile)), Added: int64(m.limit(keyAdded)),
	}
}
