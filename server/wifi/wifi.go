package wifi

import (
	"context"
	"strings"
)

// Network is a wireless network that a device can join.
type Network struct {
	Name     string // its SSID, at most 32 bytes
	Password string // "" for an open network
	Hidden   bool   // it does not broadcast its name
}

// Code returns the content of a QR code that makes a phone offer to join, such as
// "WIFI:T:WPA;S:Home;P:secret;;". "WPA" stands for WPA, WPA2 and WPA3; the phone
// finds out which.
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

// escape escapes what has a meaning in such a code.
var escape = strings.NewReplacer(`\`, `\\`, `;`, `\;`, `,`, `\,`, `:`, `\:`, `"`, `\"`).Replace

// Current returns the name of the wireless network that this computer is on; ""
// if there is none or the system does not tell.
func Current(ctx context.Context) string { return current(ctx) }

// valueAfter returns the value in a line of the form "key: value".
func valueAfter(text, key string) string {
	for line := range strings.Lines(text) {
		name, value, ok := strings.Cut(line, ":")
		if ok && strings.TrimSpace(name) == key {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
