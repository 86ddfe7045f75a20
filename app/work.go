package app

import (
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"windowsill/app/words"
	"windowsill/server"
)

// work is what a device is doing and how long that will take: "film.mp4 · 34 of 60 MB ·
// about 4 min". Several transfers are one: "3 files · 41%".
type work struct {
	text     string
	short    string // without the sizes, where there is no room for them
	progress float32
}

func workOf(running []server.Transfer, p *pace, now time.Time) work {
	if len(running) == 0 {
		return work{}
	}
	var done, all int64
	for _, t := range running {
		done += t.Done
		if all >= 0 && t.Total >= 0 {
			all += t.Total
		} else {
			all = -1
		}
	}
	what, parts := whatMoves(running), []string{doneText(running, done, all)}
	progress := float32(-1)
	if all >= 0 {
		progress = float32(float64(done) / float64(max(all, 1)))
	}
	switch left := p.left(all-done, now); {
	case p.isStalled(now):
		parts = append(parts, lang.L("waiting"))
	case left > 0 && all >= 0:
		parts = append(parts, words.About(left))
	}
	return work{
		text: strings.Join(append([]string{what}, parts...), " · "), short: strings.Join([]string{what, parts[len(parts)-1]}, " · "),
		progress: progress,
	}
}

// whatMoves names the one thing that is on its way, or says how many there are.
func whatMoves(running []server.Transfer) string {
	if len(running) > 1 {
		return words.Count(int64(len(running)), words.Phrase("{{.Count}} files"))
	}
	return words.Visible(running[0].Name)
}

// doneText says how much is done, and whether it comes in.
func doneText(running []server.Transfer, done, all int64) string {
	text := words.Bytes(done)
	switch {
	case all >= 0 && len(running) > 2:
		text = words.Percent(done, all)
	case all >= 0:
		text = words.BytesOf(done, all)
	}
	if running[0].Kind == server.Arrival {
		text = lang.L("{{.Size}} received", map[string]any{"Size": text})
	}
	return text
}
