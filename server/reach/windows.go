package reach

import "strings"

// windowsBlocks says whether Windows' firewall keeps devices from a program's
// port: a rule that blocks it counts more than one that lets it.
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
		here := f["LPort"] == "" || inSpan(f["LPort"], "-", port)
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
