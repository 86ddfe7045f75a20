package receive

import (
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"hash"
	"hash/crc32"
	"strconv"
	"strings"
	"time"
)

// Why a header was not understood.
var (
	ErrMetadata  = errors.New("malformed metadata")
	ErrAlgorithm = errors.New("unknown checksum algorithm")
)

// ChecksumAlgorithms are those that [ParseChecksum] knows, as tus lists them.
const ChecksumAlgorithms = "sha1,sha256,md5,crc32"

// Checksum is what a part of a file must add up to.
type Checksum struct {
	hash hash.Hash
	want []byte
}

func (c *Checksum) matches() bool { return bytes.Equal(c.hash.Sum(nil), c.want) }

// ParseChecksum understands the value of an Upload-Checksum header of tus: an
// algorithm's name, a space, and the sum in base64. The errors are
// [ErrAlgorithm] and [ErrMetadata].
func ParseChecksum(value string) (*Checksum, error) {
	algorithm, sum, _ := strings.Cut(value, " ")
	var h hash.Hash
	switch algorithm {
	case "sha1":
		h = sha1.New()
	case "sha256":
		h = sha256.New()
	case "md5":
		h = md5.New()
	case "crc32":
		h = crc32.NewIEEE()
	default:
		return nil, ErrAlgorithm
	}
	want, err := base64.StdEncoding.DecodeString(sum)
	if err != nil || len(want) != h.Size() {
		return nil, ErrMetadata
	}
	return &Checksum{hash: h, want: want}, nil
}

// ParseMetadata understands the value of an Upload-Metadata header of tus:
// pairs of a key and a value in base64, which may be missing, separated by
// commas. The error is [ErrMetadata].
func ParseMetadata(value string) (map[string]string, error) {
	all := map[string]string{}
	if strings.TrimSpace(value) == "" {
		return all, nil
	}
	for pair := range strings.SplitSeq(value, ",") {
		key, encoded, _ := strings.Cut(strings.TrimSpace(pair), " ")
		plain, err := base64.StdEncoding.DecodeString(strings.TrimSpace(encoded))
		if _, twice := all[key]; key == "" || twice || err != nil {
			return nil, ErrMetadata
		}
		all[key] = string(plain)
	}
	return all, nil
}

// ParseMillis understands a time in milliseconds since 1970, as a browser's
// File.lastModified tells it. Anything else, and times before 1970 or after
// the year 9999, are the zero time: unknown.
func ParseMillis(text string) time.Time { return parseTime(text, 1e3) }

// ParseSeconds is ParseMillis for seconds, as X-OC-Mtime tells them.
func ParseSeconds(text string) time.Time {
	whole, _, _ := strings.Cut(text, ".")
	return parseTime(whole, 1)
}

func parseTime(text string, perSecond int64) time.Time {
	const year10000 = 253402300800
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n <= 0 || n/perSecond >= year10000 {
		return time.Time{}
	}
	return time.UnixMilli(n * (1000 / perSecond))
}
