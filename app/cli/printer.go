package cli

import (
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"
	"unicode"

	"windowsill/server"
)

// printer writes what is new in each snapshot.
type printer struct {
	out    io.Writer
	colour bool
	failed chan error // receives once why the share failed, if it does

	// What was printed last, of which only news are printed.
	link        server.Link
	pin         server.PIN // without digits if that link's was not printed
	network     server.Network
	certificate server.Certificate
	items       map[string]error // why each cannot be had
	page        time.Time        // when the last page of visitors came in
	text        uint64           // the ID of the last text
	next        uint64           // sequence number of the first row not yet printed
}

// show prints one snapshot's news. The server calls it, one call at a time.
func (p *printer) show(s server.Snapshot) {
	if s.State == server.Failed {
		select {
		case p.failed <- s.Err:
		default:
		}
	}
	if s.State == server.Sharing {
		p.printLinks(s)
		if len(s.Links) > 0 {
			p.printPIN(s)
		}
		p.printNetwork(s.Network)
		p.printCertificate(s.Certificate)
		p.printPages(s.Pages)
		p.printItems(s.Items)
	}
	p.printLog(s.Log)
	p.printTexts(s.Texts)
}

// mostLinks is how many are printed, best first: a computer with virtual
// machines may have hundreds of addresses.
const mostLinks = 6

func (p *printer) printLinks(s server.Snapshot) {
	if len(s.Links) == 0 || s.Links[0].URL == p.link.URL {
		return
	}
	var some strings.Builder
	for _, l := range s.Links[:min(len(s.Links), mostLinks)] {
		fmt.Fprintf(&some, "  %s  (%s)\n", l.URL, l.Address.Label)
	}
	if more := len(s.Links) - mostLinks; more > 0 {
		fmt.Fprintf(&some, "  and %d more\n", more)
	}
	switch plain := s.Links[0].Plain; {
	case p.link.URL == "":
	case plain == p.link.Plain:
		fmt.Fprintln(p.out, "The key was sent without encryption, where others could read it. There is a new code.")
	default:
		fmt.Fprintln(p.out, "The address of this computer has changed. Devices must scan again.")
	}
	p.link = s.Links[0]
	verb := "Sharing"
	if s.Share.Receiving.On {
		verb = "Receiving into"
	}
	fmt.Fprintf(p.out, "%s %s\n\n%s\n%s\n", verb, whatIsShared(s), some.String(), Code(p.link.URL, p.colour))
	p.pin.Digits = ""
	p.printPIN(s)
	fmt.Fprintln(p.out, "Press Ctrl-C to stop.")
}

// nearItsEnd is how long before its end a certificate may be replaced for that reason.
const nearItsEnd = 40 * 24 * time.Hour

// printCertificate says how people check whom they talk to, and what programs need
// for that.
func (p *printer) printCertificate(c server.Certificate) {
	before := p.certificate
	if c.Fingerprint == before.Fingerprint {
		return
	}
	p.certificate = c
	sameAuthority := c.AuthorityFingerprint == before.AuthorityFingerprint
	switch {
	case before.Fingerprint == "":
	case sameAuthority && c.AuthorityFingerprint != "" && time.Until(before.Until) > nearItsEnd:
		fmt.Fprintln(p.out, "The addresses or names of this computer have changed, so there is a new certificate.\nDevices that trust this computer need do nothing.")
	default:
		fmt.Fprintln(p.out, "The certificate was renewed.")
	}
	fmt.Fprintf(p.out, "The certificate, in four words: %s\n  SHA-256 %s\n", c.Words, c.Fingerprint)
	if sameAuthority {
		return
	}
	fmt.Fprintf(p.out, "Browsers warn of it until they trust %q, SHA-256\n  %s\n", c.AuthorityName, c.AuthorityFingerprint)
	if c.Authority != "" {
		fmt.Fprintf(p.out, "  whose certificate is %s (curl --cacert)\n", c.Authority)
	}
}

// mostNamed is how many items are named.
const mostNamed = 10

// whatIsShared says so: the path of a folder, or a list of names.
func whatIsShared(s server.Snapshot) string {
	if len(s.Items) == 0 {
		return printable(s.Share.Folder)
	}
	var some strings.Builder
	if len(s.Items) > 1 {
		fmt.Fprintf(&some, "%d files and folders:", len(s.Items))
	}
	for _, i := range s.Items[:min(len(s.Items), mostNamed)] {
		if len(s.Items) > 1 {
			some.WriteString("\n  ")
		}
		some.WriteString(printable(i.Path))
	}
	if more := len(s.Items) - mostNamed; more > 0 {
		fmt.Fprintf(&some, "\n  and %d more", more)
	}
	return some.String()
}

