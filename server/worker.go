package server

import (
	"maps"
	"os"

	"windowsill/server/media"
	"windowsill/server/page"
	"windowsill/server/worker"
)

// MainOfWorker does not return in a process that a [Server] has started to do
// some of its work: see package worker. The program calls it before all else.
func MainOfWorker() {
	if worker.Is(os.Args) {
		jobs := page.Jobs()
		maps.Copy(jobs, media.Jobs())
		os.Exit(worker.Main(jobs))
	}
}
