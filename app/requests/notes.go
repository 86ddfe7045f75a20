package requests

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"windowsill/app/words"
)

// knownNotes are the notes that the server writes into the log, in English. A test
// compares them with the server's.
var knownNotes = []string{
	words.Phrase("New code"),
	words.Phrase("New code, everybody sent away"),
	words.Phrase("Too many wrong PINs: there is a new PIN now"),
	words.Phrase("The code was sent without encryption: there is a new one now"),
	words.Phrase("The PIN was sent without encryption: there is a new one now"),
	words.Phrase("{{.Name}} sent its cookie without encryption, and has to come in anew"),
	words.Phrase("{{.Name}} asked to come in"),
	words.Phrase("{{.Name}} came in with the code"),
	words.Phrase("{{.Name}} came in with the PIN"),
	words.Phrase("{{.Name}} tried a wrong PIN"),
	words.Phrase("{{.Name}} was blocked"),
	words.Phrase("{{.Name}} was let in"),
	words.Phrase("{{.Name}} was refused"),
	words.Phrase("{{.Name}} was sent away"),
	words.Phrase("Received {{.Name}}"),
	words.Phrase("You sent a text to all devices"),
	words.Phrase("You sent a text to {{.Name}}"),
	words.Phrase("You took a text back"),
	words.Phrase("{{.Name}} sent a text"),
	words.Phrase("Download cut, because a file in it could not be read: {{.Name}}"),
	words.Phrase("Download cut, because a file in it has changed meanwhile: {{.Name}}"),
}

// noteText translates a note. One that is not known stays English.
func noteText(note string) string {
	for _, n := range knownNotes {
		before, after, named := strings.Cut(n, "{{.Name}}")
		name, begins := strings.CutPrefix(note, before)
		name, ends := strings.CutSuffix(name, after)
		if begins && ends && (named || name == "") {
			return lang.L(n, map[string]any{"Name": words.Visible(name)})
		}
	}
	return words.Visible(note)
}
