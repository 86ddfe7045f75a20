// Package cli is Windowsill on the command line: it understands the arguments
// and serves in a terminal where there is no window. It never opens a window
// and answers no request itself.
package cli

import (
	"errors"
	"flag"
	"fmt"
	"net/url"
	"os"
	"runtime"
	"slices"
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

// Parse understands a command line, given without the program's name. Flags
// may stand before and after the files and folders. An error is a *[UsageError].
func Parse(args []string) (Command, error) {
	c := Command{Share: server.Share{Port: -1}}
	flags, version := newFlags(&c)
	paths, err := parseAll(flags, args)
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
		return c, &UsageError{"The flag -text needs -no-window. In the window, choose Send text…."}
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
