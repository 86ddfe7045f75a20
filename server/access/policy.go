package access

// Policy is what the owner has decided for all devices.
type Policy struct {
	Open      bool       // whoever reaches the share is in without asking
	NobodyNew bool       // who is not in stays out, even with the key or the PIN; means nothing if Open
	Allow     Permission // what devices that are in may do
}

// admits reports whether devices may come in that are not in yet.
func (p Policy) admits() bool { return p.Open || !p.NobodyNew }

// Permission is what a device may do. Each includes those before it.
type Permission int

// The permissions.
const (
	Read   Permission = iota // look and download
	Add                      // also add files, never overwriting
	Change                   // also change and delete
)

// String returns the permission as the command line names it.
func (p Permission) String() string {
	switch p {
	case Add:
		return "add"
	case Change:
		return "change"
	}
	return "read"
}

// ParsePermission is the inverse of String.
func ParsePermission(s string) (p Permission, ok bool) {
	for p := Read; p <= Change; p++ {
		if p.String() == s {
			return p, true
		}
	}
	return Read, false
}
