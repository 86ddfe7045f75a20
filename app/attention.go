package app

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

const (
	// mattersShown is how many matters have a card; the others wait. Where the window
	// is low, one has to do: what devices do and the requests have to be seen below it.
	mattersShown = 2
	lowWindow    = 540 // high, of the place for them and all that is below; 499 at 648 by 568
	// mattersHold is how long the room of a matter is kept that is settled: what is
	// below must not jump under the pointer.
	mattersHold = time.Second
)

// matter is something that needs the owner: who asks to come in, a text, a deletion.
type matter struct {
	key  any // comparable; tells it from others. A matter that says something else is another one
	card func() *kit.Prompt
}

// attention is the one place for what needs the owner, above all else.
type attention struct {
	content *fyne.Container
	onUI    func(func())
	redraw  func(server.Snapshot)            // shows it again, and lays out what is below
	place   fyne.CanvasObject                // that it shares with what is below; nil if that is unknown
	sources []func(server.Snapshot) []matter // the most urgent first

	cards    []attentionCard
	more     *widget.Label     // how many matters wait
	rest     fyne.CanvasObject // the line of more
	snapshot server.Snapshot
	debounce time.Duration // of buttons that have come or moved
	hold     time.Duration
}

// attentionCard is a matter that is shown, or was until now.
type attentionCard struct {
	key     any
	prompt  *kit.Prompt
	settled time.Time // when the matter was; zero before
}

func newAttention(onUI func(func()), sources ...func(server.Snapshot) []matter) *attention {
	a := &attention{onUI: onUI, sources: sources, content: kit.VStack(6), more: kit.NewCaption(""), debounce: kit.DoubleClick, hold: mattersHold}
	a.rest = kit.Padded(0, 0, kit.PromptPad, 0, kit.Lines(a.more))
	a.content.Hide()
	return a
}

// show draws what needs the owner, and reports whether that is something else than
// before.
func (a *attention) show(s server.Snapshot) (changed bool) {
	a.snapshot = s
	var all []matter
	for _, of := range a.sources {
		all = append(all, of(s)...)
	}
	before := a.cards
	kept := a.settle(all, time.Now())
	cards, waiting := merge(kept, all, a.most())
	text := words.Count(int64(waiting), words.Phrase("and {{.Count}} more"))
	if slices.Equal(cards, before) && a.more.Text == text {
		return false
	}
	a.arrange(cards)
	kit.SetText(a.more, text)
	kit.SetShown(a.rest, waiting > 0)
	return true
}

// most returns how many matters there is room for.
func (a *attention) most() int {
	if a.place != nil && a.place.Size().Height < lowWindow {
		return 1
	}
	return mattersShown
}

// resized shows as many matters as there is room for now. The layout that calls it has to
// be done first.
func (a *attention) resized() { a.onUI(func() { a.redraw(a.snapshot) }) }

// settle returns the cards that stay: those of these matters, and for a moment those of
// matters that are settled.
func (a *attention) settle(all []matter, now time.Time) (kept []attentionCard) {
	for _, c := range a.cards {
		wanted := slices.ContainsFunc(all, func(m matter) bool { return m.key == c.key })
		if !wanted && c.settled.IsZero() {
			c.settled = now
			c.prompt.Disable()
			time.AfterFunc(a.hold, func() { a.onUI(func() { a.redraw(a.snapshot) }) })
		}
		isOver := !c.settled.IsZero() && (wanted || now.Sub(c.settled) >= a.hold)
		if !isOver {
			kept = append(kept, c)
		}
	}
	return kept
}

// merge returns the cards to show, at most so many, and how many matters have none. Cards
// of settled matters keep their places.
func merge(kept []attentionCard, all []matter, most int) (cards []attentionCard, waiting int) {
	isSettled := func(c attentionCard) bool { return !c.settled.IsZero() }
	held := 0
	for _, c := range kept {
		if isSettled(c) {
			held++
		}
	}
	shown := min(len(all), max(0, most-held))
	for _, m := range all[:shown] {
		i := slices.IndexFunc(kept, func(c attentionCard) bool { return c.key == m.key })
		if i < 0 {
			cards = append(cards, attentionCard{key: m.key, prompt: m.card()})
			continue
		}
		cards = append(cards, kept[i])
	}
	for i, c := range kept {
		if isSettled(c) {
			cards = slices.Insert(cards, min(i, len(cards)), c)
		}
	}
	return cards, len(all) - shown
}

// arrange puts the cards below each other. A click that was meant for what was there
// before must not let anybody in.
func (a *attention) arrange(cards []attentionCard) {
	for i, c := range cards {
		if c.settled.IsZero() && (i >= len(a.cards) || a.cards[i].key != c.key) {
			c.prompt.Moved(a.debounce)
		}
	}
	a.cards = cards
	a.content.RemoveAll()
	for _, c := range cards {
		a.content.Add(c.prompt.Content)
	}
	a.content.Add(a.rest)
	kit.SetShown(a.content, len(cards) > 0)
}

// press presses a button of the first matter of a kind, if there is one.
func (a *attention) press(isKind func(key any) bool, button int) {
	for _, c := range a.cards {
		if c.settled.IsZero() && isKind(c.key) && button < len(c.prompt.Buttons) {
			c.prompt.Buttons[button].TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			return
		}
	}
}
