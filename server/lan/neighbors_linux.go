package lan

import (
	"encoding/binary"
	"net/netip"
	"syscall"

	"golang.org/x/sys/unix"
)

// neighbors returns the neighbour table of the kernel: those entries whose
// hardware address is known.
func neighbors() []neighbor {
	dump, err := syscall.NetlinkRIB(unix.RTM_GETNEIGH, unix.AF_UNSPEC)
	if err != nil {
		return nil
	}
	messages, err := syscall.ParseNetlinkMessage(dump)
	if err != nil {
		return nil
	}
	var all []neighbor
	for _, m := range messages {
		if m.Header.Type != unix.RTM_NEWNEIGH {
			continue
		}
		if n, ok := parseNeighbor(m.Data); ok {
			all = append(all, n)
		}
	}
	return all
}

// parseNeighbor reads a struct ndmsg and its attributes; see rtnetlink(7).
// syscall.ParseNetlinkRouteAttr does not know messages of this type.
func parseNeighbor(b []byte) (n neighbor, ok bool) {
	const stateAt, header = 8, 12 // of ndm_state; of the struct
	if len(b) < header {
		return n, false
	}
	const known = unix.NUD_REACHABLE | unix.NUD_STALE | unix.NUD_DELAY | unix.NUD_PROBE | unix.NUD_PERMANENT
	if binary.NativeEndian.Uint16(b[stateAt:])&known == 0 {
		return n, false
	}
	for b = b[header:]; len(b) >= unix.SizeofRtAttr; {
		length := int(binary.NativeEndian.Uint16(b))
		if length < unix.SizeofRtAttr || length > len(b) {
			return n, false
		}
		value := b[unix.SizeofRtAttr:length]
		switch binary.NativeEndian.Uint16(b[2:]) {
		case unix.NDA_DST:
			n.addr, _ = netip.AddrFromSlice(value)
		case unix.NDA_LLADDR:
			n.hardware = string(value)
		}
		b = b[min(len(b), (length+unix.RTA_ALIGNTO-1)&^(unix.RTA_ALIGNTO-1)):]
	}
	return n, n.addr.IsValid() && len(n.hardware) > 0
}
