// Package wifi makes the code by which a phone joins a wireless network, and
// knows the name of the one that this computer is on.
//
// It never reads a password: that is for the owner to type.
package wifi

import (
	"context"
	"strings"
)

// Network is a wireless network as a guest joins it.
type Network struct {
	Name     string // its SSID, any text of at most 32 bytes
	Password string // "" joins an open network
	Hidden   bool   // it does not say its name
}

// Code returns what a QR code holds so that a phone offers to join, such as
// "WIFI:T:WPA;S:Home;P:secret;;". "WPA" stands for WPA, WPA2 and WPA3: the phone
// finds out which it is.
func (n Network) Code() string {
	var b strings.Builder
	kind := "WPA"
	if n.Password == "" {
		kind = "nopass"
	}
	b.WriteString("WIFI:T:" + kind + ";S:" + escape(n.Name) + ";")
	if n.Password != "" {
		b.WriteString("P:" + escape(n.Password) + ";")
	}
	if n.Hidden {
		b.WriteString("H:true;")
	}
	b.WriteByte(';')
	return b.String()
}

// escape puts a backslash before what means something in such a code.
var escape = strings.NewReplacer(`\`, `\\`, `;`, `\;`, `,`, `\,`, `:`, `\:`, `"`, `\"`).Replace

// Current returns the name of the wireless network that this computer is on; ""
// if it is on none or the system does not tell.
func Current(ctx context.Context) string { return current(ctx) }

// valueAfter returns what follows a key and a colon at the beginning of a line.
func valueAfter(text, key string) string {
	for line := range strings.Lines(text) {
		name, value, ok := strings.Cut(line, ":")
		if ok && strings.TrimSpace(name) == key {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
