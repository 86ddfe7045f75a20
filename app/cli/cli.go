// Package cli is Windowsill on the command line: it understands the arguments
// and serves in a terminal where there is no window. It never opens a window
// and answers no request itself.
package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"windowsill/server"
)

// Version is the product's, the same as in FyneApp.toml (a test compares).
const Version = "0.1.0"

// Command is what a person asked for.
type Command struct {
	// Share is what to share: its Folder, or its Items if files or several things
	// were named; neither if nothing was. Port is -1 if none was asked for.
	Share    server.Share
	Policy   server.Policy
	Visitors bool // what visitors may do was asked for
	MaxFiles int  // that visitors may add; 0 for no limit
	NoWindow bool // serve in the terminal
	// Text is sent to every device that comes in, unless it is "". It goes with
	// NoWindow: a window has a button for that.
	Text    string
	LogFile string
	// NewInstance opens a window of its own even if there is one already.
	NewInstance bool
	// Print is all there is to do, if it is not empty: a help text or a version.
	Print string
}

// Options returns how to run the server for the command.
func (c Command) Options() server.Options {
	cache, _ := os.UserCacheDir() // without one, nothing is kept on disk
	config, _ := os.UserConfigDir()
	return server.Options{
		CacheDir: cache, ConfigDir: config, Policy: c.Policy, Room: server.Limits{Files: c.MaxFiles},
		Announce: true, Examine: true, Unattended: c.NoWindow,
	}
}

// Paths returns the paths of what was named.
func (c Command) Paths() (paths []string) {
	if c.Share.Folder != "" {
		return []string{c.Share.Folder}
	}
	for _, i := range c.Share.Items {
		paths = append(paths, i.Path)
	}
	return paths
}

// UsageError says which part of the command line makes no sense.
type UsageError struct{ Text string }

// Error returns a sentence for a person.
func (e *UsageError) Error() string { return e.Text }

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
  -receive     serve in the terminal and only take files: into the folder that
               is named, or else into Received below your downloads. Visitors
               do not see what others have sent
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

// Parse understands a command line, given without the program's name. Flags
// may stand before and after the files and folders. An error is a *[UsageError].
func Parse(args []string) (Command, error) {
	c := Command{Share: server.Share{Port: -1}}
	flags, version := newFlags(&c)
	paths, err := parseAll(flags, args)
	c.NoWindow = c.NoWindow || c.Share.Receiving.On
	switch {
	case errors.Is(err, flag.ErrHelp):
		c.Print = help
		return c, nil
	case err != nil:
		return c, &UsageError{sentence(err)}
	case *version:
		c.Print = fmt.Sprintf("Windowsill %s (%s, %s/%s)\n", Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
		return c, nil
	case c.Share.TLS.Key != "" && c.Share.TLS.Certificate == "":
		return c, &UsageError{"The flag -tls-key needs -tls-cert, which names the certificate."}
	case slices.Contains(paths, ""):
		return c, &UsageError{"One of the names is empty. Name a file or a folder, or none for the window."}
	case c.Text != "" && !c.NoWindow:
		return c, &UsageError{"The flag -text needs -no-window. In the window, press Text…."}
	case c.Share.Receiving.Sort != server.Unsorted && !c.Share.Receiving.On:
		return c, &UsageError{"The flag -sort needs -receive."}
	case c.Share.Receiving.On && len(paths) > 1:
		return c, &UsageError{"With -receive, name one folder at most. What comes in goes there."}
	}
	c.name(paths)
	return c, nil
}

// name notes what is to be shared.
func (c *Command) name(paths []string) {
	for n, path := range paths {
		paths[n] = localPath(path)
	}
	if c.Share.Receiving.On {
		c.Share.Folder = strings.Join(paths, "") // there is one at most
		return
	}
	if len(paths) == 1 && !isFile(paths[0]) {
		c.Share.Folder = paths[0] // also if there is nothing: the server says so
		return
	}
	for _, path := range paths {
		c.Share.Items = append(c.Share.Items, server.Item{Path: path, Most: server.Change})
	}
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir()
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

// sentence makes one of package flag's errors speak to a person.
func sentence(err error) string {
	text := err.Error()
	if name, ok := strings.CutPrefix(text, "flag provided but not defined: "); ok {
		return "There is no flag " + name + ". See windowsill -help."
	}
	if name, ok := strings.CutPrefix(text, "flag needs an argument: "); ok {
		return "The flag " + name + " needs a value. See windowsill -help."
	}
	for _, own := range []string{"A port is", "Visitors may", "Name ", "The most", "What comes in"} {
		if i := strings.LastIndex(text, own); i >= 0 {
			return text[i:] + " See windowsill -help."
		}
	}
	return "The command line was not understood: " + text + ". See windowsill -help."
}

// localPath turns a file:// address, which some file managers hand over, into
// a path; anything else it returns as it is.
func localPath(arg string) string {
	if u, err := url.Parse(arg); err == nil && u.Scheme == "file" && (u.Host == "" || u.Host == "localhost") && u.Path != "" {
		return u.Path
	}
	if runtime.GOOS == "windows" { // the menu of a drive says "D:", whose " is a quote for us
		arg = strings.TrimSuffix(arg, `"`)
	}
	return arg
}
