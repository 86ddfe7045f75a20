package reach

import "strings"

// windowsBlocks reports whether the rules of Windows' firewall block a port of a
// program. Rules that block take precedence over those that allow.
func windowsBlocks(rules []string, program string, port int) bool {
	allowed := false
	for _, rule := range rules {
		f := map[string]string{}
		for field := range strings.SplitSeq(rule, "|") {
			if name, value, ok := strings.Cut(field, "="); ok && f[name] == "" {
				f[name] = value
			}
		}
		tcp := f["Protocol"] == "" || f["Protocol"] == "6"
		app := f["App"] == "" && f["LPort"] != "" || strings.EqualFold(f["App"], program)
		here := f["LPort"] == "" || inRange(f["LPort"], "-", port)
		if f["Active"] != "TRUE" || f["Dir"] != "In" || f["Svc"] != "" || !tcp || !app || !here {
			continue
		}
		if f["Action"] == "Block" {
			return true
		}
		allowed = true
	}
	return !allowed
}
