package cli

import (
	"bytes"
	"errors"
	"log"
	"log/slog"
	"testing"
)

func TestHarmlessEntriesOfFyneAreNotLogged(t *testing.T) {
	var out bytes.Buffer
	logger := log.New(&fyneLog{out: &out}, "", log.LstdFlags)
	fyneError := func(reason string) { // as fyne.LogError does
		logger.Println("Fyne error: ", reason)
		logger.Println("  Cause:", errors.New("EOF"))
		logger.Printf("  At: %s:%d", "fyne/app/preferences.go", 105)
	}
	for _, reason := range []string{
		"Preferences load error:", "failed on saving preferences", "Settings load error:", "Unable to create settings storage:", "failed to watch theme settings",
		"Failed to create app cache space", "Failed to create app storage space", "Unable to connect to session D-Bus", "Failed to send message to bus",
		"Error parsing user locale nonsense",
	} {
		if fyneError(reason); out.Len() > 0 {
			t.Errorf("%s: %s", reason, out.String())
		}
		out.Reset()
	}
	fyneError("failed to initialise OpenGL")
	if n := bytes.Count(out.Bytes(), []byte("\n")); n != 3 {
		t.Errorf("Of a real error this is logged: %s", out.String())
	}
	out.Reset()
	slog.New(slog.NewTextHandler(logger.Writer(), nil)).Warn("The settings could not be kept.")
	if out.Len() == 0 {
		t.Error("Our own warning about the settings is not logged.")
	}
}
