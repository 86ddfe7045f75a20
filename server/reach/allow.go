package reach

import (
	"errors"
	"regexp"
)

// ErrNotAllowed says that the system has not let the firewall be changed. That
// the owner has thought better of it is no error.
var ErrNotAllowed = errors.New("the system has not let the firewall be changed")

// harmless are the commands that Allow runs, all of them our own: they let one
// port in. Parts of them come from the system, and could be anything.
var harmless = regexp.MustCompile(`^sudo (ufw allow \d+/tcp|firewall-cmd( --zone=\w[\w-]*)? --add-port=\d+/tcp|nft insert rule (inet|ip|ip6) \w[\w-]* \w[\w-]* tcp dport \d+ accept)$`)
