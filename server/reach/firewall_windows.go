package reach

import (
	"context"
	"os"

	"golang.org/x/sys/windows/registry"
)

const policyKey = `SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy`

// firewall reads the rules of Windows' firewall from the registry, because the
// output of netsh is in the language of the system.
func firewall(_ context.Context, p Port) Obstacle {
	program, err := os.Executable()
	if err != nil || !isOn("StandardProfile") && !isOn("PublicProfile") {
		return Obstacle{}
	}
	key, err := registry.OpenKey(registry.LOCAL_MACHINE, policyKey+`\FirewallRules`, registry.QUERY_VALUE)
	if err != nil {
		return Obstacle{}
	}
	defer key.Close()
	names, err := key.ReadValueNames(-1)
	if err != nil {
		return Obstacle{}
	}
	var rules []string
	for _, name := range names {
		if rule, _, err := key.GetStringValue(name); err == nil {
			rules = append(rules, rule)
		}
	}
	if !windowsBlocks(rules, program, p.Number) {
		return Obstacle{}
	}
	return Obstacle{Firewall: "Windows", Sure: true, Command: windowsCommand(program)}
}

func isOn(profile string) bool {
	key, err := registry.OpenKey(registry.LOCAL_MACHINE, policyKey+`\`+profile, registry.QUERY_VALUE)
	if err != nil {
		return false
	}
	defer key.Close()
	on, _, err := key.GetIntegerValue("EnableFirewall")
	return err == nil && on == 1
}

// windowsCommand opens the ports of a program, if run by an administrator.
func windowsCommand(program string) string {
	return `netsh advfirewall firewall add rule name="Windowsill" dir=in action=allow program="` + program + `" enable=yes`
}
