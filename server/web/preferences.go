package web

import (
	"net/http"
	"net/url"

	"windowsill/server/page"
)

// preferences are how a device likes to see folders. It keeps them itself, in
// a cookie.
type preferences struct{ cookie string }

// of returns the preference that came with a request.
func (p preferences) of(q *http.Request) page.Preference {
	query, err := url.ParseQuery(cookieValue(q.Header, p.cookie))
	if err != nil {
		return page.Preference{}
	}
	return page.ReadPreference(query)
}

// keep sends a preference for the device to keep.
func (p preferences) keep(w http.ResponseWriter, liked page.Preference) {
	const year = 365 * 24 * 60 * 60 // seconds
	http.SetCookie(w, &http.Cookie{
		Name: p.cookie, Value: liked.String(), Path: "/", MaxAge: year,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: isSecure(p.cookie),
	})
}
