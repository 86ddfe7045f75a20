package app

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/app/words"
	"windowsill/server"
)

// concernQuestion warns before a folder with something precious in it is shared: what
// everyone could open, and what stays hidden.
func concernQuestion(folder string, l server.Look, hidden bool) kit.Question {
	q := kit.Question{
		Title: lang.L("“{{.Name}}” contains keys or passwords", map[string]any{"Name": baseName(folder)}),
		Yes:   lang.L("Share it anyway"), No: lang.L("Choose another folder…"), Danger: true,
	}
	body := []string{lang.L("Everyone who comes in could open everything in it that is not hidden.")}
	if hidden {
		body[0] = lang.L("Everyone who comes in could open everything in it.")
	}
	for _, c := range l.Concerns {
		switch {
		case c.Kind == server.WholeDisk:
			q.Title = lang.L("“{{.Name}}” is a whole disk", map[string]any{"Name": baseName(folder)})
			body[0] = lang.L("Everyone who comes in could open every file on it.")
		case c.Kind == server.HomeFolder:
			q.Title = lang.L("“{{.Name}}” is a home folder", map[string]any{"Name": baseName(folder)})
			body[0] = lang.L("Everyone who comes in could open every document, picture and download in it.")
		case c.Hidden && !hidden:
			body = append(body, lang.L("These stay hidden: {{.Names}}.", map[string]any{"Names": nameList(c.Names)}))
		case c.Hidden:
			body = append(body, lang.L("That includes hidden files, as the settings say: {{.Names}}.", map[string]any{"Names": nameList(c.Names)}))
		default:
			body = append(body, lang.L("That includes {{.Names}}.", map[string]any{"Names": nameList(c.Names)}))
		}
	}
	q.Body = strings.Join(body, " ")
	return q
}

// nameList lists names in a sentence.
func nameList(names []string) string {
	shown := make([]string, len(names))
	for i, n := range names {
		shown[i] = words.Visible(n)
	}
	return strings.Join(shown, ", ")
}

// firewallQuestion explains what Windows asks when a program listens for the first time.
func firewallQuestion() kit.Question {
	return kit.Question{
		Title: lang.L("Windows may ask about the network now"),
		Body:  lang.L("Phones find this computer only if you allow Windowsill on private networks. Once you stop sharing, nothing can be reached."),
		Yes:   lang.L("Share"), No: lang.L("Not now"),
	}
}

// addQuestion offers to share items together with the present ones, or instead of them.
func addQuestion(s server.Snapshot, items []server.Item) kit.Question {
	if s.Share.Receiving.On {
		return kit.Question{
			Title: lang.L("Share “{{.Name}}” now?", map[string]any{"Name": nameOf(items)}),
			Body:  strings.TrimSpace(lang.L("No more files are received then.") + " " + lossText(s)),
			Yes:   lang.L("Share"), No: lang.L("Keep receiving"),
		}
	}
	body := []string{lang.L("Everyone who is in can open it at once. If you share only this, “{{.Name}}” will no longer be shared.", map[string]any{"Name": words.Visible(s.Name)})}
	if n := len(s.Transfers); n > 0 { // adding breaks nothing off
		body = append(body, words.Count(int64(n), words.Phrase("{{.Count}} transfers are running and would go on only if you add it.")))
	}
	body = append(body, lang.L("The answer holds until you quit."))
	return kit.Question{
		Title: lang.L("Add “{{.Name}}” to what is shared?", map[string]any{"Name": nameOf(items)}),
		Body:  strings.Join(body, " "),
		Yes:   lang.L("Add to share"), Also: lang.L("Share only this"), No: lang.L("Cancel"),
	}
}

// quitQuestion is asked when the window is closed while something is shared, or files are
// received.
func quitQuestion(s server.Snapshot) kit.Question {
	if s.Share.Receiving.On {
		return kit.Question{
			Title: lang.L("Stop receiving and quit?"),
			Body:  strings.TrimSpace(lang.L("Nobody will be able to send files any more.") + " " + lossText(s)),
			Yes:   lang.L("Stop and quit"), No: lang.L("Keep receiving"), Danger: true,
		}
	}
	return kit.Question{
		Title: lang.L("Stop sharing and quit?"),
		Body:  strings.TrimSpace(lang.L("Nobody will be able to open “{{.Name}}” any more.", map[string]any{"Name": words.Visible(s.Name)}) + " " + lossText(s)),
		Yes:   lang.L("Stop and quit"), No: lang.L("Keep sharing"), Danger: true,
	}
}

// renameQuestion asks for a device's name.
func renameQuestion(d server.Device) kit.Question {
	q := kit.Question{
		Title: lang.L("What is this device called?"),
		Body:  lang.L("Only you see this name."),
		Yes:   lang.L("Rename"), No: lang.L("Cancel"), Field: kit.NewEntry(words.Device(d.Name)),
	}
	q.Field.Name = q.Title
	q.Field.SetText(words.Device(d.Name))
	return q
}

// sendQuestion asks for a text to send to all devices that are in.
func sendQuestion() kit.Question {
	q := kit.Question{
		Title: lang.L("Send a text"),
		Body:  lang.L("Everyone you let in can read and copy it. It is kept until you quit, and never written to disk."),
		Yes:   lang.L("Send"), No: lang.L("Cancel"), Field: kit.NewEntry(lang.L("Type or paste a text or a link")),
	}
	q.Field.MultiLine, q.Field.LeaveByTab, q.Field.Wrapping = true, true, fyne.TextWrapWord
	q.Field.SetMinRowsVisible(5)
	return q
}

// sendToQuestion asks for a text to send to one device.
func sendToQuestion(name string) kit.Question {
	q := sendQuestion()
	q.Title = lang.L("Send a text to {{.Name}}", map[string]any{"Name": name})
	q.Body = lang.L("Only this device can read and copy it. It is kept until you quit, and never written to disk.")
	return q
}

// addressQuestion shows an address that a device sent, before it is opened.
func addressQuestion(address string) kit.Question {
	return kit.Question{
		Title: lang.L("Open this address?"), Body: words.Visible(address),
		Yes: lang.L("Open"), No: lang.L("Cancel"),
	}
}

// newCodeQuestion is asked before the present key and PIN go out of use.
func newCodeQuestion() kit.Question {
	return kit.Question{
		Title: lang.L("Make a new code?"),
		Body:  lang.L("The current QR code, link and PIN will stop working. Devices that are in stay in, unless you send them out."),
		Yes:   lang.L("New code"), Also: lang.L("New code, and send everybody out"), No: lang.L("Keep it"),
	}
}

// lossText says what would be lost by stopping now, "" for nothing.
func lossText(s server.Snapshot) string {
	if len(s.Transfers) == 0 {
		return ""
	}
	return words.Count(int64(len(s.Transfers)), words.Phrase("{{.Count}} transfers are still running and would be cut off."))
}

// baseName returns a folder's name for a sentence.
func baseName(folder string) string { return words.Visible(filepath.Base(folder)) }

// explainFirewall explains once what Windows asks when a program is to be reached
// from the network for the first time. Who says no there never learns why nobody
// comes.
func explainFirewall(asker *kit.Asker, store *settings.Store, system string, then func()) {
	if system != "windows" || settings.FirewallExplained.Get(store) {
		then()
		return
	}
	q := firewallQuestion()
	q.OnYes = func() { settings.FirewallExplained.Set(store, true); then() }
	asker.Ask(q)
}
