package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	qrcode "github.com/skip2/go-qrcode"

	"windowsill/app/desktop"
	"windowsill/server"
)

// Engine is what serving in a terminal needs of a server.
type Engine interface {
	Start(server.Share) error
	Stop(context.Context) error
	WatchRequests(func(server.Snapshot)) (cancel func())
	SendText(text string, to uint64) error
}

// DefaultPort is where a share is put unless a person asks for another port.
const DefaultPort = 8000

// Serve shares a folder until ctx is done, or until that goes wrong: then it
// returns why. It prints the address, its code, a line for each request and the
// texts of visitors to out. colour says whether out is a terminal that knows
// colours.
func Serve(ctx context.Context, e Engine, c Command, out io.Writer, colour bool) error {
	sh := c.Share
	if sh.Folder == "" && len(sh.Items) == 0 {
		var err error
		if sh.Folder, err = defaultFolder(sh.Receiving.On); err != nil {
			return err
		}
	}
	if sh.Port < 0 {
		sh.Port = DefaultPort
	}
	if err := e.Start(sh); err != nil {
		return err
	}
	p := &printer{out: out, colour: colour, failed: make(chan error, 1)}
	cancel := e.WatchRequests(p.show)
	var failure error
	if c.Text != "" {
		failure = e.SendText(c.Text, 0)
	}
	if failure == nil {
		select {
		case failure = <-p.failed:
		case <-ctx.Done():
		}
	}
	err := errors.Join(failure, e.Stop(context.Background()))
	cancel()
	if err == nil {
		fmt.Fprintln(out, "Stopped. Nothing is shared any more.")
	}
	return err
}

// defaultFolder is what is shared if nothing is named.
func defaultFolder(receives bool) (string, error) {
	if receives {
		return desktop.ReceivedFolder()
	}
	return ".", nil
}

// Code draws link's QR code with half blocks. With colour it is black on
// white, as scanners want it, whatever the terminal's own colours are; without
// it is right on dark terminals.
func Code(link string, colour bool) string {
	code, err := qrcode.New(link, qrcode.Medium)
	if err != nil {
		return ""
	}
	drawn := code.ToSmallString(false)
	if !colour {
		return drawn
	}
	var b strings.Builder
	for line := range strings.Lines(drawn) {
		// ToSmallString draws the light modules: white ink on black ground.
		b.WriteString("\x1b[38;5;231;48;5;16m" + strings.TrimSuffix(line, "\n") + "\x1b[0m\n")
	}
	return b.String()
}

// IsTerminal reports whether f is a terminal that shows colours.
func IsTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}
