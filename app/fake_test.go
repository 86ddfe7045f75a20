package app

import (
	"fmt"
	"net/netip"
	"time"

	"windowsill/server"
)

// fakeStart is when the first thing happened in tests.
var fakeStart = time.Date(2026, 11, 22, 20, 48, 0, 0, time.Local)

// fakeTransfers are so many running downloads.
func fakeTransfers(count int, sent int64) []server.Transfer {
	var list []server.Transfer
	for i := range count {
		list = append(list, server.Transfer{
			ID: uint64(i + 1), Device: uint64(i%5 + 1), Addr: netip.AddrFrom4([4]byte{192, 168, 1, byte(i%5 + 20)}),
			Name: fmt.Sprintf("Summer film %d.mp4", i), Kind: server.File,
			Done: sent, Moved: sent, Total: 60_000_000, Active: 5 * time.Second, Last: fakeStart, Speed: 1_500_000,
		})
	}
	return list
}
