package dav

import (
	"encoding/xml"
	"net/http"
	"path"
	"strconv"
	"time"

	"windowsill/server/share"
)

// resource is what a response of a multistatus is about.
type resource struct {
	share.Member
	name  string // in the share
	locks []lock
	dead  []property
}

// liveProp is a property that is computed. get appends its value, unless the
// resource does not have it.
type liveProp struct {
	local string // in DAV:
	get   func(h *Handler, b []byte, r *resource) (value []byte, ok bool)
	named bool // it comes only to those who name it
}

// live are the properties that are computed, in the order in which they are
// sent. There is no creationdate: not all systems know it, and a wrong one is
// worse for a client than none.
var live = []liveProp{
	{local: "resourcetype", get: resourceType},
	{local: "displayname", get: displayName},
	{local: "getcontentlength", get: contentLength},
	{local: "getlastmodified", get: lastModified},
	{local: "getetag", get: entityTag},
	{local: "getcontenttype", get: mediaType},
	{local: "supportedlock", get: supportedLock},
	{local: "lockdiscovery", get: lockDiscovery},
	{local: "quota-available-bytes", get: quotaAvailable, named: true}, // RFC 4331 2
	{local: "quota-used-bytes", get: quotaUsed, named: true},
}

func liveIndex(name xml.Name) int {
	if name.Space == davSpace {
		for i, p := range live {
			if p.local == name.Local {
				return i
			}
		}
	}
	return -1
}

func resourceType(_ *Handler, b []byte, r *resource) ([]byte, bool) {
	if r.Dir {
		b = append(b, "<D:collection/>"...)
	}
	return b, true
}

func displayName(h *Handler, b []byte, r *resource) ([]byte, bool) {
	if r.name == "" {
		return appendText(b, h.title), true
	}
	return appendText(b, path.Base(r.name)), true
}

func contentLength(_ *Handler, b []byte, r *resource) ([]byte, bool) {
	return strconv.AppendInt(b, r.Size, 10), !r.Dir
}

// earliest is the first day that clients can show: with an earlier one, macOS
// fails to mount the whole share.
var earliest = time.Date(1970, 1, 2, 0, 0, 0, 0, time.UTC)

func lastModified(_ *Handler, b []byte, r *resource) ([]byte, bool) {
	t := r.Modified.UTC()
	if t.Before(earliest) {
		t = earliest
	}
	return t.AppendFormat(b, http.TimeFormat), true
}

func entityTag(_ *Handler, b []byte, r *resource) ([]byte, bool) {
	return append(b, r.ETag...), r.ETag != ""
}

func mediaType(_ *Handler, b []byte, r *resource) ([]byte, bool) {
	t := share.ContentType(r.Name, nil)
	if t == "" {
		t = "application/octet-stream"
	}
	return appendText(b, t), !r.Dir
}

func supportedLock(_ *Handler, b []byte, _ *resource) ([]byte, bool) {
	return append(b, `<D:lockentry><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockentry>`+
		`<D:lockentry><D:lockscope><D:shared/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockentry>`...), true
}

func lockDiscovery(_ *Handler, b []byte, r *resource) ([]byte, bool) {
	for _, l := range r.locks {
		b = l.appendActive(b)
	}
	return b, true
}

// appendActive appends a lock as RFC 4918 14.1 has it.
func (l *lock) appendActive(b []byte) []byte {
	scope, depth := "exclusive", "0"
	if l.shared {
		scope = "shared"
	}
	if l.deep {
		depth = "infinity"
	}
	b = append(b, "<D:activelock><D:locktype><D:write/></D:locktype><D:lockscope><D:"+scope+"/></D:lockscope><D:depth>"+depth+"</D:depth>"...)
	if len(l.owner) > 0 {
		b = append(append(append(b, "<D:owner>"...), l.owner...), "</D:owner>"...)
	}
	left := max(0, time.Until(l.ends).Round(time.Second)/time.Second)
	b = append(b, "<D:timeout>Second-"...)
	b = strconv.AppendInt(b, int64(left), 10)
	b = append(b, "</D:timeout><D:locktoken><D:href>"+l.token+"</D:href></D:locktoken><D:lockroot><D:href>"...)
	b = appendHref(b, l.name, false)
	return append(b, "</D:href></D:lockroot></D:activelock>"...)
}

func quotaAvailable(h *Handler, b []byte, r *resource) ([]byte, bool) {
	if !r.Dir {
		return b, false
	}
	free, err := h.writer.Free(r.name)
	return strconv.AppendInt(b, free, 10), err == nil
}

// quotaUsed is nothing: what the share holds would take a walk through all of
// it, and clients only add it to what is available.
func quotaUsed(_ *Handler, b []byte, r *resource) ([]byte, bool) {
	return append(b, '0'), r.Dir
}