// printItems says which items cannot be had any more, and which can again.
func (p *printer) printItems(items []server.ItemState) {
	for _, i := range items {
		before := p.items[i.Path]
		if i.Err == before {
			continue
		}
		if p.items == nil {
			p.items = map[string]error{}
		}
		p.items[i.Path] = i.Err
		switch {
		case i.Err == nil:
			fmt.Fprintf(p.out, "%s is there again.\n", printable(i.Path))
		case errors.Is(i.Err, server.ErrItemSilent):
			fmt.Fprintf(p.out, "The drive with %s does not answer.\n", printable(i.Path))
		case errors.Is(i.Err, server.ErrItemLocked):
			fmt.Fprintf(p.out, "%s may not be read any more.\n", printable(i.Path))
		default:
			fmt.Fprintf(p.out, "%s is not there any more.\n", printable(i.Path))
		}
	}
}

// printNetwork says under which name the share is found, what keeps devices from
// it, and whether it has paused.
func (p *printer) printNetwork(n server.Network) {
	before := p.network
	if n.Name == "" {
		n.Name = before.Name
	}
	p.network = n
	if n.Name != before.Name {
		fmt.Fprintf(p.out, "On this network it also is %s\n", n.Name)
	}
	p.printObstacle(before.Obstacle, n.Obstacle)
	if n.TriedTLS && !before.TriedTLS {
		fmt.Fprintln(p.out, "Somebody typed https://. The address begins with http://, without an s.")
	}
	if n.Paused && !before.Paused {
		fmt.Fprintln(p.out, "Paused: this computer is on another network. Nobody there can come in. Start again to share here too.")
	}
}

// printObstacle says what keeps devices out, or does not any more.
func (p *printer) printObstacle(before, o server.Obstacle) {
	switch {
	case o == before:
	case o.Firewall != "" && o.Sure:
		fmt.Fprintf(p.out, "The firewall %s keeps devices out. To let them in:\n  %s\n", o.Firewall, o.Command)
	case o.Firewall != "":
		fmt.Fprintf(p.out, "The firewall %s may keep devices out. To let them in:\n  %s\n", o.Firewall, o.Command)
	case o.Silent:
		fmt.Fprintln(p.out, "This computer does not answer at its own address. A VPN or a security program may be in the way: switch it off, or choose another address with -only.")
	case before.Firewall != "":
		fmt.Fprintln(p.out, "No firewall keeps devices out any more.")
	}
}

// printPIN says how somebody comes in who has only typed the address.
func (p *printer) printPIN(s server.Snapshot) {
	if s.PIN.Digits == p.pin.Digits {
		return
	}
	switch {
	case s.Policy.Open:
		fmt.Fprintln(p.out, "Everyone on the network may come in.")
	case p.pin.Digits == "":
		fmt.Fprintf(p.out, "Whoever types %s needs the PIN %s.\n", s.Links[0].Plain, s.PIN.Digits)
	case s.PIN.Flooded.After(p.pin.Flooded):
		fmt.Fprintf(p.out, "Too many wrong PINs were tried. The PIN is now %s.\n", s.PIN.Digits)
	default:
		fmt.Fprintf(p.out, "The PIN was sent without encryption, where others could read it. It is now %s.\n", s.PIN.Digits)
	}
	p.pin = s.PIN
}

// printPages says which files of visitors could be the pages of their folders.
func (p *printer) printPages(pages []server.Page) {
	for _, one := range pages {
		if one.At.After(p.page) {
			fmt.Fprintf(p.out, "Visitors added %s. It is listed like any file; with -visitors-pages it would be the page of its folder.\n", printable(path.Join(one.Folder, "index.html")))
			p.page = one.At
		}
	}
}

func (p *printer) printLog(log server.Log) {
	var lines []byte
	for i := range log.Len() {
		if seq := log.First() + uint64(i); seq >= p.next {
			lines = log.At(i).AppendCombined(lines)
			p.next = seq + 1
		}
	}
	p.out.Write(lines)
}

// printable replaces what could drive the terminal, or reorder a line so that a
// device seems to have another name. Emoji need the joiners.
func printable(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsGraphic(c) || c == '\u200c' || c == '\u200d' {
			return c
		}
		return unicode.ReplacementChar
	}, s)
}
