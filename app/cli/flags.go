package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strconv"
	"strings"

	"windowsill/server"
)

const help = `Windowsill puts files and folders of this computer on the local network, where
phones and other computers open them in their browser.

Who may come in: a device that has scanned the QR code, one whose visitor types
the PIN, and one that you let in; with -open, everyone on the network. Programs
on this computer need no permission. Visitors can look and download; -visitors
lets them do more. What they send and get is not encrypted without -tls.

Of a folder all that is in it is shared, of a file nothing but that file. What
is named together is shared together, each under its own name.

Other computers can open the share as a drive at the same address, with any
name and the PIN as password: Windows by "Map network drive", a Mac by "Connect
to Server", Linux with dav:// or webdav:// in place of http://.

Usage:
  windowsill [flags] [file or folder …]

  windowsill                        open the window
  windowsill ~/Pictures             open the window, sharing that folder already
  windowsill a.pdf b.mp4 Pictures   share these three, and nothing else
  windowsill -no-window ~/Pictures  share it from the terminal; Ctrl-C stops
  windowsill -receive               only take files, into Downloads/Received

Flags:
  -port N      use exactly this port, 0 to 65535; 0 picks a free one
               (otherwise 8000, or the next one that is free)
  -no-window   serve in the terminal: prints the address, its QR code, the PIN
               a line for each request (Combined Log Format) and the texts that
               visitors send
  -receive     only take files, in a window of its own or with -no-window: into
               the folder that is named, or else into Received below your
               downloads. Visitors do not see what others have sent
  -sort W      with -receive: what comes in goes into a folder for each "day" or
               each "device"
  -text TEXT   with -no-window: everyone who comes in finds this text or link
  -hidden      also share hidden files
  -open        let everyone on the network in, unasked
  -no-readme   do not show a folder's README.md below its list
  -visitors W  what visitors may do: read (the default), add or change. It holds
               this time only; the window's settings have the lasting choice
  -max-files N
               visitors add at most N files and folders, until you stop sharing
  -visitors-pages
               an index.html that visitors add becomes the page of its folder;
               otherwise it is listed, and the window asks
  -new-instance
               open another window; otherwise one that is open gets all that
               is named
  -tls         encrypt the share, as https://; browsers warn of its certificate
               until they trust this computer's authority
  -tls-cert PATH
               likewise, with a certificate of your own: its file, or a folder
               in which another program renews it and its key
  -tls-key FILE
               with -tls-cert: the file with its key, if that is in another one
  -only WHERE  share at this address alone, and with its network: an address
               of this computer, or an interface such as wlan0
  -unannounced
               do not tell the network the folder's name (otherwise it is made
               an address such as http://pictures.local:8000/, by multicast DNS)
  -log FILE    also write the requests to this file (Combined Log Format); at
               10 MB it becomes FILE.1, and at most five old ones are kept
  -version     print the version
  -help        print this text

Exit codes:
  0            after a normal end
  1            if something could not be done; the last line says what
  2            if the command line makes no sense
`

// newFlags returns the flags, which set fields of c, and whether -version was
// among them. What -help and the README say of each is written there.
func newFlags(c *Command) (flags *flag.FlagSet, version *bool) {
	flags = flag.NewFlagSet("windowsill", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Func("port", "", c.setPort)
	flags.BoolVar(&c.NoWindow, "no-window", false, "")
	flags.BoolVar(&c.NewInstance, "new-instance", false, "")
	flags.BoolVar(&c.Share.TLS.On, "tls", false, "")
	flags.Func("tls-cert", "", c.setCertificate)
	flags.Func("tls-key", "", c.setKey)
	flags.BoolVar(&c.Policy.Open, "open", false, "")
	flags.Func("visitors", "", c.setVisitors)
	flags.Func("max-files", "", c.setMaxFiles)
	flags.BoolVar(&c.Share.VisitorsPages, "visitors-pages", false, "")
	flags.BoolVar(&c.Share.Hidden, "hidden", false, "")
	flags.BoolVar(&c.Share.NoReadmes, "no-readme", false, "")
	flags.BoolVar(&c.Share.Where.Silent, "unannounced", false, "")
	flags.Func("only", "", c.setOnly)
	flags.Func("log", "", c.setLogFile)
	flags.Func("text", "", c.setText)
	flags.BoolVar(&c.Share.Receiving.On, "receive", false, "")
	flags.Func("sort", "", c.setSorting)
	return flags, flags.Bool("version", false, "")
}

// parseAll goes on after the first argument that is no flag, where package
// flag stops. What follows "--" is never a flag.
func parseAll(flags *flag.FlagSet, args []string) (others []string, err error) {
	for i, a := range args {
		if a == "--" {
			args, others = args[:i], args[i+1:]
			break
		}
	}
	var named []string
	for {
		if err := flags.Parse(args); err != nil {
			return nil, err
		}
		if flags.NArg() == 0 {
			return append(named, others...), nil
		}
		named = append(named, flags.Arg(0))
		args = flags.Args()[1:]
	}
}

func (c *Command) setVisitors(s string) error {
	p, ok := server.ParsePermission(s)
	if !ok {
		return errors.New("Visitors may read, add or change.")
	}
	c.Policy.Allow, c.Visitors = p, true
	return nil
}

func (c *Command) setMaxFiles(s string) error {
	n, err := strconv.ParseUint(s, 10, 31)
	if err != nil || n == 0 {
		return errors.New("The most files are a number from 1 on.")
	}
	c.MaxFiles = int(n)
	return nil
}

func (c *Command) setLogFile(path string) error {
	if path == "" {
		return errors.New("Name the file for the log.")
	}
	c.LogFile = path
	return nil
}

func (c *Command) setText(text string) error {
	switch {
	case strings.TrimSpace(text) == "":
		return errors.New("Name the text to send.")
	case len(text) > server.LongestText:
		return fmt.Errorf("Name a shorter text, of %d bytes at most.", server.LongestText)
	}
	c.Text = text
	return nil
}

func (c *Command) setCertificate(path string) error {
	if path == "" {
		return errors.New("Name the file or the folder with the certificate.")
	}
	c.Share.TLS.On, c.Share.TLS.Certificate = true, path
	return nil
}

func (c *Command) setKey(path string) error {
	if path == "" {
		return errors.New("Name the file with the key.")
	}
	c.Share.TLS.Key = path
	return nil
}

func (c *Command) setSorting(s string) error {
	switch s {
	case "day":
		c.Share.Receiving.Sort = server.ByDay
	case "device":
		c.Share.Receiving.Sort = server.ByDevice
	default:
		return errors.New("What comes in is sorted by day or device.")
	}
	return nil
}

func (c *Command) setOnly(s string) error {
	if s == "" {
		return errors.New("Name the address to share at, or its network interface.")
	}
	c.Share.Where.Prefer, c.Share.Where.Alone = s, true
	return nil
}

func (c *Command) setPort(s string) error {
	port, err := ParsePort(s)
	if err != nil {
		return err
	}
	c.Share.Port, c.Share.ExactPort = port, port != 0
	return nil
}

// ParsePort understands a port's number, 0 to 65535. Its error is a sentence.
func ParsePort(s string) (int, error) {
	port := 0
	for _, c := range s {
		if c < '0' || c > '9' || port > 65535 {
			port = 65536
			break
		}
		port = port*10 + int(c-'0')
	}
	if s == "" || port > 65535 {
		return 0, errors.New("A port is a number from 0 to 65535.")
	}
	return port, nil
}
