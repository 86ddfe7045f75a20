package app

import (
	"path/filepath"
	"strings"

	"windowsill/server"
)

// concernQuestion is the warning before a precious folder is shared: what
// everyone could open, and what stays hidden anyway.
func concernQuestion(folder string, l server.Look, hidden bool) question {
	q := question{
		title: quoted(folder) + " holds keys or passwords",
		yes:   "Share it anyway", no: "Choose another folder…", danger: true,
	}
	body := []string{"Everyone who comes in could open all that is not hidden in it."}
	if hidden {
		body[0] = "Everyone who comes in could open all of it."
	}
	for _, c := range l.Concerns {
		switch {
		case c.Kind == server.WholeDisk:
			q.title = quoted(folder) + " is a whole disk"
			body[0] = "Everyone who comes in could open every file on it."
		case c.Kind == server.HomeFolder:
			q.title = quoted(folder) + " is a home folder"
			body[0] = "Everyone who comes in could open every document, picture and download in it."
		case c.Hidden && !hidden:
			body = append(body, "These stay hidden: "+examples(c.Names)+".")
		case c.Hidden:
			body = append(body, "That includes hidden files, as the settings say: "+examples(c.Names)+".")
		default:
			body = append(body, "That includes "+examples(c.Names)+".")
		}
	}
	q.body = strings.Join(body, " ")
	return q
}

// examples lists names in a sentence.
func examples(names []string) string {
	shown := make([]string, len(names))
	for i, n := range names {
		shown[i] = visible(n)
	}
	return strings.Join(shown, ", ")
}

// insteadQuestion offers to share another folder while one is shared.
func insteadQuestion(s server.Snapshot, folder string) question {
	return question{
		title: "Share " + quoted(folder) + " instead?",
		body:  strings.TrimSpace("“" + visible(s.Name) + "” will no longer be shared then. " + cutOff(s)),
		yes:   "Share this instead", no: "Keep sharing",
	}
}

// quitQuestion is asked when the window is closed while something is shared.
func quitQuestion(s server.Snapshot) question {
	return question{
		title: "Stop sharing and quit?",
		body:  strings.TrimSpace("Nobody can open “" + visible(s.Name) + "” any more then. " + cutOff(s)),
		yes:   "Stop and quit", no: "Keep sharing", danger: true,
	}
}

// renameQuestion asks for a device's name.
func renameQuestion(d server.Device) question {
	q := question{
		title: "What is this device called?",
		body:  "Only you see this name.",
		yes:   "Rename", no: "Cancel", field: newEntry(visible(d.Name)),
	}
	q.field.SetText(visible(d.Name))
	return q
}

// newCodeQuestion is asked before links and codes from before go out of use.
func newCodeQuestion() question {
	return question{
		title: "Make a new code?",
		body:  "The present QR code, link and PIN will open nothing any more. Devices that are in stay in, unless you send them out.",
		yes:   "New code", also: "New code, and send everybody out", no: "Keep it",
	}
}

// cutOff says what would be lost by stopping now; "" if nothing.
func cutOff(s server.Snapshot) string {
	if len(s.Transfers) == 0 {
		return ""
	}
	return countText(int64(len(s.Transfers)), "transfer is", "transfers are") + " still running and would be cut off."
}

// quoted is a folder's name in a sentence.
func quoted(folder string) string { return "“" + visible(filepath.Base(folder)) + "”" }
