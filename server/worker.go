package server

import (
	"os"

	"windowsill/server/page"
	"windowsill/server/worker"
)

// MainOfWorker does not return in a process that a [Server] has started to do
// some of its work: see package worker. The program calls it before all else.
func MainOfWorker() {
	if worker.Is(os.Args) {
		os.Exit(worker.Main(page.Jobs()))
	}
}
