package reach

import (
	"errors"
	"regexp"
	"sync"
)

// ErrNotAllowed says that the system has not allowed the change of the firewall.
var ErrNotAllowed = errors.New("the system has not let the firewall be changed")

// allowCommand matches the commands that Allow runs, which open one port. Parts
// of them come from the system and could be anything.
var allowCommand = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^sudo (ufw allow \d+/tcp|firewall-cmd( --zone=\w[\w-]*)? --add-port=\d+/tcp|nft insert rule (inet|ip|ip6) \w[\w-]* \w[\w-]* tcp dport \d+ accept)$`)
})
