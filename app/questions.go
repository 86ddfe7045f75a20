package app

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"windowsill/app/words"
	"windowsill/server"
)

// concernQuestion is the warning before a precious folder is shared: what
// everyone could open, and what stays hidden anyway.
func concernQuestion(folder string, l server.Look, hidden bool) question {
	q := question{
		title: lang.L("“{{.Name}}” holds keys or passwords", map[string]any{"Name": baseName(folder)}),
		yes:   lang.L("Share it anyway"), no: lang.L("Choose another folder…"), danger: true,
	}
	body := []string{lang.L("Everyone who comes in could open all that is not hidden in it.")}
	if hidden {
		body[0] = lang.L("Everyone who comes in could open all of it.")
	}
	for _, c := range l.Concerns {
		switch {
		case c.Kind == server.WholeDisk:
			q.title = lang.L("“{{.Name}}” is a whole disk", map[string]any{"Name": baseName(folder)})
			body[0] = lang.L("Everyone who comes in could open every file on it.")
		case c.Kind == server.HomeFolder:
			q.title = lang.L("“{{.Name}}” is a home folder", map[string]any{"Name": baseName(folder)})
			body[0] = lang.L("Everyone who comes in could open every document, picture and download in it.")
		case c.Hidden && !hidden:
			body = append(body, lang.L("These stay hidden: {{.Names}}.", map[string]any{"Names": examples(c.Names)}))
		case c.Hidden:
			body = append(body, lang.L("That includes hidden files, as the settings say: {{.Names}}.", map[string]any{"Names": examples(c.Names)}))
		default:
			body = append(body, lang.L("That includes {{.Names}}.", map[string]any{"Names": examples(c.Names)}))
		}
	}
	q.body = strings.Join(body, " ")
	return q
}

// examples lists names in a sentence.
func examples(names []string) string {
	shown := make([]string, len(names))
	for i, n := range names {
		shown[i] = words.Visible(n)
	}
	return strings.Join(shown, ", ")
}

// insteadQuestion offers to share another folder while one is shared.
func insteadQuestion(s server.Snapshot, folder string) question {
	return question{
		title: lang.L("Share “{{.Name}}” instead?", map[string]any{"Name": baseName(folder)}),
		body:  strings.TrimSpace(lang.L("“{{.Name}}” will no longer be shared then.", map[string]any{"Name": words.Visible(s.Name)}) + " " + cutOff(s)),
		yes:   lang.L("Share this instead"), no: lang.L("Keep sharing"),
	}
}

// quitQuestion is asked when the window is closed while something is shared.
func quitQuestion(s server.Snapshot) question {
	return question{
		title: lang.L("Stop sharing and quit?"),
		body:  strings.TrimSpace(lang.L("Nobody can open “{{.Name}}” any more then.", map[string]any{"Name": words.Visible(s.Name)}) + " " + cutOff(s)),
		yes:   lang.L("Stop and quit"), no: lang.L("Keep sharing"), danger: true,
	}
}

// renameQuestion asks for a device's name.
func renameQuestion(d server.Device) question {
	q := question{
		title: lang.L("What is this device called?"),
		body:  lang.L("Only you see this name."),
		yes:   lang.L("Rename"), no: lang.L("Cancel"), field: newEntry(words.Visible(d.Name)),
	}
	q.field.SetText(words.Visible(d.Name))
	return q
}

// sendQuestion asks for a text that all who are in may read.
func sendQuestion() question {
	q := question{
		title: lang.L("Send a text"),
		body:  lang.L("All who are in can read and copy it. It is kept until you quit, and not written to disk."),
		yes:   lang.L("Send"), no: lang.L("Cancel"), field: newEntry(lang.L("Type or paste a text or a link")),
	}
	q.field.MultiLine, q.field.Wrapping = true, fyne.TextWrapWord
	q.field.SetMinRowsVisible(5)
	return q
}

// addressQuestion shows an address that a device sent before it is opened.
func addressQuestion(address string) question {
	return question{
		title: lang.L("Open this address?"), body: words.Visible(address),
		yes: lang.L("Open"), no: lang.L("Cancel"),
	}
}

// newCodeQuestion is asked before links and codes from before go out of use.
func newCodeQuestion() question {
	return question{
		title: lang.L("Make a new code?"),
		body:  lang.L("The present QR code, link and PIN will open nothing any more. Devices that are in stay in, unless you send them out."),
		yes:   lang.L("New code"), also: lang.L("New code, and send everybody out"), no: lang.L("Keep it"),
	}
}

// cutOff says what would be lost by stopping now; "" if nothing.
func cutOff(s server.Snapshot) string {
	if len(s.Transfers) == 0 {
		return ""
	}
	return words.Count(int64(len(s.Transfers)), words.Phrase("{{.Count}} transfers are still running and would be cut off."))
}

// baseName is a folder's name in a sentence.
func baseName(folder string) string { return words.Visible(filepath.Base(folder)) }
