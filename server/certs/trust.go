package certs

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"text/template"
)

// profile is a configuration profile with one certificate (Apple, Configuration
// Profile Reference, "Certificates Payload").
var profile = template.Must(template.New("").Funcs(template.FuncMap{"xml": escapeXML}).Parse(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>PayloadContent</key>
	<array>
		<dict>
			<key>PayloadCertificateFileName</key>
			<string>windowsill.crt</string>
			<key>PayloadContent</key>
			<data>{{.Content}}</data>
			<key>PayloadDisplayName</key>
			<string>{{xml .Name}}</string>
			<key>PayloadIdentifier</key>
			<string>net.windowsill.authority.{{.ID}}.root</string>
			<key>PayloadType</key>
			<string>com.apple.security.root</string>
			<key>PayloadUUID</key>
			<string>{{.RootUUID}}</string>
			<key>PayloadVersion</key>
			<integer>1</integer>
		</dict>
	</array>
	<key>PayloadDisplayName</key>
	<string>{{xml .Name}}</string>
	<key>PayloadIdentifier</key>
	<string>net.windowsill.authority.{{.ID}}</string>
	<key>PayloadType</key>
	<string>Configuration</string>
	<key>PayloadUUID</key>
	<string>{{.UUID}}</string>
	<key>PayloadVersion</key>
	<integer>1</integer>
</dict>
</plist>
`))

// Profile returns the authority as a configuration profile, which is how an iPhone
// takes one. It is the same each time, so that it replaces itself.
func (a *Authority) Profile() []byte {
	sum := sha256.Sum256(a.certificate.Raw)
	var b bytes.Buffer
	_ = profile.Execute(&b, map[string]string{ // to memory, and of texts alone: it cannot fail
		"Name": a.Name(), "Content": base64.StdEncoding.EncodeToString(a.certificate.Raw),
		"ID": fmt.Sprintf("%x", sum[:6]), "UUID": uuid(sum[:16]), "RootUUID": uuid(sum[16:]),
	})
	return b.Bytes()
}

// uuid writes 16 bytes as a UUID of version 8 (RFC 9562, section 5.8).
func uuid(b []byte) string {
	id := [16]byte(b)
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80
	return fmt.Sprintf("%X-%X-%X-%X-%X", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}

func escapeXML(text string) (string, error) {
	var b bytes.Buffer
	err := xml.EscapeText(&b, []byte(text))
	return b.String(), err
}
