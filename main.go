// Windowsill puts a folder on the local network.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"windowsill/app"
	"windowsill/app/cli"
	"windowsill/app/instance"
	"windowsill/assets"
	"windowsill/server"
)

var (
	_ app.Engine = (*server.Server)(nil)
	_ cli.Engine = (*server.Server)(nil)
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		if _, usage := errors.AsType[*cli.UsageError](err); usage {
			os.Exit(2)
		}
		os.Exit(1)
	}
}

func run(args []string) error {
	command, err := cli.Parse(args)
	if err != nil || command.Print != "" {
		fmt.Print(command.Print)
		return err
	}
	cache, _ := os.UserCacheDir() // without one, nothing is kept on disk
	engine, err := server.New(server.Options{CacheDir: cache, Policy: command.Policy, Announce: true, Examine: true, Unattended: command.NoWindow})
	if err != nil {
		return err
	}
	if command.NoWindow {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
		return cli.Serve(ctx, engine, command.Share, os.Stdout, cli.IsTerminal(os.Stdout))
	}
	one := new(instance.Instance)
	if !command.NewInstance {
		if one, err = instance.Claim(command.Share.Folder); one == nil {
			return err
		}
	}
	defer one.Close()
	return cli.WithDisplay(func() {
		_ = app.Speak(assets.Languages(), "") // the server has read the same files
		a := fyneapp.NewWithID("net.windowsill.Windowsill")
		a.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon))
		if !command.Visitors {
			_ = engine.SetPolicy(app.Remembered(a, command.Policy)) // while nothing is shared it cannot fail
		}
		w := app.New(a, engine, fyne.Do)
		one.Watch(w.Open)
		w.ShowAndRun(command.Share)
	})
}
