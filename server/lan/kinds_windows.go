package lan

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

// kinds asks Windows once for all adapters and returns a function that tells the
// kind of one: by its name alone if Windows does not answer.
func kinds() func(name string) Kind {
	const skip = windows.GAA_FLAG_SKIP_UNICAST | windows.GAA_FLAG_SKIP_ANYCAST | windows.GAA_FLAG_SKIP_MULTICAST |
		windows.GAA_FLAG_SKIP_DNS_SERVER | windows.GAA_FLAG_INCLUDE_GATEWAYS
	size := uint32(32 << 10)
	for range 3 { // the list may grow meanwhile
		buffer := make([]byte, size)
		first := (*windows.IpAdapterAddresses)(unsafe.Pointer(&buffer[0]))
		err := windows.GetAdaptersAddresses(windows.AF_UNSPEC, skip, 0, first, &size)
		if err == nil {
			return kindsOf(first)
		}
		if err != windows.ERROR_BUFFER_OVERFLOW {
			break
		}
	}
	return kindByName
}

func kindsOf(first *windows.IpAdapterAddresses) func(name string) Kind {
	known := map[string]Kind{}
	for a := first; a != nil; a = a.Next {
		name := windows.UTF16PtrToString(a.FriendlyName)
		known[name] = adapter{a.IfType, name, windows.UTF16PtrToString(a.Description), a.FirstGatewayAddress != nil}.kind()
	}
	return func(name string) Kind {
		if kind, ok := known[name]; ok {
			return kind
		}
		return kindByName(name)
	}
}
