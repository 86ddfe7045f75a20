package web

import (
	"net/http"
	"strings"

	"windowsill/server/access"
	"windowsill/server/page"
)

// rights say what devices may do, and where.
type rights struct {
	guard *access.Guard
	allow func(name string, whole bool, policy access.Permission) access.Permission // as in [Share]
	inbox bool                                                                      // devices only send files
}

// at returns what devices may do with what has a name, or in the folder of that
// name.
func (r rights) at(name string) access.Permission {
	return r.allow(name, false, r.guard.Policy().Allow)
}

// in returns what devices may do in a folder, for its page.
func (r rights) in(name string) page.Rights {
	may := r.at(name)
	return page.Rights{Add: may >= access.Add, Change: may >= access.Change}
}

// whole returns what devices may do with what has a name and all that is below it.
func (r rights) whole(name string) access.Permission {
	return r.allow(name, true, r.guard.Policy().Allow)
}

// anywhere returns the most that devices may do in any place.
func (r rights) anywhere() access.Permission { return max(r.guard.Policy().Allow, r.at("")) }

// methods returns the methods that devices may use on what has a name.
func (r rights) methods(name string) string {
	if r.inbox {
		return "GET, HEAD, OPTIONS, POST, PUT"
	}
	return readMethods + writeMethods(r.at(name))
}

// forRequest returns what devices may do with what a request is about.
func (r rights) forRequest(q *http.Request) access.Permission {
	name := nameIn(q)
	if strings.HasPrefix(q.URL.Path, ours) || q.URL.Path+"/" == ours {
		return r.anywhere() // what it is about follows from its body, and is looked at later
	}
	switch q.Method {
	case http.MethodDelete:
		return r.whole(name)
	case "MOVE", "COPY":
		to, err := destination(q)
		if err != nil {
			return r.anywhere() // it is refused for that
		}
		if q.Method == "COPY" {
			return r.at(to)
		}
		if may := r.at(to); may < access.Add {
			return may
		}
		return r.whole(name) // what is in the way is looked at later
	}
	return r.at(name)
}
