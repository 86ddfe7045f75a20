package share

import (
	"os"
	"strings"
)

// escapedBlank are the characters that the kernel writes as octal numbers in
// mountinfo, because they end a field or a line.
var escapedBlank = strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`)

// mountPoints returns the paths of the folders at which something is attached:
// the fifth field of each line (proc_pid_mountinfo(5)). It returns none if the
// system does not tell.
func mountPoints() (paths []string) {
	table, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return nil
	}
	for line := range strings.Lines(string(table)) {
		if fields := strings.Fields(line); len(fields) > 4 {
			paths = append(paths, escapedBlank.Replace(fields[4]))
		}
	}
	return paths
}
