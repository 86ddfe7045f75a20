// Windowsill puts a folder on the local network.
package main

import (
	"cmp"
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"windowsill/app"
	"windowsill/app/cli"
	"windowsill/app/instance"
	"windowsill/app/settings"
	"windowsill/app/words"
	"windowsill/assets"
	"windowsill/server"
)

func main() {
	server.MainOfWorker()
	collectLater()
	cli.Attach()
	os.Exit(cli.Exit(run(os.Args[1:])))
}

// collectLater has the program start without collecting garbage, of which there is
// hardly any yet. What there is then goes back to the system.
func collectLater() {
	usual := debug.SetGCPercent(400)
	time.AfterFunc(100*time.Millisecond, func() {
		debug.SetGCPercent(usual)
		debug.FreeOSMemory()
	})
}

func run(args []string) error {
	command, err := cli.Parse(args)
	if err != nil || command.Print != "" {
		fmt.Print(command.Print)
		return err
	}
	engine, err := server.New(command.Options())
	if err != nil {
		return err
	}
	if err := engine.SetLogFile(command.LogFile); err != nil {
		return err
	}
	defer func() { _ = engine.SetLogFile("") }()
	if command.NoWindow {
		return cli.ServeHere(engine, command)
	}
	one, err := instance.Claim(command.Paths(), command.NewInstance || command.Share.Receiving.On)
	if one == nil {
		return err
	}
	defer one.Close()
	return cli.WithDisplay(func() {
		store := settings.Load()
		_ = words.SetLanguage(assets.Languages(), settings.Language.Get(store)) // what is embedded is whole: tests read it
		fyneapp.SetMetadata(fyne.AppMetadata{ID: "net.windowsill.Windowsill", Name: "Windowsill", Version: cli.Version, Migrations: map[string]bool{"fyneDo": true}})
		_ = engine.SetPolicy(store.Policy(command.Policy, command.Visitors)) // while nothing is shared it cannot fail
		_ = engine.SetLogFile(cmp.Or(command.LogFile, store.LogFile()))      // a share matters more
		w := app.New(fyneapp.New(), store, engine, fyne.Do)
		one.Watch(w.Open)
		w.ShowAndRun(command.Share, one.Close)
	})
}
