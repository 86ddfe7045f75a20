package cli

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
)

// Exit tells a person why the program ends, unless err is nil, and returns its
// exit code: 0 if all went well, 1 if something could not be done, and 2 if
// the command line makes no sense.
func Exit(err error) int {
	if err == nil {
		return 0
	}
	complain(err)
	if _, usage := errors.AsType[*UsageError](err); usage {
		return 2
	}
	return 1
}

// ServeHere is [Serve] in the terminal that the program was started from,
// until that is told to end it.
func ServeHere(e Engine, c Command) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	return Serve(ctx, e, c, os.Stdout, IsTerminal(os.Stdout))
}
