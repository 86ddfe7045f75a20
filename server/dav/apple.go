package dav

import (
	"net/http"
	"strings"
)

// isApple reports whether a request comes from the client of macOS, which since
// 15.4 waits for about 90 s at the mount when it is told the quota.
func isApple(q *http.Request) bool {
	agent := q.UserAgent()
	return strings.Contains(agent, "WebDAVFS") || strings.Contains(agent, "WebDAVLib")
}
