package web

import (
	"os"
	"strings"
	"syscall"
	"testing"

	"windowsill/server/access"
)

// What a copy holds open does not grow with how deep its folders are.
func TestACopyOfDeepFoldersNeedsFewDescriptors(t *testing.T) {
	deep := strings.Repeat("d/", 40)
	s, dir := openDrive(t, access.Change, map[string]string{"in/" + deep + "x": "x"})
	open, err := os.ReadDir("/proc/self/fd")
	must(t, err)
	var was syscall.Rlimit
	must(t, syscall.Getrlimit(syscall.RLIMIT_NOFILE, &was))
	few := was
	few.Cur = uint64(len(open) + 30)
	must(t, syscall.Setrlimit(syscall.RLIMIT_NOFILE, &few))
	defer syscall.Setrlimit(syscall.RLIMIT_NOFILE, &was)
	c := clientOf(t, s, "192.168.1.23")
	c.want(c.send("COPY", "/in", "Destination: /new"), 201)
	must(t, syscall.Setrlimit(syscall.RLIMIT_NOFILE, &was))
	wantOnDisk(t, dir, map[string]string{"in/" + deep + "x": "x", "new/" + deep + "x": "x"})
}
