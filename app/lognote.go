package app

import (
	"strings"

	"fyne.io/fyne/v2/lang"
)

// notes are what the server writes into the log about who came in and what
// became of it, in English. A test compares them with the server's.
var notes = []string{
	phrase("New code"),
	phrase("New code, everybody sent away"),
	phrase("Too many wrong PINs: there is a new PIN now"),
	phrase("{{.Name}} asked to come in"),
	phrase("{{.Name}} came in with the code"),
	phrase("{{.Name}} came in with the PIN"),
	phrase("{{.Name}} tried a wrong PIN"),
	phrase("{{.Name}} was blocked"),
	phrase("{{.Name}} was let in"),
	phrase("{{.Name}} was refused"),
	phrase("{{.Name}} was sent away"),
	phrase("Received {{.Name}}"),
	phrase("You sent a text to all devices"),
	phrase("{{.Name}} sent a text"),
	phrase("Download cut, because a file in it could not be read: {{.Name}}"),
	phrase("Download cut, because a file in it has changed meanwhile: {{.Name}}"),
}

// noteText says a note of the server's in the person's language.
func noteText(note string) string {
	for _, n := range notes {
		before, after, named := strings.Cut(n, "{{.Name}}")
		name, begins := strings.CutPrefix(note, before)
		name, ends := strings.CutSuffix(name, after)
		if begins && ends && (named || name == "") {
			return lang.L(n, map[string]any{"Name": visible(name)})
		}
	}
	return visible(note)
}
