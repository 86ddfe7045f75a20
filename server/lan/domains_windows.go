package lan

import (
	"strings"
	"unsafe"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"
)

// SearchDomains returns the domains that the system appends to short names, in
// lower case. Mostly a router has told them, which then knows this computer by
// its name in them.
func SearchDomains() []string {
	var all []string
	const skip = windows.GAA_FLAG_SKIP_UNICAST | windows.GAA_FLAG_SKIP_ANYCAST | windows.GAA_FLAG_SKIP_MULTICAST | windows.GAA_FLAG_SKIP_DNS_SERVER
	eachAdapter(skip, func(a *windows.IpAdapterAddresses) {
		if a.OperStatus == windows.IfOperStatusUp {
			all = appendDomain(all, windows.UTF16PtrToString(a.DnsSuffix))
		}
	})
	key, err := registry.OpenKey(registry.LOCAL_MACHINE, `SYSTEM\CurrentControlSet\Services\Tcpip\Parameters`, registry.QUERY_VALUE)
	if err != nil {
		return all
	}
	defer key.Close()
	for _, name := range []string{"SearchList", "Domain"} {
		value, _, _ := key.GetStringValue(name) // "" where there is none
		for domain := range strings.FieldsFuncSeq(value, func(c rune) bool { return c == ',' || c == ' ' }) {
			all = appendDomain(all, domain)
		}
	}
	return all
}

// eachAdapter asks Windows for all adapters and calls f with each. It reports
// whether Windows has answered.
func eachAdapter(flags uint32, f func(*windows.IpAdapterAddresses)) bool {
	size := uint32(32 << 10)
	for range 3 { // the list may grow meanwhile
		buffer := make([]byte, size)
		first := (*windows.IpAdapterAddresses)(unsafe.Pointer(&buffer[0]))
		err := windows.GetAdaptersAddresses(windows.AF_UNSPEC, flags, 0, first, &size)
		if err == nil {
			for a := first; a != nil; a = a.Next {
				f(a)
			}
			return true
		}
		if err != windows.ERROR_BUFFER_OVERFLOW {
			break
		}
	}
	return false
}
