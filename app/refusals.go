package app

import (
	"path"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/requests"
	"windowsill/app/words"
	"windowsill/server"
)

// Why a file was not taken (RFC 9110, section 15.5.14, and RFC 4918, section 11.5).
const (
	statusTooLarge = 413
	statusFull     = 507
)

// refusals are files that were not taken from a device, because there is no room for
// them. They are found in the log of requests.
type refusals struct {
	setLimits func()
	redraw    func()

	next    uint64    // number of the first request that was not looked at
	since   time.Time // of the share that next is about
	refused []refusal // the latest first, one of each device
}

// refusal is a file that was not taken.
type refusal struct {
	device deviceKey
	name   string // "" if it is not known
	at     time.Time
	full   bool // rather than too large
}

func newRefusals(setLimits, redraw func()) *refusals {
	return &refusals{setLimits: setLimits, redraw: redraw}
}

// matters returns what was refused, as far as the person has not hidden it.
func (x *refusals) matters(s server.Snapshot) (all []matter) {
	x.follow(s.Log, s.Since)
	names := namesOf(s.Devices)
	for _, r := range x.refused {
		all = append(all, matter{r, func() *kit.Prompt { return x.newCard(r, names.of(r.device)) }})
	}
	return all
}

// follow looks at the requests that are new in the log of a share, and forgets those of
// another share.
func (x *refusals) follow(log requests.Log, since time.Time) {
	if !since.IsZero() && !since.Equal(x.since) {
		*x = refusals{setLimits: x.setLimits, redraw: x.redraw, since: since}
	}
	first := log.First()
	for x.next = max(x.next, first); x.next < first+uint64(log.Len()); x.next++ {
		if r := log.At(int(x.next - first)); isRefused(r) {
			x.add(refusal{device: keyOf(r.Device, r.Addr), name: sentName(r.Target), at: r.Start, full: r.Status == statusFull})
		}
	}
}

// isRefused reports whether a request brought a file for which there is no room.
func isRefused(r *server.Request) bool {
	if r.Status != statusTooLarge && r.Status != statusFull {
		return false
	}
	ours := strings.HasPrefix(r.Target, "/.windowsill/") && !strings.HasPrefix(r.Target, "/.windowsill/upload")
	return !ours && (r.Method == "PUT" || r.Method == "POST" || r.Method == "PATCH")
}

// sentName returns the name of a file that was sent to a target, "" if that does not say
// it.
func sentName(target string) string {
	target, _, _ = strings.Cut(target, "?")
	if strings.HasPrefix(target, "/.windowsill/") || strings.HasSuffix(target, "/") {
		return ""
	}
	return path.Base(words.Target(target))
}

func (x *refusals) add(r refusal) {
	x.forget(r.device)
	x.refused = append([]refusal{r}, x.refused...)
}

func (x *refusals) forget(device deviceKey) {
	var others []refusal
	for _, r := range x.refused {
		if r.device != device {
			others = append(others, r)
		}
	}
	x.refused = others
}

// newCard is a refusal, and what can be done about it.
func (x *refusals) newCard(r refusal, who string) *kit.Prompt {
	data := map[string]any{"Device": who, "Name": r.name}
	title := lang.L("{{.Device}} could not send {{.Name}}", data)
	if r.name == "" {
		title = lang.L("{{.Device}} could not send a file", data)
	}
	why := lang.L("It is larger than your limit.")
	if r.full {
		why = lang.L("There is no room for it: the drive is full, or your limit is reached.")
	}
	hide := kit.NewCloseButton(lang.L("Hide"), func() {
		x.forget(r.device)
		x.redraw()
	})
	limits := kit.NewButton(lang.L("Limits…"), nil, widget.MediumImportance, x.setLimits)
	return kit.NewPrompt(theme.ColorNameWarning, title, []string{why}, limits, hide)
}
