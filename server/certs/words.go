package certs

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"

	"github.com/tyler-smith/go-bip39/wordlists"
)

// Fingerprint returns the SHA-256 of a certificate in DER as browsers show it,
// "AB:CD:…".
func Fingerprint(der []byte) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i, c := range sha256.Sum256(der) {
		if i > 0 {
			b.WriteByte(':')
		}
		b.WriteByte(digits[c>>4])
		b.WriteByte(digits[c&15])
	}
	return b.String()
}

// Words returns the first 44 bits of that as four English words, which people
// compare more easily. The list is that of BIP 39: 2,048 words, no two of which
// begin with the same four letters.
func Words(der []byte) string {
	sum := sha256.Sum256(der)
	bits := binary.BigEndian.Uint64(sum[:])
	var words [4]string
	for i := range words {
		words[i] = wordlists.English[bits>>53]
		bits <<= 11
	}
	return strings.Join(words[:], " ")
}
