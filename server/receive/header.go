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

// Why a header could not be parsed.
var (
	ErrMetadata  = errors.New("malformed metadata")
	ErrAlgorithm = errors.New("unknown checksum algorithm")
)

// ChecksumAlgorithms lists the algorithms of [ParseChecksum], as tus does.
const ChecksumAlgorithms = "sha1,sha256,md5,crc32"

// Checksum is the checksum that a part of a file must have.
type Checksum struct {
	hash hash.Hash
	want []byte
}

func (c *Checksum) matches() bool { return bytes.Equal(c.hash.Sum(nil), c.want) }

// ParseChecksum parses an Upload-Checksum header of tus: the name of an
// algorithm, a space, and the checksum in base64. The error is [ErrAlgorithm] or
// [ErrMetadata].
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

// ParseMetadata parses an Upload-Metadata header of tus: pairs of a key and an
// optional value in base64, separated by commas. The error is [ErrMetadata].
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

// ParseMillis parses a time in milliseconds since 1970, as in a browser's
// File.lastModified, before which it is negative. It returns the zero time for 0,
// which programs send that do not know, for what the system cannot be told (before
// 1678 or after 2262), and for anything else.
func ParseMillis(text string) time.Time {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n == 0 {
		return time.Time{}
	}
	return settable(time.UnixMilli(n))
}

// ParseSeconds is ParseMillis for seconds, as in X-OC-Mtime. A fraction is rounded
// down.
func ParseSeconds(text string) time.Time {
	whole, fraction, _ := strings.Cut(text, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if strings.HasPrefix(whole, "-") && strings.Trim(fraction, "0") != "" {
		n--
	}
	if err != nil || n == 0 {
		return time.Time{}
	}
	return settable(time.Unix(n, 0))
}

// settable returns a time if a file can have it: the system is told nanoseconds
// since 1970. It is in UTC, since as JSON a time has whole minutes to that, which
// local times did not have everywhere before 1972.
func settable(t time.Time) time.Time {
	if !time.Unix(0, t.UnixNano()).Equal(t) {
		return time.Time{}
	}
	return t.UTC()
}
