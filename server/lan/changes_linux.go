package lan

import (
	"context"
	"os"
	"syscall"
)

// Changes returns a channel that receives soon after the addresses of this
// computer may have changed, until ctx is done. It holds at most one value. It
// is nil if the system reports no changes; then the caller has to poll.
func Changes(ctx context.Context) <-chan struct{} {
	socket, err := openRouteSocket()
	if err != nil {
		return nil
	}
	changed := make(chan struct{}, 1)
	stop := context.AfterFunc(ctx, func() { socket.Close() })
	go func() {
		defer socket.Close()
		defer stop()
		buffer := make([]byte, 64<<10)
		for {
			// The content does not matter, since Addresses is called anyway.
			// ENOBUFS says that some messages were lost.
			_, err := socket.Read(buffer)
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

// openRouteSocket opens an rtnetlink(7) socket that receives changes of links,
// addresses and routes.
func openRouteSocket() (*os.File, error) {
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
