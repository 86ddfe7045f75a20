package lan

import (
	"context"
	"os"
	"syscall"
)

// Changes returns a channel that gets a token soon after this computer's
// addresses may have changed, until ctx is done. It is nil where the system
// tells nothing of the kind: look every few seconds then. Tokens that nobody
// takes run together into one.
func Changes(ctx context.Context) <-chan struct{} {
	news, err := openRouteNews()
	if err != nil {
		return nil
	}
	changed := make(chan struct{}, 1)
	stop := context.AfterFunc(ctx, func() { news.Close() })
	go func() {
		defer news.Close()
		defer stop()
		buffer := make([]byte, 64<<10)
		for {
			// What it says does not matter: Addresses tells better. ENOBUFS
			// says that there was more news than could be kept.
			_, err := news.Read(buffer)
			if err != nil && !isOverrun(err) {
				return
			}
			select {
			case changed <- struct{}{}:
			default:
			}
		}
	}()
	return changed
}

// openRouteNews opens a socket of rtnetlink(7) that gets the news about links,
// addresses and routes.
func openRouteNews() (*os.File, error) {
	fd, err := syscall.Socket(syscall.AF_NETLINK, syscall.SOCK_RAW|syscall.SOCK_CLOEXEC|syscall.SOCK_NONBLOCK, syscall.NETLINK_ROUTE)
	if err != nil {
		return nil, err
	}
	// The group of RTNLGRP_x is 1<<(x-1).
	const groups = 1<<(syscall.RTNLGRP_LINK-1) | 1<<(syscall.RTNLGRP_IPV4_IFADDR-1) | 1<<(syscall.RTNLGRP_IPV6_IFADDR-1) |
		1<<(syscall.RTNLGRP_IPV4_ROUTE-1) | 1<<(syscall.RTNLGRP_IPV6_ROUTE-1)
	if err := syscall.Bind(fd, &syscall.SockaddrNetlink{Family: syscall.AF_NETLINK, Groups: groups}); err != nil {
		syscall.Close(fd)
		return nil, err
	}
	return os.NewFile(uintptr(fd), "rtnetlink"), nil
}

func isOverrun(err error) bool {
	pathError, ok := err.(*os.PathError)
	return ok && pathError.Err == syscall.ENOBUFS
}
