package lan

import "golang.org/x/sys/windows"

// kinds asks Windows once for all adapters and returns a function that tells the
// kind of one: by its name alone if Windows does not answer.
func kinds() func(name string) Kind {
	const skip = windows.GAA_FLAG_SKIP_UNICAST | windows.GAA_FLAG_SKIP_ANYCAST | windows.GAA_FLAG_SKIP_MULTICAST |
		windows.GAA_FLAG_SKIP_DNS_SERVER | windows.GAA_FLAG_INCLUDE_GATEWAYS
	known := map[string]Kind{}
	answered := eachAdapter(skip, func(a *windows.IpAdapterAddresses) {
		name := windows.UTF16PtrToString(a.FriendlyName)
		known[name] = adapter{a.IfType, name, windows.UTF16PtrToString(a.Description), a.FirstGatewayAddress != nil}.kind()
	})
	if !answered {
		return kindByName
	}
	return func(name string) Kind {
		if kind, ok := known[name]; ok {
			return kind
		}
		return kindByName(name)
	}
}
